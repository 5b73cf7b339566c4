"""One writer at a time: a lock on .assess/lock that says who holds it.

The kernel holds the lock (flock) and frees it when its process dies, however it dies; so a lock
that a dead process left needs no cleaning, only its name is stale. The file itself is never
deleted: deleting it would let two processes lock two files of the same name.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import Final

from assess.errors import LockedError
from assess.i18n import Lang, translator
from assess.store.files import write_error
from assess.store.layout import PRIVATE

WAIT: Final = 5.0
"""Seconds to wait for another writer; a save takes a fraction of one."""

_PAUSE: Final = 0.005


_HELD: ContextVar[Path | None] = ContextVar("held", default=None)
"""The workspace whose lock this thread holds throughout."""


@contextlib.contextmanager
def locked_throughout(root: Path, holder: str, lang: Lang) -> Iterator[None]:
    """Hold the workspace's lock over several saves; those inside, in this thread, go through.

    Raises:
        LockedError, WriteError: as `locked`.
    """
    with locked(root, holder, lang):
        mark = _HELD.set(root)
        try:
            yield
        finally:
            _HELD.reset(mark)


@contextlib.contextmanager
def locked(root: Path, holder: str = "", lang: Lang = "zh", wait: float = WAIT) -> Iterator[None]:
    """Hold the workspace's lock; `holder` is the person who writes, shown to whoever waits.

    Who waits for the lock holds a second one meanwhile, .assess/queue, and whoever wants the lock
    needs that first: a process that saves without pause lets the one that waits go before it.

    Raises:
        LockedError: another living process holds it for longer than `wait` seconds; it is named.
        WriteError: .assess can't be written.
    """
    if _HELD.get() == root:
        yield
        return
    until = time.monotonic() + wait
    folder = root / PRIVATE
    with _opened(folder / "lock", lang) as handle:
        with _opened(folder / "queue", lang) as queue:
            for one in (queue, handle):
                if not _take(one, folder / "lock", lang, until):
                    raise _locked_error(handle, lang)
        _sign(handle, holder)
        yield


@contextlib.contextmanager
def _opened(path: Path, lang: Lang) -> Iterator[int]:
    """Open a file to be locked; closing it frees the lock."""
    try:
        path.parent.mkdir(exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise write_error(error, path, lang) from error
    try:
        yield handle
    finally:
        os.close(handle)


def _take(handle: int, path: Path, lang: Lang, until: float) -> bool:
    """Lock a file; return whether that was possible in time."""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_PAUSE)
        except OSError as error:
            raise write_error(error, path, lang) from error
        else:
            return True


def _sign(handle: int, holder: str) -> None:
    """Write who holds the lock. For people only: a full disk must not stop a save here."""
    words = {"pid": os.getpid(), "host": os.uname().nodename, "person": holder}
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(words, ensure_ascii=False).encode(), 0)


def _locked_error(handle: int, lang: Lang) -> LockedError:
    _ = translator(lang)
    message = _("another process is writing here: {person}, process {pid} on {host}, since {since}")
    hint = _("wait until it is done, or end that process")
    try:
        words = json.loads(os.pread(handle, 4096, 0))
        since = datetime.fromtimestamp(os.fstat(handle).st_mtime).astimezone()
        who = words["person"] or _("somebody")
        return LockedError(
            message.format(
                person=who, pid=words["pid"], host=words["host"], since=f"{since:%H:%M:%S}"
            ),
            hint,
        )
    except (ValueError, KeyError, TypeError, RecursionError):  # being signed, or not by us
        return LockedError(_("another process is writing here"), hint)
