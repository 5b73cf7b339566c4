"""The ids of all objects of a tree, found without starting a git command."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from assess.file_bytes import read_start_of_regular_file
from assess.store.git.run.batch import BatchRepository
from assess.store.git.run.checked_objects import FOLDER_MODE, SUBMODULE_MODE, parse_tree_entries
from assess.store.git.run.commits import ObjectContent
from assess.store.git.run.plumbing import GitError

_MOST_PACKED: Final = 16 * 1024 * 1024
"""Bytes of the object file of a folder that is read here."""

_MOST_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of a folder that are unpacked here."""

_MOST_OBJECTS: Final = 200_000
"""Objects of a tree that are searched here."""


def list_object_ids_of_tree(
    repository: BatchRepository, tree: str, new_objects_folder: Path | None
) -> set[str] | None:
    """Return the ids of all objects of a tree; None if one is missing, or git must be asked.

    `new_objects_folder` has objects that are not in git's folder of objects yet.
    """
    oids, files = set[str](), set[str]()
    waiting = [tree]
    while waiting:
        oid = waiting.pop()
        content = _read_tree_from_new_objects(
            new_objects_folder, oid
        ) or _read_tree_from_repository(repository, oid)
        if content is None or len(oids) + len(files) > _MOST_OBJECTS:
            return None
        oids.add(content.oid)
        entries = [entry for entry in parse_tree_entries(content) if entry.mode != SUBMODULE_MODE]
        folders = {entry.oid for entry in entries if entry.mode == FOLDER_MODE} - oids
        files |= {entry.oid for entry in entries if entry.mode != FOLDER_MODE}
        waiting += folders
    return (
        oids | files if _do_objects_exist(repository, sorted(files), new_objects_folder) else None
    )


def _read_tree_from_repository(repository: BatchRepository, oid: str) -> ObjectContent | None:
    with suppress(GitError):
        return repository.start_or_get_object_reader().read_object("tree", oid)
    return None


def _read_tree_from_new_objects(new_objects_folder: Path | None, oid: str) -> ObjectContent | None:
    """Return a folder from its file among the new objects, None without one."""
    if new_objects_folder is None:
        return None
    try:
        unpacker = zlib.decompressobj()
        packed = read_start_of_regular_file(
            _path_of_loose_object(new_objects_folder, oid), _MOST_PACKED, 0
        )
        data = unpacker.decompress(packed, _MOST_UNPACKED)
    except (OSError, zlib.error):
        return None
    head, _nul, body = data.partition(b"\0")
    return ObjectContent(oid, body) if unpacker.eof and head == b"tree %d" % len(body) else None


def _do_objects_exist(
    repository: BatchRepository, oids: Sequence[str], new_objects_folder: Path | None
) -> bool:
    elsewhere = [
        oid
        for oid in oids
        if new_objects_folder is None
        or not _path_of_loose_object(new_objects_folder, oid).is_file()
    ]
    return set(repository.measure_object_sizes(elsewhere)) >= set(elsewhere)


def _path_of_loose_object(folder: Path, oid: str) -> Path:
    return folder / oid[:2] / oid[2:]
