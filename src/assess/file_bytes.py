"""Bytes of files: read without waiting, written atomically. All failures are OSError.

`store.files` has the same for the files of a workspace, with errors that say what to do.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".*.[0-9]*-????????.tmp"
"""The pattern of the names of temporary files; a killed program leaves one."""

_TEMPORARY_NAME: Final = re.compile(r"(\..+\.)([0-9]{1,10})-[0-9a-f]{8}\.tmp", re.DOTALL)
"""The names exactly: first the name of the file to write, then the id of the writing process."""


def read_start_of_regular_file(path: Path, max_bytes: int, flags: int) -> bytes:
    """Return the first bytes of a regular file, else raise OSError; never wait for a pipe."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    with open(handle, "rb") as stream:  # noqa: PTH123  # an open descriptor, not a path
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return stream.read(max_bytes)


def write_file_atomically(
    path: Path,
    data: bytes,
    check_before_rename: Callable[[], None] | None = None,
    *,
    flush: bool = True,
) -> None:
    """Write `data` to the file atomically: a reader sees the old bytes or the new bytes.

    The bytes go to a temporary file in the same folder, which is flushed and renamed. An existing
    file keeps its permissions. A kill at any moment leaves the old or the new file.
    `check_before_rename` may raise. Without `flush` a power cut may undo the write.

    Raises:
        OSError: the folder is missing or read-only, the disk is full, …; nothing was changed.
    """

    def check_and_rename(temporary: Path) -> None:
        if check_before_rename is not None:
            check_before_rename()
        os.replace(temporary, path)  # noqa: PTH105  # one word for what it does

    _write_temporary_and_rename(path, data, check_and_rename, flush=flush)


def create_file_atomically(path: Path, data: bytes) -> None:
    """Write a new file atomically and flush its bytes; of several writers one succeeds.

    Raises:
        FileExistsError: the file exists.
        OSError: the folder is missing or read-only, the disk is full, …; nothing was changed.
    """
    _write_temporary_and_rename(
        path, data, lambda temporary: _rename_unless_target_exists(temporary, path), flush=True
    )


def remove_leftover_temporary_files(folder: Path) -> None:
    """Remove the temporary files that killed writers, this process too, left in a folder."""
    _remove_files_of_ended_processes(folder, None, os.getpid())


def _write_temporary_and_rename(
    path: Path, data: bytes, rename: Callable[[Path], None], *, flush: bool
) -> None:
    """Write `data` to a temporary file beside `path`, and rename it."""
    _remove_files_of_ended_processes(path.parent, f".{path.name}.")
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        _write_bytes_to_new_file(temporary, data, _file_permissions_or_none(path), flush=flush)
        rename(temporary)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _rename_unless_target_exists(old: Path, new: Path) -> None:
    """Rename a file unless the new name exists: a rename replaces a file, a hard link does not."""
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC))
        os.replace(old, new)  # noqa: PTH105  # one word for what it does
    else:
        old.unlink()


_NO_LINKS: Final = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)
"""Error numbers of file systems without hard links, such as those of most USB sticks."""


def _file_permissions_or_none(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def _write_bytes_to_new_file(path: Path, data: bytes, mode: int | None, *, flush: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(path, flags, 0o666)
    try:
        if mode is not None:
            os.fchmod(handle, mode)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if flush:
            os.fsync(handle)
    finally:
        os.close(handle)


def _remove_files_of_ended_processes(folder: Path, start: str | None, ended: int = 0) -> None:
    """Remove temporary files of the file `start`, None: of each file, whose writers no longer run.

    `ended` is the id of a process that counts as one of them. A file of the user with a similar
    name stays: a report may be written into any folder.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208  # names are all that is needed
    except OSError:
        return
    for name in names:
        match = _TEMPORARY_NAME.fullmatch(name)
        if match is None or start not in (None, match[1]):
            continue
        if match[2] == str(ended) or not _may_process_be_alive(match[2]):
            with contextlib.suppress(OSError):
                (folder / name).unlink()


def _may_process_be_alive(pid: str) -> bool:
    return Path("/proc", pid).exists() or not Path("/proc/self").exists()
