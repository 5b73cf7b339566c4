"""Exchange of tags with a remote: new tags are fetched; a tag may be fetched or pushed by force.

Git itself fetches each tag of the commits that it fetches, and flushes each. A sync with a remote
of 20,000 tags took minutes without a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from assess.i18n import Lang
from assess.store.git.run.flushed_writes import WRITING
from assess.store.git.run.plumbing import Repository
from assess.store.git.sync.exchange import FETCH, run_remote_git
from assess.store.git.sync.pushed_folders import push_options_for_flushing, refuse_remote_folders
from assess.store.git.sync.tag_refs import TAGS, local_tags, tag_parent_names
from assess.store.git.sync.written_refs import refuse_writing_other_refs
from assess.store.git.trust.boundary import refuse_outside

MOST_TAGS: Final = 500
"""Tags that a sync fetches; the next sync fetches more."""

_ROUND: Final = "round/"
"""The prefix of the tags of closed rounds."""

_BELOW_ROUND: Final = re.compile(r"(round/[^/]+)/")

_NAME: Final = re.compile(r"[^\x00-\x20\x7f~^:?*\[\\]+")
"""The pattern of names that git reads only as a name."""


def fetch_new_tags(root: Path, remote: str, tags: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """Fetch the new tags of the remote whose commits exist here, those of rounds first.

    `tags` has the remote's tags with their commits. Returns the tags that git can't write, each
    with the tag that blocks it: one is the folder of the other.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or a tag can't be written.
    """
    refuse_outside(root, lang)
    known = local_tags(root)
    new = {name: oid for name, oid in tags.items() if name not in known and _NAME.fullmatch(name)}
    sizes = Repository(root, "").measure_object_sizes(sorted(set(new.values())))
    names = sorted(name for name, oid in new.items() if oid in sizes)
    names.sort(key=lambda name: not name.startswith(_ROUND))
    wanted, blocked = _split_blocked_tags(names, known)
    if wanted:
        full = tuple(f"{TAGS}{name}" for name in wanted[:MOST_TAGS])
        refuse_writing_other_refs(root, remote, full, lang)
        words = [*FETCH, "--no-tags", "--", remote, *(f"{name}:{name}" for name in full)]
        run_remote_git(root, words, WRITING)
    return blocked


def _split_blocked_tags(
    names: Iterable[str], known: Iterable[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the tags that can be written beside `known`, and the others with the tag that blocks.

    A tag below that of a round, such as `round/2026/x`, would prevent the closing of the round.
    """
    taken = set(known)
    folders = {folder for name in taken for folder in tag_parent_names(name)} | {_ROUND.rstrip("/")}
    wanted: list[str] = []
    blocked: dict[str, str] = {}
    for name in names:
        below = _BELOW_ROUND.match(name)
        above = [below[1]] if below else [tag for tag in tag_parent_names(name) if tag in taken]
        if above or name in folders:
            blocked[name] = above[0] if above else f"{name}/…"
            continue
        wanted.append(name)
        taken.add(name)
        folders.update(tag_parent_names(name))
    return wanted, blocked


def fetch_tag(root: Path, remote: str, tag: str, lang: Lang) -> None:
    """Fetch a tag from the remote, which must have it, and overwrite the local one.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or the tag can't be written.
    """
    refuse_outside(root, lang)
    refuse_writing_other_refs(root, remote, (f"{TAGS}{tag}",), lang)
    run_remote_git(root, [*FETCH, "--no-tags", "--", remote, _forced_refspec(tag)], WRITING)


def push_tag(root: Path, remote: str, tag: str, lang: Lang) -> None:
    """Push a tag to the remote, and overwrite the tag there.

    Raises:
        WriteError: git would write outside of the workspace's folder, or of the remote's.
        GitError: the remote can't be reached or refused.
    """
    refuse_outside(root, lang)
    refuse_remote_folders(root, remote, "", lang)
    run_remote_git(
        root,
        [
            "push",
            "-q",
            *push_options_for_flushing(root, remote),
            "--",
            remote,
            _forced_refspec(tag),
        ],
        WRITING,
    )


def _forced_refspec(tag: str) -> str:
    return f"+{TAGS}{tag}:{TAGS}{tag}"
