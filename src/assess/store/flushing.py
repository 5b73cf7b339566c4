"""Flush what was written to the disk: the names in a folder, whole file systems.

A file that was written is safe only once the disk has it: until then a power cut may take it back.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

NOT_SUPPORTED: Final = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF)
"""What a file system says that can't flush a folder: FUSE, SMB, shared folders. It is no error."""


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder.

    Raises:
        OSError: the disk did not take them.
    """
    _flush(folder, os.fsync)


def flush_file_systems(paths: Iterable[Path]) -> None:
    """Flush all that was written to the file systems that hold the paths, each once.

    Raises:
        OSError: a path is not there, or the disk did not take all of it.
    """
    by_device = {path.stat().st_dev: path for path in paths}
    for path in by_device.values():
        _flush(path, _flush_file_system)


def _flush(path: Path, flush: Callable[[int], None]) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        flush(handle)
    except OSError as error:
        if error.errno not in NOT_SUPPORTED:
            raise
    finally:
        os.close(handle)


def _flush_file_system(handle: int) -> None:
    """Flush the file system of an open file; all of them where the C library has no syncfs."""
    import ctypes  # noqa: PLC0415  # 2 ms at every start

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
    elif library.syncfs(handle):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
