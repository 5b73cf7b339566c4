"""Git's list of staged files, which a kill or a power cut may leave outdated or damaged.

A git that is killed after it has moved the branch leaves an outdated list: committed files look
removed, and the next merge fails.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.flushed_writes import run_writing_git
from assess.store.git.run.index_file import read_staged_entries_without_git
from assess.store.git.run.plumbing import GitError
from assess.store.git.trust.trusted_programs import list_git_options_by_trust

FROM_INPUT: Final = ("--pathspec-from-file=-", "--pathspec-file-nul")
"""Options by which git reads paths from its input: a command line has a greatest length."""

_LITERAL: Final = {"GIT_LITERAL_PATHSPECS": "1"}
_INNER: Final = "160000"
"""The mode of a submodule."""

_SIZES: Final = {"sha1": 20, "sha256": 32}
"""Bytes of the checksum at the end of the list."""


def encode_paths_with_nul_between(paths: Sequence[str]) -> bytes:
    """Return paths in the form that git reads from its input."""
    return b"\0".join(os.fsencode(path) for path in paths)


def list_staged_changes(root: Path, paths: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """Return the files at or below `paths` that are staged and differ from the last commit."""
    names = _list_staged_changes_without_git(root, environ)
    if names is None:
        words = ["diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff"]
        out = git.run_git(root, [*words, "--relative"], environ=environ).stdout
        names = [os.fsdecode(name) for name in out.split(b"\0") if name]
    wanted = set(paths)
    return [name for name in names if wanted & {name, *map(str, PurePosixPath(name).parents)}]


def _list_staged_changes_without_git(root: Path, environ: Mapping[str, str]) -> list[str] | None:
    """Return the files that are staged and differ from the last commit; None if git must be asked.

    Git has special rules for submodules and for paths without content.
    """
    entries = read_staged_entries_without_git(root, environ)
    repository = git.Repository.find_repository(root) if entries is not None else None
    if entries is None or repository is None:
        return None
    head = repository.resolve_head_commit()
    blobs = repository.list_files(head) if head is not None else {}
    odd = any(entry.is_intended or entry.mode == _INNER for entry in entries)
    if odd or any(blob.mode == _INNER for blob in blobs.values()):
        return None
    staged = {entry.path: (entry.mode, entry.oid, entry.stage) for entry in entries}
    committed = {path: (blob.mode, blob.oid, 0) for path, blob in blobs.items()}
    paths = sorted({*staged, *committed}, key=os.fsencode)
    return [path for path in paths if staged.get(path) != committed.get(path)]


def select_existing_or_staged_paths(
    root: Path, paths: Sequence[str], environ: Mapping[str, str] | None = None
) -> list[str]:
    """Return those of `paths` that exist in the folder, or that are or contain files in git's list.

    Git refuses to stage others, such as files that a merge has removed from both.
    """
    entries = read_staged_entries_without_git(root, environ)
    if entries is not None:
        names = [entry.path for entry in entries]
    else:
        words = ["ls-files", "-z", "--", ":/"]
        whole = {**(environ or {}), "GIT_LITERAL_PATHSPECS": "0"}
        names = os.fsdecode(git.run_git(root, words, environ=whole).stdout).split("\0")
    known = {part for name in names for part in (name, *map(str, PurePosixPath(name).parents))}
    return [path for path in paths if path in known or os.path.lexists(root / path)]


def reset_staged_paths_to_head(root: Path, paths: Sequence[str]) -> None:
    """Reset `paths` in git's list to the newest commit; reset all files if there is no list.

    The caller must have refused a repository in which git would write outside of the workspace, and
    must have checked that the files in the folder are those of the commit.

    Raises:
        GitError: the list is damaged.
    """
    refuse_damaged_index_file(root)
    if list_staged_changes(root, paths, _LITERAL):
        reset_index_unless_locked(root, paths)


def reset_index_unless_locked(root: Path, paths: Sequence[str]) -> None:
    """Reset `paths` in git's list to the last commit; reset all files if there is no list.

    A list that another git has locked stays unchanged until the next commit; nothing is lost.
    """
    options = list_git_options_by_trust(root)
    if find_path_in_git_folder(root, "index").exists():
        words, data = ["reset", "-q", *FROM_INPUT], encode_paths_with_nul_between(paths)
    else:
        words, data = ["reset", "-q"], None
    run_writing_git(root, words, check=False, options=options, environ=_LITERAL, data=data)


def refuse_damaged_index_file(root: Path) -> None:
    """Refuse a list whose checksum is wrong: git may read anything from it.

    Raises:
        GitError: the list is damaged; the message is git's own.
    """
    index = find_path_in_git_folder(root, "index")
    if not index.exists():
        return
    data = index.read_bytes()
    ends = {name: data[-size:] for name, size in _SIZES.items()}
    if any(hashlib.new(name, data[: -len(end)]).digest() == end for name, end in ends.items()):
        return
    if not any(ends["sha1"]) and _is_index_checksum_off(root) and data.startswith(b"DIRC"):
        return
    error = GitError("index file corrupt")
    error.output = error.message
    raise error


def _is_index_checksum_off(root: Path) -> bool:
    """Return whether git's settings turn off the checksum."""
    words = ["config", "--get-regexp", "--type=bool", r"^(index\.skiphash|feature\.manyfiles)$"]
    return b" true" in git.run_git(root, words, check=False).stdout
