"""What a merge would bring, seen before it is made: other hooks or settings, files outside.

Hooks may be kept in the workspace (`core.hooksPath`, links in .git/hooks), and git's settings may
include a file of it. Git runs the hooks of a merge after it has written the files, so those that
came with it would run before anybody could be asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from assess.errors import UsageError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import NO_CLEANING, UNFLUSHED
from assess.store.git.run.read_once import find_git_folders, list_settings, prefix_of
from assess.store.git.state.damaged_objects import TURNS, set_damaged_aside, unreadable
from assess.store.git.trust.trusted_programs import deciding

QUIET: Final = ("core.hooksPath=/dev/null", *NO_CLEANING)
"""Nothing that reads the settings anew is started."""

_LINK: Final = "120000"

_NO_RENAMES: Final = ("merge.renames=false", "merge.directoryRenames=false")

_MOST: Final = 5
"""Names in a message."""


def merged_tree(
    root: Path, commit: str, options: Sequence[str], environ: Mapping[str, str], lang: Lang
) -> str | None:
    """Return the tree that merging a commit gives, and write its objects; conflicts are in it.

    None where git can't say: one before 2.38 merges only for good. An object that a power cut left
    empty or short is written anew.

    Raises:
        GitError: a part of it can't be read.
        WriteError: a damaged object can't be renamed.
    """
    words = ["merge-tree", "--write-tree", "HEAD", commit]
    for _turn in range(TURNS):
        done = git.run(root, words, check=False, options=[*options, *UNFLUSHED], environ=environ)
        tree = done.stdout.split(b"\n")[0].decode("ascii", "replace")
        if done.returncode not in (0, 1) or not tree:
            return None
        if not set_damaged_aside(root, tree, environ, lang):
            return tree
    raise unreadable()


def brings_programs(root: Path, tree: str | None) -> bool:
    """Return whether taking in a tree would change what decides which programs git runs here.

    Also where that can't be told: there is no tree. A link counts whatever its name is, since hooks
    may be reached through it.
    """
    top, *folders = _folders(root)
    kept = _kept(root, top, folders)
    if not kept:
        return False
    return tree is None or any(
        _LINK in modes or any((top / path).is_relative_to(one) for one in kept)
        for modes, path in _changes(root, tree)
    )


def refuse_paths_outside(root: Path, commit: str, tree: str | None, lang: Lang) -> Sequence[str]:
    """Refuse to merge a commit where that changes files outside of the workspace's folder.

    The workspace may stand in a folder of a larger repository, whose other files are none of it.
    `tree` is what the merge gives. Returns options that the merge needs where that can't be told:
    files that were renamed out of the folder must not be followed.

    Raises:
        UsageError: names the files.
    """
    prefix = prefix_of(root)
    if not prefix:
        return ()
    paths = _theirs(root, commit) if tree is None else {path for _, path in _changes(root, tree)}
    outside = sorted(path for path in paths if not path.startswith(prefix))
    if outside:
        _ = translator(lang)
        message = _("what others committed changes files outside of this workspace: {names}")
        names = ", ".join(map(typed, outside[:_MOST])) + ("…" if outside[_MOST:] else "")
        short = commit[:10]
        hint = _("look at it and take it in yourself: {look}; {merge}").format(
            look=f"git diff --stat HEAD...{short}", merge=f"git merge {short} && assess sync"
        )
        raise UsageError(message.format(names=names), hint)
    return _NO_RENAMES if tree is None else ()


def _theirs(root: Path, commit: str) -> set[str]:
    """Return the paths (from the top) that their side changed, and that are otherwise here."""
    done = git.run(root, ["merge-base", "--all", "HEAD", commit], check=False)
    changed = (_differing(root, base, commit) for base in done.stdout.decode("ascii").split())
    return set[str]().union(*changed) & _differing(root, "HEAD", commit)


def _differing(root: Path, old: str, new: str) -> set[str]:
    words = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new]
    return set(os.fsdecode(git.run(root, words, most=git.MOST_NAMES).stdout).split("\0")) - {""}


def _kept(root: Path, top: Path, folders: Sequence[Path]) -> set[Path]:
    """Return the hooks, their folder and the settings that really lie in the working tree."""
    paths = {path.resolve() for path in (*deciding(root), *_included(root, top))}
    return {
        path
        for path in paths
        if path.is_relative_to(top) and not any(path.is_relative_to(one) for one in folders)
    }


def _folders(root: Path) -> list[Path]:
    """Return the top of the working tree, git's own folder, and that of the main working tree."""
    if folders := find_git_folders(root):
        return [path.resolve() for path in (folders.top, folders.folder, folders.common)]
    words = ["rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir"]
    lines = os.fsdecode(git.run(root, words).stdout).splitlines()
    return [(root / line).resolve() for line in lines]


def _included(root: Path, top: Path) -> Iterable[Path]:
    """Return the files that the repository's settings include, also those not there yet."""
    for row in list_settings(root, check=True):
        if row.origin.startswith("file:") and row.name.startswith(("include.", "includeif.")):
            file = top / row.origin.removeprefix("file:")
            yield file.parent / Path(row.value).expanduser()


def _changes(root: Path, tree: str) -> list[tuple[tuple[str, str], str]]:
    """Return modes and paths (from the top) that taking in a tree changes."""
    words = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "HEAD", tree]
    records = os.fsdecode(git.run(root, words, most=git.MOST_NAMES).stdout).split("\0")
    found = []
    for meta, path in zip(records[::2], records[1::2], strict=False):
        old, new, *_rest = meta.removeprefix(":").split()
        found.append(((old, new), path))
    return found
