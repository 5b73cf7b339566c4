"""Tags of the other side: new ones are taken in; one may be set here or there as it is elsewhere.

Git itself takes each tag of what it fetches, and flushes each: a side with 20,000 tags kept a sync
busy for minutes, without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assess.i18n import Lang
from assess.store.git.run.flushed_writes import WRITING
from assess.store.git.run.plumbing import Repository
from assess.store.git.sync.exchange import FETCH, TAGS, reach, tags_here
from assess.store.git.sync.other_side import receiving, refuse_other_side
from assess.store.git.sync.written_refs import refuse_other_refs
from assess.store.git.trust.boundary import refuse_outside

MOST_TAGS: Final = 500
"""Tags that one sync takes in; the next one takes more."""

_ROUND: Final = "round/"
"""How the tag of a closed round begins."""

_NAME: Final = re.compile(r"[^\x00-\x20\x7f~^:?*\[\\]+")
"""What git takes for one name, and for nothing else."""


def take_new_tags(root: Path, remote: str, tags: Mapping[str, str], lang: Lang) -> None:
    """Take in the tags of commits that are here and that are not known yet, those of rounds first.

    `tags` are the other side's, with their commits.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or a tag can't be written.
    """
    refuse_outside(root, lang)
    known = tags_here(root)
    new = {name: oid for name, oid in tags.items() if name not in known and _NAME.fullmatch(name)}
    sizes = Repository(root, "").sizes(sorted(set(new.values())))
    names = sorted(name for name, oid in new.items() if oid in sizes)
    names.sort(key=lambda name: not name.startswith(_ROUND))
    if names:
        full = tuple(f"{TAGS}{name}" for name in names[:MOST_TAGS])
        refuse_other_refs(root, remote, full, lang)
        words = [*FETCH, "--no-tags", "--", remote, *(f"{name}:{name}" for name in full)]
        reach(root, words, WRITING)


def take_tag(root: Path, remote: str, tag: str, lang: Lang) -> None:
    """Set a tag as the other side has it, whatever it is here; `tag` is a name that is there.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or the tag can't be written.
    """
    refuse_outside(root, lang)
    refuse_other_refs(root, remote, (f"{TAGS}{tag}",), lang)
    reach(root, [*FETCH, "--no-tags", "--", remote, _forced(tag)], WRITING)


def hand_on_tag(root: Path, remote: str, tag: str, lang: Lang) -> None:
    """Set a tag on the other side as it is here, whatever it is there.

    Raises:
        WriteError: git would write outside of the workspace's folder, or of the remote's.
        GitError: the remote can't be reached or refused.
    """
    refuse_outside(root, lang)
    refuse_other_side(root, remote, lang)
    reach(root, ["push", "-q", *receiving(root, remote), "--", remote, _forced(tag)], WRITING)


def _forced(tag: str) -> str:
    return f"+{TAGS}{tag}:{TAGS}{tag}"
