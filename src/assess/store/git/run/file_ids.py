"""The object ids of files in a folder, to compare them with the files of a commit.

A folder of unknown source may have thousands of hard links to a file, or large sparse files. So
each file is read once, and the bytes in holes that are read are limited.
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
"""Bytes of a file from which its size is compared before its content, and holes are searched."""

_VAST: Final = 1024**3
"""Bytes of a file from which it counts as different without being read."""

_MOST_HOLES: Final = 1024**3
"""Bytes in holes of all files together; beyond it a file with holes counts as different."""

_BLOCK: Final = 512
"""Bytes of a block in `st_blocks`."""

_SHA256_DIGITS: Final = 64


def is_large_file(path: Path) -> bool:
    """Return whether a file is so large that sizes are compared before contents."""
    try:
        return path.stat().st_size > _LARGE
    except OSError:
        return False


class ContentComparison:
    """A comparison of files with objects of a commit; `sizes` has the sizes of some objects."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self._sizes = sizes
        self._ids: dict[tuple[int, int], str] = {}
        self._holes = 0

    def has_same_content(self, path: Path, oid: str) -> bool:
        """Return whether a file has the content of an object."""
        state = path.stat()
        if state.st_size > _VAST or self._sizes.get(oid, state.st_size) != state.st_size:
            return False
        return (
            self._blob_id_unless_many_holes(path, state, sha256=len(oid) == _SHA256_DIGITS) == oid
        )

    def _blob_id_unless_many_holes(self, path: Path, state: os.stat_result, *, sha256: bool) -> str:
        """Return the object id of a file, '' if there are too many bytes in holes."""
        file = (state.st_dev, state.st_ino)
        if file not in self._ids:
            holes = _count_hole_bytes(path, state)
            self._holes += holes
            is_read = not holes or self._holes <= _MOST_HOLES
            self._ids[file] = compute_git_blob_id(path, sha256=sha256) if is_read else ""
        return self._ids[file]


def _count_hole_bytes(path: Path, state: os.stat_result) -> int:
    """Return the bytes of a file that are in holes; a compressed file has none."""
    lacking = state.st_size - state.st_blocks * _BLOCK
    if lacking <= _LARGE:
        return 0
    with path.open("rb") as stream:
        has_hole = os.lseek(stream.fileno(), 0, os.SEEK_HOLE) < state.st_size
    return lacking if has_hole else 0


def compute_git_blob_id(path: Path, *, sha256: bool = False) -> str:
    """Return git's object id of a file's bytes, whatever its size."""
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        hashed = hashlib.sha256() if sha256 else hashlib.sha1(usedforsecurity=False)
        hashed.update(b"blob %d\0" % size)
        for part in iter(lambda: stream.read(_PART), b""):
            hashed.update(part)
    return hashed.hexdigest()
