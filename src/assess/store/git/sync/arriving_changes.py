"""Checks of what a merge would bring, made before it: hooks, settings, files outside.

The workspace may contain hooks (`core.hooksPath`, links in .git/hooks) and files that git's
settings include. Git runs the hooks of a merge after it has written the files. So hooks that come
with the merge would run before the user could be asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from assess.errors import UsageError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import NO_CLEANING, UNFLUSHED
from assess.store.git.run.git_facts import (
    find_reusable_git_folders,
    find_workspace_prefix,
    list_settings,
)
from assess.store.git.run.output_lines import list_output_lines
from assess.store.git.state.damaged_objects import (
    TURNS,
    make_damaged_object_error,
    rename_damaged_and_check_incomplete,
)
from assess.store.git.trust.trusted_programs import list_trust_deciding_paths

QUIET: Final = ("core.hooksPath=/dev/null", *NO_CLEANING)
"""Settings under which git starts no program that would read the new settings."""

_LINK: Final = "120000"

_NO_RENAMES: Final = ("merge.renames=false", "merge.directoryRenames=false")

_MOST: Final = 5
"""Names in a message."""


def write_merged_tree_if_supported(
    root: Path, commit: str, options: Sequence[str], environ: Mapping[str, str], lang: Lang
) -> str | None:
    """Return the tree, with its conflicts, that merging a commit gives, and write its objects.

    The result is None if git can't compute it, as before git 2.38. An object that a power cut left
    empty or short is written anew.

    Raises:
        GitError: an object of the tree can't be read.
        WriteError: a damaged object can't be renamed.
    """
    words = ["merge-tree", "--write-tree", "HEAD", commit]
    for _turn in range(TURNS):
        done = git.run_git(
            root, words, check=False, options=[*options, *UNFLUSHED], environ=environ
        )
        tree = done.stdout.split(b"\n")[0].decode("ascii", "replace")
        if done.returncode not in (0, 1) or not tree:
            return None
        if not rename_damaged_and_check_incomplete(root, tree, environ, lang):
            return tree
    raise make_damaged_object_error()


def may_merge_change_git_programs(root: Path, tree: str | None) -> bool:
    """Return whether merging a tree would change hooks or settings, which name programs to run.

    Without a tree this is unknown, and the result is True if the workspace has such files. A
    symbolic link of any name counts, since hooks may be reached through it.
    """
    top, *folders = _worktree_top_and_git_folders(root)
    program_paths = _hooks_and_settings_in_worktree(root, top, folders)
    if not program_paths:
        return False
    return tree is None or any(
        _LINK in modes
        or any((top / path).is_relative_to(program_path) for program_path in program_paths)
        for modes, path in _modes_and_paths_changed_from_head(root, tree)
    )


def refuse_outside_changes_and_list_options(
    root: Path, commit: str, tree: str | None, lang: Lang
) -> Sequence[str]:
    """Refuse to merge a commit that changes files outside of the workspace's folder.

    The workspace may be a folder of a larger repository. `tree` is the result of the merge. Without
    it the returned options keep the merge from following renames out of the folder.

    Raises:
        UsageError: the merge changes files outside; names them.
    """
    prefix = find_workspace_prefix(root)
    if not prefix:
        return ()
    paths = (
        _paths_changed_by_theirs(root, commit)
        if tree is None
        else {path for _, path in _modes_and_paths_changed_from_head(root, tree)}
    )
    outside = sorted(path for path in paths if not path.startswith(prefix))
    if outside:
        _ = translator(lang)
        message = _("what others committed changes files outside of this workspace: {names}")
        names = ", ".join(map(quote_for_shell, outside[:_MOST])) + ("…" if outside[_MOST:] else "")
        short = commit[:10]
        hint = _("look at it and take it in yourself: {look}; {merge}").format(
            look=f"git diff --stat HEAD...{short}", merge=f"git merge {short} && assess sync"
        )
        raise UsageError(message.format(names=names), hint)
    return _NO_RENAMES if tree is None else ()


def _paths_changed_by_theirs(root: Path, commit: str) -> set[str]:
    """Return the paths, from the top, that theirs changed and that differ from HEAD."""
    done = git.run_git(root, ["merge-base", "--all", "HEAD", commit], check=False)
    changed = (
        _paths_differing_between(root, base, commit) for base in done.stdout.decode("ascii").split()
    )
    return set[str]().union(*changed) & _paths_differing_between(root, "HEAD", commit)


def _paths_differing_between(root: Path, old: str, new: str) -> set[str]:
    words = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new]
    return set(os.fsdecode(git.run_git(root, words, most=git.MOST_NAMES).stdout).split("\0")) - {""}


def _hooks_and_settings_in_worktree(root: Path, top: Path, folders: Sequence[Path]) -> set[Path]:
    """Return the hooks, their folder and the settings whose real path is in the working tree."""
    paths = {
        path.resolve()
        for path in (*list_trust_deciding_paths(root), *_files_included_by_settings(root, top))
    }
    return {
        path
        for path in paths
        if path.is_relative_to(top) and not any(path.is_relative_to(folder) for folder in folders)
    }


def _worktree_top_and_git_folders(root: Path) -> list[Path]:
    """Return the top of the working tree, git's folder, and that of the main working tree."""
    if folders := find_reusable_git_folders(root):
        return [path.resolve() for path in (folders.top, folders.folder, folders.common)]
    words = ["rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir"]
    lines = list_output_lines(git.run_git(root, words).stdout)
    return [(root / line).resolve() for line in lines]


def _files_included_by_settings(root: Path, top: Path) -> Iterable[Path]:
    """Yield the files that the repository's settings include, also missing ones."""
    for row in list_settings(root, check=True):
        if row.origin.startswith("file:") and row.name.startswith(("include.", "includeif.")):
            file = top / row.origin.removeprefix("file:")
            yield file.parent / Path(row.value).expanduser()


def _modes_and_paths_changed_from_head(root: Path, tree: str) -> list[tuple[tuple[str, str], str]]:
    """Return the modes and paths, from the top, in which a tree differs from HEAD."""
    words = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "HEAD", tree]
    records = os.fsdecode(git.run_git(root, words, most=git.MOST_NAMES).stdout).split("\0")
    changes = []
    for meta, path in zip(records[::2], records[1::2], strict=False):
        old, new, *_rest = meta.removeprefix(":").split()
        changes.append(((old, new), path))
    return changes
