"""Flush folders and whole file systems to the disk.

A power cut may undo a write until the disk has confirmed it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

NOT_SUPPORTED: Final = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF)
"""Error numbers of file systems that can't flush a folder: FUSE, SMB. They are no failure."""


def flush_folder(folder: Path) -> None:
    """Flush the entries of a folder.

    Raises:
        OSError: the disk did not confirm them.
    """
    _flush_path_if_supported(folder, os.fsync)


def flush_file_systems(paths: Iterable[Path]) -> None:
    """Flush the file systems of the paths, each file system once.

    Raises:
        OSError: a path is missing, or a disk did not confirm all of it.
    """
    by_device = {path.stat().st_dev: path for path in paths}
    for path in by_device.values():
        _flush_path_if_supported(path, _flush_file_system)


def _flush_path_if_supported(path: Path, flush: Callable[[int], None]) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        flush(handle)
    except OSError as error:
        if error.errno not in NOT_SUPPORTED:
            raise
    finally:
        os.close(handle)


def _flush_file_system(handle: int) -> None:
    """Flush the file system of an open file; all file systems if the C library has no syncfs."""
    import ctypes  # noqa: PLC0415  # 2 ms at every start

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
    elif library.syncfs(handle):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
