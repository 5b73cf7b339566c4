"""Exchange of tags with a remote: new tags are fetched; a tag may be fetched or pushed by force.

Git itself fetches each tag of the commits that it fetches, and flushes each. A sync with a remote
of 20,000 tags took minutes without a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from assess.i18n import Lang
from assess.store.git.run.flushed_writes import WRITING
from assess.store.git.run.plumbing import Repository, run_git
from assess.store.git.sync.exchange import FETCH, run_git_with_remote
from assess.store.git.sync.pushed_folders import (
    list_receive_pack_options,
    refuse_push_through_links_or_refspecs,
)
from assess.store.git.sync.tag_refs import TAGS, commits_by_local_tag, list_parent_names_of_tag
from assess.store.git.sync.written_refs import refuse_fetch_refspecs_and_symbolic_refs
from assess.store.git.trust.boundary import refuse_git_writing_outside

MOST_TAGS: Final = 500
"""Tags that a sync fetches; the next sync fetches more."""

_FEW: Final = 1000
"""Objects that git looks for one by one."""

_ROUND: Final = "round/"
"""The prefix of the tags of closed rounds."""

_BELOW_ROUND: Final = re.compile(r"(round/[^/]+)/")

_NAME: Final = re.compile(r"[^\x00-\x20\x7f~^:?*\[\\]+")
"""The pattern of names that git reads only as a name."""


def fetch_tags_and_list_blocked(
    root: Path, remote: str, commits_by_tag: Mapping[str, str], lang: Lang
) -> dict[str, str]:
    """Fetch the new tags of the remote whose commits exist here, those of rounds first.

    `commits_by_tag` has the tags of the remote. Returns the tags that git can't write, each
    with the tag that blocks it: one is the folder of the other.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or a tag can't be written.
    """
    refuse_git_writing_outside(root, lang)
    known = commits_by_local_tag(root)
    new = {
        name: oid
        for name, oid in commits_by_tag.items()
        if name not in known and _NAME.fullmatch(name)
    }
    known_objects = _select_known_objects(root, set(new.values()))
    names = sorted(name for name, oid in new.items() if oid in known_objects)
    names.sort(key=lambda name: not name.startswith(_ROUND))
    wanted, blocked = _split_blocked_tags(names, known)
    if wanted:
        full = tuple(f"{TAGS}{name}" for name in wanted[:MOST_TAGS])
        refuse_fetch_refspecs_and_symbolic_refs(root, remote, full, lang)
        words = [*FETCH, "--no-tags", "--", remote, *(f"{name}:{name}" for name in full)]
        run_git_with_remote(root, words, WRITING)
    return blocked


def _select_known_objects(root: Path, oids: AbstractSet[str]) -> AbstractSet[str]:
    """Return those of the objects that this repository has.

    For each missing object git looks through all packs again: a server that names 100,000 of them
    would keep it busy for a minute. So git lists what is here if there are many.
    """
    if len(oids) <= _FEW:
        return Repository(root, "").measure_object_sizes(sorted(oids)).keys()
    words = ["cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)"]
    return oids & set(run_git(root, words).stdout.decode("ascii").split())


def _split_blocked_tags(
    names: Iterable[str], known: Iterable[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the tags that can be written beside `known`, and the others with the tag that blocks.

    A tag below that of a round, such as `round/2026/x`, would prevent the closing of the round.
    """
    taken = set(known)
    folders = {folder for name in taken for folder in list_parent_names_of_tag(name)} | {
        _ROUND.rstrip("/")
    }
    wanted: list[str] = []
    blocked: dict[str, str] = {}
    for name in names:
        below = _BELOW_ROUND.match(name)
        above = (
            [below[1]] if below else [tag for tag in list_parent_names_of_tag(name) if tag in taken]
        )
        if above or name in folders:
            blocked[name] = above[0] if above else f"{name}/…"
            continue
        wanted.append(name)
        taken.add(name)
        folders.update(list_parent_names_of_tag(name))
    return wanted, blocked


def replace_local_tag(root: Path, remote: str, tag: str, lang: Lang) -> None:
    """Fetch a tag from the remote, which must have it, and overwrite the local one.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        UsageError: git would write other branches or tags.
        GitError: the remote can't be reached, or the tag can't be written.
    """
    refuse_git_writing_outside(root, lang)
    refuse_fetch_refspecs_and_symbolic_refs(root, remote, (f"{TAGS}{tag}",), lang)
    run_git_with_remote(
        root, [*FETCH, "--no-tags", "--", remote, _refspec_replacing_tag(tag)], WRITING
    )


def replace_remote_tag(root: Path, remote: str, tag: str, lang: Lang) -> None:
    """Push a tag to the remote, and overwrite the tag there.

    Raises:
        WriteError: git would write outside of the workspace's folder, or of the remote's.
        GitError: the remote can't be reached or refused.
    """
    refuse_git_writing_outside(root, lang)
    refuse_push_through_links_or_refspecs(root, remote, "", lang)
    run_git_with_remote(
        root,
        [
            "push",
            "-q",
            *list_receive_pack_options(root, remote),
            "--",
            remote,
            _refspec_replacing_tag(tag),
        ],
        WRITING,
    )


def _refspec_replacing_tag(tag: str) -> str:
    return f"+{TAGS}{tag}:{TAGS}{tag}"
