"""Read git's list of staged files as a file (gitformat-index), without starting git.

Only the entries are read. A list in an unknown format gives None, and the caller runs git.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from assess.file_bytes import read_start_of_regular_file
from assess.store.git.run.git_facts import find_reusable_git_folders, find_setting_value

_MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes of a list that is read here."""

_HEADER: Final = struct.Struct(">4sLL")
_STATES: Final = 40
"""Bytes of an entry before its object id: times, device, rights, size."""

_MODE: Final = 24
"""The offset of the file's mode in these bytes."""

_VERSIONS: Final = (2, 3)
_EXTENDED: Final = 0x4000
_UNCHANGED: Final = 0x8000
_STAGE: Final = 0x3000
_STAGE_SHIFT: Final = 12
_SKIPPED: Final = 0x4000
_INTENDED: Final = 0x2000
_ID_SIZES: Final = {"sha1": 20, "sha256": 32}
_SPLIT: Final = b"link"
"""The extension of a list that has its entries in another file."""

_TREE: Final = stat.S_IFDIR


class StagedEntry(NamedTuple):
    """An entry of the list."""

    path: str
    """The path from the top of the working tree."""
    mode: str
    oid: str
    stage: int
    """0, or 1 to 3 for base, ours and theirs of a file that a merge left undecided."""
    is_marked: bool
    """Whether git ignores changes of the file in the folder."""
    is_intended: bool
    """Whether only the path is staged (`git add -N`)."""


def read_staged_entries_without_git(
    root: Path, environ: Mapping[str, str] | None = None
) -> list[StagedEntry] | None:
    """Return the entries of git's list for the workspace, with paths from `root`.

    `environ` may name another list. The result is None if git must be asked, and always outside of
    `reuse_git_answers`.
    """
    folders = find_reusable_git_folders(root)
    if folders is None:
        return None
    named = (environ or {}).get("GIT_INDEX_FILE")
    hash_name = find_setting_value(root, "extensions.objectformat") or "sha1"
    entries = read_index_file_without_git(
        Path(named) if named else folders.paths["index"], hash_name
    )
    if entries is None:
        return None
    prefix = folders.prefix
    below = [entry for entry in entries if entry.path.startswith(prefix)]
    return [entry._replace(path=entry.path.removeprefix(prefix)) for entry in below]


def read_index_file_without_git(index: Path, hash_name: str) -> tuple[StagedEntry, ...] | None:
    """Return the entries of git's list, empty without a list; None if the caller must run git."""
    if not os.path.lexists(index):
        return ()
    try:
        data = read_start_of_regular_file(index, _MOST_BYTES + 1, 0)
        if len(data) > _MOST_BYTES:
            return None
        return _parse_entries(data, _ID_SIZES[hash_name])
    except (OSError, KeyError, ValueError, IndexError, struct.error):
        return None


def _parse_entries(data: bytes, id_size: int) -> tuple[StagedEntry, ...] | None:
    """Return the entries, None for another version and for a split or sparse list.

    Raises:
        ValueError, IndexError, struct.error: the list is cut or damaged.
    """
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC" or version not in _VERSIONS:
        return None
    position = _HEADER.size
    entries = []
    for _number in range(count):
        entry, position = _parse_entry_at(data, position, id_size)
        entries.append(entry)
    if any(entry.mode == f"{_TREE:06o}" for entry in entries):
        return None
    names = list(_parse_extension_names(data[: len(data) - id_size], position))
    return None if _SPLIT in names else tuple(entries)


def _parse_entry_at(data: bytes, start: int, id_size: int) -> tuple[StagedEntry, int]:
    """Return the entry that begins at `start`, and the start of the next one."""
    at_flags = start + _STATES + id_size
    (flags,) = struct.unpack_from(">H", data, at_flags)
    more, name_start = 0, at_flags + 2
    if flags & _EXTENDED:
        (more,) = struct.unpack_from(">H", data, name_start)
        name_start += 2
    end = data.index(b"\0", name_start)
    (mode,) = struct.unpack_from(">L", data, start + _MODE)
    entry = StagedEntry(
        os.fsdecode(data[name_start:end]),
        f"{mode:06o}",
        data[start + _STATES : at_flags].hex(),
        (flags & _STAGE) >> _STAGE_SHIFT,
        bool(flags & _UNCHANGED or more & _SKIPPED),
        bool(more & _INTENDED),
    )
    # One to eight NULs, so that the next entry begins at a multiple of eight.
    return entry, start + (end - start + 8) // 8 * 8


def _parse_extension_names(data: bytes, position: int) -> Iterator[bytes]:
    """Yield the names of the extensions after the entries.

    Raises:
        ValueError: the bytes after the entries are no extensions.
    """
    while position < len(data):
        name, size = struct.unpack_from(">4sL", data, position)
        yield name
        position += 8 + size
    if position != len(data):
        raise ValueError(position)
