"""New files that a merge would bring, and files of the folder that they would overwrite.

Git overwrites files that it is told to ignore, and says nothing. They are in no commit.
"""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import UsageError
from assess.harmless import escape_on_one_line, quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.run import plumbing as git
from assess.store.git.run.file_ids import ContentComparison
from assess.store.git.run.git_facts import find_workspace_prefix

_FILE: Final = "100"
"""The start of the mode of a regular file."""

_SUBMODULE: Final = "160000"

_SHORT: Final = 10
"""Digits of a commit in a message."""

_MOST: Final = 3
"""Names in a message."""


class ArrivingFile(NamedTuple):
    """A file that a merge brings and HEAD does not have; the path is from the workspace."""

    mode: str
    oid: str
    path: str


def list_files_new_to_head(root: Path, tree: str) -> list[ArrivingFile]:
    """Return the files of the workspace in a tree or commit that HEAD does not have."""
    prefix = find_workspace_prefix(root)
    words = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--diff-filter=A", "HEAD", tree]
    records = os.fsdecode(git.run_git(root, words, most=git.MOST_NAMES).stdout).split("\0")
    rows = zip(records[::2], records[1::2], strict=False)
    fields = ((meta.split(), path) for meta, path in rows if path.startswith(prefix))
    return [
        ArrivingFile(mode, oid, path.removeprefix(prefix))
        for (_old, mode, _old_oid, oid, _kind), path in fields
    ]


def describe_newest_commit_of_file(root: Path, tip: str, path: str) -> str:
    """Return id and author of the newest commit of the other side that changes a file."""
    words = ["log", "-1", f"--abbrev={_SHORT}", "--format=%h, %an", f"HEAD..{tip}", "--"]
    done = git.run_git(root, [*words, f":(literal){path}"], check=False)
    return escape_on_one_line(done.stdout.decode("utf-8", "replace").strip() or tip[:_SHORT])


def refuse_overwriting_uncommitted_files(
    root: Path, commit: str, arriving: Sequence[ArrivingFile], lang: Lang
) -> None:
    """Refuse to merge a commit that brings files where the folder has others, in no commit.

    Raises:
        UsageError: files would be overwritten; names them, the commit and its author.
    """
    present = [
        (file, path)
        for file in arriving
        if (path := _find_existing_path_in_the_way(root, file.path))
    ]
    committed = _list_committed_files(root) if present else {}
    comparison = ContentComparison({})
    overwritten = {
        path: file
        for file, path in present
        if _would_lose_uncommitted_files(root, path, file, committed)
        and not _has_same_bytes(root, path, file, comparison)
    }
    if overwritten:
        raise _make_overwriting_error(root, commit, overwritten, lang)


def _find_existing_path_in_the_way(root: Path, path: str) -> str:
    """Return the first part of a path that exists and is no folder, the path, or ''."""
    parts = path.split("/")
    for count in range(1, len(parts) + 1):
        part = "/".join(parts[:count])
        if not os.path.lexists(root / part):
            return ""
        if not _is_folder_and_no_link(root / part):
            return part
    return path


def _is_folder_and_no_link(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _list_committed_files(root: Path) -> Mapping[str, git.Blob]:
    """Return the files of HEAD below the workspace, by path."""
    repository = git.Repository.find_repository(root)
    head = repository.resolve_head_commit() if repository is not None else None
    return repository.list_files(head) if repository is not None and head else {}


def _would_lose_uncommitted_files(
    root: Path, path: str, file: ArrivingFile, committed: Collection[str]
) -> bool:
    """Return whether a file, or one of a folder, would be lost for a file that arrives."""
    if not _is_folder_and_no_link(root / path):
        return path not in committed
    if file.mode == _SUBMODULE:
        return False
    return any(
        (Path(folder) / name).relative_to(root).as_posix() not in committed
        for folder, _folders, names in os.walk(root / path)
        for name in names
    )


def _has_same_bytes(
    root: Path, path: str, file: ArrivingFile, comparison: ContentComparison
) -> bool:
    """Return whether the file that is here has the bytes of the one that arrives."""
    is_file = stat.S_ISREG(os.lstat(root / path).st_mode) and file.mode.startswith(_FILE)
    return is_file and path == file.path and comparison.has_same_content(root / path, file.oid)


def _make_overwriting_error(
    root: Path, commit: str, overwritten: Mapping[str, ArrivingFile], lang: Lang
) -> UsageError:
    _ = translator(lang)
    paths = list(overwritten)[:_MOST]
    message = _("what others committed would overwrite files here that are in no commit: {names}")
    names = ", ".join(map(quote_for_shell, paths)) + ("…" if len(overwritten) > _MOST else "")
    origin = describe_newest_commit_of_file(root, commit, overwritten[paths[0]].path)
    hint = _("nothing was merged; give your files another name, then again: {command}")
    moves = [
        f"mv -- {quote_for_shell(path)} {quote_for_shell(_find_unused_name_beside(root, path))}"
        for path in paths
    ]
    command = " && ".join([*moves, "assess sync"])
    return UsageError(f"{message.format(names=names)} ({origin})", hint.format(command=command))


def _find_unused_name_beside(root: Path, path: str) -> str:
    """Return a name beside a file that does not exist."""
    names = (f"{path}.{number}.old" for number in itertools.count(1))
    return next(name for name in names if not os.path.lexists(root / name))
