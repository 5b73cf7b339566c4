"""The lock of a workspace: one process writes at a time. `.assess/lock` names the holder.

The lock is an flock of the kernel, which releases it when the process ends in any way. The holder
that the file names may therefore be out of date. The file is never deleted: otherwise two processes
could lock two files of the same name.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import stat
import time
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Final

from assess.china_time import CHINA
from assess.errors import LockedError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.locations import PRIVATE
from assess.store.files import make_write_error

WAIT: Final = 5.0
"""Seconds to wait for another writer; a save takes less than one second."""

_PAUSE: Final = 0.005


_SOMETHING_ELSE: Final = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ELOOP)
"""Error numbers if a file or link is in the place of the folder, or a folder in that of a file."""

_LOCKED_ROOT: ContextVar[Path | None] = ContextVar("locked_root", default=None)
"""The workspace whose lock this thread holds over several saves."""


@contextlib.contextmanager
def workspace_lock_over_several_saves(root: Path, holder: str, lang: Lang) -> Iterator[None]:
    """Hold the workspace's lock over several saves of this thread.

    Raises:
        LockedError, WriteError: as `workspace_lock`.
    """
    with workspace_lock(root, holder, lang):
        mark = _LOCKED_ROOT.set(root)
        try:
            yield
        finally:
            _LOCKED_ROOT.reset(mark)


@contextlib.contextmanager
def workspace_lock(
    root: Path, holder: str = "", lang: Lang = "zh", wait: float = WAIT
) -> Iterator[None]:
    """Hold the workspace's lock; a waiting process shows `holder`, the person who writes.

    A process acquires a second lock first, .assess/queue, and holds it while it waits. So a process
    that saves without pause lets a waiting process go first.

    Raises:
        LockedError: another process holds the lock for longer than `wait` seconds; it is named.
        WriteError: .assess can't be written.
    """
    if _LOCKED_ROOT.get() == root:
        yield
        return
    until = time.monotonic() + wait
    folder = root / PRIVATE
    with _open_lock_file(folder / "lock", lang) as handle:
        with _open_lock_file(folder / "queue", lang) as queue:
            for descriptor in (queue, handle):
                if not _acquire_lock(descriptor, folder / "lock", lang, until):
                    raise _make_locked_error(handle, lang)
        _write_holder_name(handle, holder)
        yield


@contextlib.contextmanager
def _open_lock_file(path: Path, lang: Lang) -> Iterator[int]:
    """Open a lock file; closing it releases the lock."""
    try:
        path.parent.mkdir(exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    except OSError as error:
        write_error = make_write_error(error, path, lang)
        if error.errno in _SOMETHING_ELSE:
            blocking = str(path if path.parent.is_dir() else path.parent)
            write_error.hint = (
                f"mv -- {quote_for_shell(blocking)} {quote_for_shell(f'{blocking}.old')}"
            )
        raise write_error from error
    try:
        yield handle
    finally:
        os.close(handle)


def _acquire_lock(lock_file: int, path: Path, lang: Lang, deadline: float) -> bool:
    """Lock a file; return whether that succeeded in time."""
    while True:
        try:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE)
        except OSError as error:
            raise make_write_error(error, path, lang) from error
        else:
            return True


def _write_holder_name(lock_file: int, holder: str) -> None:
    """Write the holder of the lock, for people only: a full disk must not stop a save here.

    A file with a second name (a hard link) is not written: its other name may be outside of the
    workspace.
    """
    state = os.fstat(lock_file)
    if not stat.S_ISREG(state.st_mode) or state.st_nlink > 1:
        return
    words = {"pid": os.getpid(), "host": os.uname().nodename, "person": holder}
    with contextlib.suppress(OSError):
        os.ftruncate(lock_file, 0)
        os.pwrite(lock_file, json.dumps(words, ensure_ascii=False).encode(), 0)


def _make_locked_error(lock_file: int, lang: Lang) -> LockedError:
    _ = translator(lang)
    message = _("another process is writing here: {person}, process {pid} on {host}, since {since}")
    hint = _("wait until it is done, or end that process")
    try:
        words = json.loads(os.pread(lock_file, 4096, 0))
        since = datetime.fromtimestamp(os.fstat(lock_file).st_mtime, CHINA)
        who = words["person"] or _("somebody")
        return LockedError(
            message.format(
                person=who, pid=words["pid"], host=words["host"], since=f"{since:%H:%M:%S}"
            ),
            hint,
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):  # half written, or no file
        return LockedError(_("another process is writing here"), hint)
