"""Files of the folder that a power cut left incomplete: they have only their beginning."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from assess import locations
from assess.file_bytes import read_start_of_regular_file
from assess.store.evidence import MAX_SIZE
from assess.store.git.run.index_file import read_staged_entries_without_git
from assess.store.git.run.plumbing import Repository

_ORDINARY: Final = ("100644", "100755")
_UNWRITTEN: Final = b"\0"
"""The bytes of a file whose content did not reach the disk in time."""


def find_files_cut_short(root: Path, paths: Iterable[str]) -> list[str]:
    """Return those of `paths` that have only the beginning of their content in git.

    The content in git is the staged one, else the committed one. Without a repository the list is
    empty.

    Raises:
        GitError: the newest commit can't be read.
    """
    repository = Repository.find_repository(root)
    if repository is None:
        return []
    oids = _object_ids_by_path(root, repository)
    known = [path for path in paths if path in oids and _regular_file_size(root / path) is not None]
    sizes = repository.measure_object_sizes([oids[path] for path in known])
    return [
        path for path in known if _is_file_cut_short(root / path, repository, oids[path], sizes)
    ]


def _object_ids_by_path(root: Path, repository: Repository) -> dict[str, str]:
    entries = read_staged_entries_without_git(root)
    if entries is not None:
        regular_entries = [
            entry for entry in entries if entry.mode in _ORDINARY and not entry.stage
        ]
        return {entry.path: entry.oid for entry in regular_entries}
    head = repository.resolve_head_commit()
    blobs = repository.list_files(head, locations.INPUTS) if head is not None else {}
    return {path: blob.oid for path, blob in blobs.items() if blob.mode in _ORDINARY}


def _is_file_cut_short(
    path: Path, repository: Repository, oid: str, sizes_by_oid: dict[str, int]
) -> bool:
    size = sizes_by_oid.get(oid, 0)
    if not size or size > MAX_SIZE or (_regular_file_size(path) or 0) > size:
        return False
    try:
        begin = read_start_of_regular_file(path, MAX_SIZE, os.O_NOFOLLOW).rstrip(_UNWRITTEN)
    except OSError:
        return False
    return len(begin) < size and repository.read_blob(oid).rstrip(_UNWRITTEN).startswith(begin)


def _regular_file_size(path: Path) -> int | None:
    """Return the size of a regular file in bytes, None without one."""
    return path.stat().st_size if path.is_file() and not path.is_symlink() else None
