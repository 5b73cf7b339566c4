"""The object ids of files in a folder, by which they are compared with those of a commit.

A folder from elsewhere may hold thousands of names that are one file, or vast files of holes that
take no place in an archive: each file is read once, and only so many holes are.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_PART: Final = 1024 * 1024
"""Bytes that are read at a time."""

_LARGE: Final = 1024 * 1024
"""Bytes from which on sizes are compared before contents, and holes are looked for."""

_VAST: Final = 1024**3
"""Bytes from which on a file counts as another one than that of the commit, and is not read."""

_MOST_HOLES: Final = 1024**3
"""Bytes in holes of all files together; beyond, a file with holes counts as another one."""

_BLOCK: Final = 512
"""Bytes of what the disk counts."""

_SHA256_DIGITS: Final = 64


def is_large(path: Path) -> bool:
    """Return whether a file is so large that its size is worth a question."""
    try:
        return path.stat().st_size > _LARGE
    except OSError:
        return False


class Comparison:
    """A comparison of files with those of a commit; `sizes` are those of some of its objects."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self._sizes = sizes
        self._ids: dict[tuple[int, int], str] = {}
        self._holes = 0

    def is_same(self, path: Path, oid: str) -> bool:
        """Return whether a file is what an object holds."""
        state = path.stat()
        if state.st_size > _VAST or self._sizes.get(oid, state.st_size) != state.st_size:
            return False
        return self._id_of(path, state, sha256=len(oid) == _SHA256_DIGITS) == oid

    def _id_of(self, path: Path, state: os.stat_result, *, sha256: bool) -> str:
        """Return the object id of a file, '' where there are too many holes."""
        file = (state.st_dev, state.st_ino)
        if file not in self._ids:
            holes = _bytes_in_holes(path, state)
            self._holes += holes
            is_read = not holes or self._holes <= _MOST_HOLES
            self._ids[file] = file_id(path, sha256=sha256) if is_read else ""
        return self._ids[file]


def _bytes_in_holes(path: Path, state: os.stat_result) -> int:
    """Return how many bytes of a file take no place; a disk that compresses has no holes for it."""
    lacking = state.st_size - state.st_blocks * _BLOCK
    if lacking <= _LARGE:
        return 0
    with path.open("rb") as stream:
        has_hole = os.lseek(stream.fileno(), 0, os.SEEK_HOLE) < state.st_size
    return lacking if has_hole else 0


def file_id(path: Path, *, sha256: bool = False) -> str:
    """Return the object id that git gives to a file as it is, whatever its size."""
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        hashed = hashlib.sha256() if sha256 else hashlib.sha1(usedforsecurity=False)
        hashed.update(b"blob %d\0" % size)
        for part in iter(lambda: stream.read(_PART), b""):
            hashed.update(part)
    return hashed.hexdigest()
