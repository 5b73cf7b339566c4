"""Git's list of staged files, where a kill or a power cut left it behind, or damaged.

A git that dies after it has moved the branch leaves the list as it was: files that were committed
look removed, and stand in the way of the next merge.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import git_path
from assess.store.git.run.flushed_writes import write
from assess.store.git.run.index_file import entries_below
from assess.store.git.run.plumbing import GitError
from assess.store.git.trust.trusted_programs import settings

FROM_INPUT: Final = ("--pathspec-from-file=-", "--pathspec-file-nul")
"""Options by which git takes paths from its input: a command line holds only so many."""

_LITERAL: Final = {"GIT_LITERAL_PATHSPECS": "1"}
_INNER: Final = "160000"
"""The mode of a repository inside."""

_SIZES: Final = {"sha1": 20, "sha256": 32}
"""Bytes of the checksum at the end of the list."""


def listed(paths: Sequence[str]) -> bytes:
    """Return paths as git reads them from its input."""
    return b"\0".join(os.fsencode(path) for path in paths)


def staged_below(root: Path, paths: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """Return the files below `paths` that are staged otherwise than in the last commit."""
    names = _names_staged(root, environ)
    if names is None:
        words = ["diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff"]
        out = git.run(root, [*words, "--relative"], environ=environ).stdout
        names = [os.fsdecode(name) for name in out.split(b"\0") if name]
    wanted = set(paths)
    return [name for name in names if wanted & {name, *map(str, PurePosixPath(name).parents)}]


def _names_staged(root: Path, environ: Mapping[str, str]) -> list[str] | None:
    """Return the files that are staged otherwise than in the last commit; None: git is asked.

    Git has rules of its own for repositories inside, and for paths without content.
    """
    entries = entries_below(root, environ)
    repository = git.Repository.find(root) if entries is not None else None
    if entries is None or repository is None:
        return None
    head = repository.head()
    blobs = repository.tree(head) if head is not None else {}
    odd = any(entry.is_intended or entry.mode == _INNER for entry in entries)
    if odd or any(blob.mode == _INNER for blob in blobs.values()):
        return None
    staged = {entry.path: (entry.mode, entry.oid, entry.stage) for entry in entries}
    committed = {path: (blob.mode, blob.oid, 0) for path, blob in blobs.items()}
    paths = sorted({*staged, *committed}, key=os.fsencode)
    return [path for path in paths if staged.get(path) != committed.get(path)]


def known_paths(
    root: Path, paths: Sequence[str], environ: Mapping[str, str] | None = None
) -> list[str]:
    """Return those of `paths` that are in the folder or in git's list, or that hold what is there.

    Git refuses to take others, such as files that a merge has removed from both.
    """
    entries = entries_below(root, environ)
    if entries is not None:
        names = [entry.path for entry in entries]
    else:
        words = ["ls-files", "-z", "--", ":/"]
        whole = {**(environ or {}), "GIT_LITERAL_PATHSPECS": "0"}
        names = os.fsdecode(git.run(root, words, environ=whole).stdout).split("\0")
    known = {part for name in names for part in (name, *map(str, PurePosixPath(name).parents))}
    return [path for path in paths if path in known or os.path.lexists(root / path)]


def follow_head(root: Path, paths: Sequence[str]) -> None:
    """Let git's list say of `paths` what the newest commit says; of all files where there is none.

    Whoever calls has refused before where git would write outside of the workspace, and has seen
    that the files in the folder are those of the commit.

    Raises:
        GitError: the list is damaged.
    """
    refuse_damaged_list(root)
    if staged_below(root, paths, _LITERAL):
        unstage(root, paths)


def unstage(root: Path, paths: Sequence[str]) -> None:
    """Let git's list say of `paths` what was committed; of all files where there is no list.

    Where another git holds the list it stays as it is until the next commit; nothing is lost.
    """
    options = settings(root)
    if git_path(root, "index").exists():
        words, data = ["reset", "-q", *FROM_INPUT], listed(paths)
    else:
        words, data = ["reset", "-q"], None
    write(root, words, check=False, options=options, environ=_LITERAL, data=data)


def refuse_damaged_list(root: Path) -> None:
    """Refuse a list that was cut or overwritten: git reads from such a one whatever comes.

    Raises:
        GitError: in the words that git has for it.
    """
    index = git_path(root, "index")
    if not index.exists():
        return
    data = index.read_bytes()
    ends = {name: data[-size:] for name, size in _SIZES.items()}
    if any(hashlib.new(name, data[: -len(end)]).digest() == end for name, end in ends.items()):
        return
    if not any(ends["sha1"]) and _has_no_checksum(root) and data.startswith(b"DIRC"):
        return
    error = GitError("index file corrupt")
    error.said = error.message
    raise error


def _has_no_checksum(root: Path) -> bool:
    """Return whether git is told to write none."""
    words = ["config", "--get-regexp", "--type=bool", r"^(index\.skiphash|feature\.manyfiles)$"]
    return b" true" in git.run(root, words, check=False).stdout
