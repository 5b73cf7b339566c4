"""Running a program with an end: a time limit, a limit of what it prints, its children ended too.

A process stays in the group of this one, so that a terminal's Ctrl+C and its closing reach it and
it may ask for a password there. It is therefore ended with its descendants one by one.
"""

from __future__ import annotations

import contextlib
import os
import select
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

from assess.errors import EnvironmentLacksError

_PART: Final = 64 * 1024
"""Bytes that are read or written at a time."""

_LOOK: Final = 0.25
"""Seconds between two looks at the time, at most."""

_SHORT: Final = 0.0001
"""Seconds between the first looks whether a process has ended that has closed its pipes."""

_PATIENCE: Final = 2.0
"""Seconds that a process gets to remove its locks before it is killed."""

_LONG: Final = 2.0
"""Seconds after which, and again, is looked whether a git waits for a pipe."""

_OPENING: Final = {"wait_for_partner", "fifo_open"}
"""Where Linux has a process wait that opens a pipe which nobody writes to."""

MOST_OUTPUT: Final = 128 * 1024 * 1024
"""Bytes that a program may print."""

TOO_MUCH: Final = "printed too much"
"""Why a program was ended that would have printed more."""


class StoppedError(Exception):
    """A program was ended; `reason` says why, `seconds` after how long."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


Heard = Callable[[bytes], None]


class Watch(NamedTuple):
    """When a program is ended.

    `complaint` is asked at each look with the seconds since the start, and the seconds since the
    program last printed something; it gives why the program is to end, else ''. `heard` is given
    each part of what the program prints for people. `most` bytes may be printed in all.
    """

    complaint: Callable[[float, float], str]
    heard: Heard | None = None
    most: int = MOST_OUTPUT


def start_process(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], *, errors: int, data: bool
) -> subprocess.Popen[bytes]:
    """Start a program; `data`: it is given something on its input.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    try:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.PIPE if data else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    except FileNotFoundError as error:
        if not folder.is_dir():
            raise
        raise EnvironmentLacksError("git is not installed", "apt-get install git") from error


def run_watched(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    data: bytes | None,
    watch: Watch,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end.

    Raises:
        EnvironmentLacksError: git is not installed.
        StoppedError: `watch` complained, or the program printed too much; it was ended.
    """
    process = start_process(command, folder, environ, errors=subprocess.PIPE, data=data is not None)
    try:
        out, errors = _Exchange(process, data or b"", watch).finish()
    except BaseException:
        end_tree(process)
        raise
    finally:
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
    return subprocess.CompletedProcess(command, process.wait(), out, errors)


class _Exchange:
    """What goes into a process and comes out of it, until it ends."""

    def __init__(self, process: subprocess.Popen[bytes], data: bytes, watch: Watch) -> None:
        self._process = process
        self._left = memoryview(data)
        self._watch = watch
        self._begun = self._heard_at = time.monotonic()
        self._search_at = self._begun + _LONG
        self._parts: dict[IO[bytes], list[bytes]] = {}
        self._size = 0
        self._selector = selectors.DefaultSelector()

    def finish(self) -> tuple[bytes, bytes]:
        """Return what the process printed as data and for people."""
        with self._selector:
            for pipe in filter(None, (self._process.stdout, self._process.stderr)):
                self._parts[pipe] = []
                self._selector.register(pipe, selectors.EVENT_READ)
            if self._process.stdin is not None:
                os.set_blocking(self._process.stdin.fileno(), False)
                self._selector.register(self._process.stdin, selectors.EVENT_WRITE)
            self._exchange()
        out, errors = (b"".join(parts) for parts in self._parts.values())
        return out, errors

    def _exchange(self) -> None:
        while self._selector.get_map():
            ready = self._selector.select(_LOOK)
            for key, _events in ready:
                self._move(key)
            # A process that stays behind, such as a shared connection, keeps the pipes open.
            if not ready and self._process.poll() is not None:
                return
            self._look()
        pause = _SHORT
        while self._process.poll() is None:
            time.sleep(pause)
            pause = min(2 * pause, _LOOK)
            self._look()

    def _move(self, key: selectors.SelectorKey) -> None:
        pipe: IO[bytes] = key.fileobj  # type: ignore[assignment]  # only pipes are registered
        if pipe is self._process.stdin:
            self._give(pipe)
            return
        part = os.read(pipe.fileno(), _PART)
        if not part:
            self._selector.unregister(pipe)
            return
        self._heard_at = time.monotonic()
        self._size += len(part)
        self._parts[pipe].append(part)
        if self._watch.heard is not None and pipe is self._process.stderr:
            self._watch.heard(part)

    def _give(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(BrokenPipeError):  # its exit code says why it wants no more
            if self._left:
                self._left = self._left[os.write(pipe.fileno(), self._left[:_PART]) :]
                return
        self._selector.unregister(pipe)
        pipe.close()

    def _look(self) -> None:
        now = time.monotonic()
        reason = self._watch.complaint(now - self._begun, now - self._heard_at)
        if reason and waits_for_disk(self._process.pid):
            reason = ""
        if not reason and now > self._search_at:
            self._search_at = now + _LONG
            reason = pipe_complaint(self._process.pid)
        if self._size > self._watch.most:
            reason = TOO_MUCH
        if reason:
            raise StoppedError(reason, now - self._begun)


def wait_for_output(process: subprocess.Popen[bytes], pipe: IO[bytes], watch: Watch) -> None:
    """Wait until a process that answers questions says something; nothing of it is buffered here.

    Raises:
        StoppedError: `watch` complained; the process was ended.
    """
    begun = time.monotonic()
    while not select.select([pipe], [], [], _LOOK)[0]:
        seconds = time.monotonic() - begun
        searched = pipe_complaint(process.pid) if seconds > _LONG else ""
        if reason := searched or watch.complaint(seconds, seconds):
            end_tree(process)
            raise StoppedError(reason, seconds)


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started: asked first, so that locks are removed, then killed.

    Where the system has no /proc only the process itself is ended; its children end when nobody
    reads what they say.
    """
    family = [process.pid, *descendants(process.pid)] if process.poll() is None else []
    _send(family, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    _send(family, signal.SIGKILL)
    process.wait()


def _send(pids: Sequence[int], how: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, how)


def waits_for_disk(pid: int) -> bool:
    """Return whether a process, or one that it started, waits for the disk: a stick is slow.

    Such a wait can't be ended anyway. It ends by itself; that for a pipe does not.
    """
    return any(_state_of(member) == "D" for member in (pid, *descendants(pid)))


def pipe_complaint(pid: int) -> str:
    """Return that a git, or one that it started, waits to open a pipe; '' of other programs.

    A pipe may stand wherever git's settings, links or borrowed objects lead.
    """
    family = (pid, *descendants(pid))
    waits = any(_proc_text(one, "wchan") in _OPENING and _is_git(one) for one in family)
    return "waits for a pipe" if waits else ""


def _is_git(pid: int) -> bool:
    return _proc_text(pid, "comm").startswith("git")


def _proc_text(pid: int, name: str) -> str:
    with contextlib.suppress(OSError):
        return Path("/proc", str(pid), name).read_text("utf-8", "replace").strip()
    return ""


def _state_of(pid: int) -> str:
    with contextlib.suppress(OSError):
        return _stat_words(pid)[0]
    return ""


def _stat_words(pid: int) -> list[str]:
    """Return state, parent and what follows, as /proc has them of a process."""
    stat = Path("/proc", str(pid), "stat").read_text("utf-8", "replace")
    return stat.rpartition(")")[2].split()


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and those that these started."""
    parents = _parents()
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family[1:]


def _parents() -> dict[int, int]:
    """Return each process with its parent, as /proc has them; nothing without it."""
    parents = {}
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):  # noqa: PTH208  # names are all that is needed
            if name.isdigit():
                # What has ended meanwhile is nobody's child any more.
                with contextlib.suppress(OSError):
                    parents[int(name)] = int(_stat_words(int(name))[1])
    return parents
