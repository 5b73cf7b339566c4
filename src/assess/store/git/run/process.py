"""Run a program with limits of time and output, and end it with its children.

The process stays in the group of this process, so that Ctrl+C and the closing of the terminal reach
it, and it may ask for a password. So it is ended together with its descendants one by one.
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
"""Greatest number of seconds between two checks of the limits."""

_SHORT: Final = 0.0001
"""Seconds between the first checks whether a process with closed pipes has ended."""

_PATIENCE: Final = 2.0
"""Seconds for a process to remove its locks before it is killed."""

_LONG: Final = 2.0
"""Seconds between two checks whether a git waits for a pipe."""

_OPENING: Final = {"wait_for_partner", "fifo_open"}
"""Names of the kernel functions in which a process waits for the other end of a pipe."""

MOST_OUTPUT: Final = 128 * 1024 * 1024
"""Bytes that a program may print."""

TOO_MUCH: Final = "printed too much"
"""The reason for ending a program that prints more."""


class StoppedError(Exception):
    """A program was ended for `reason` after `seconds`."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


OutputListener = Callable[[bytes], None]


class ProcessWatch(NamedTuple):
    """The limits of a program.

    `stop_reason` is called at each check with the seconds since the start and the seconds since the
    last output. It returns why the program must be ended, else ''. `listener` gets each part of
    stderr. `most` is the greatest number of bytes of output.
    """

    stop_reason: Callable[[float, float], str]
    listener: OutputListener | None = None
    most: int = MOST_OUTPUT


def start_process(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], *, errors: int, data: bool
) -> subprocess.Popen[bytes]:
    """Start a program; `data` says whether it gets input.

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


def run_program_within_limits(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    data: bytes | None,
    watch: ProcessWatch,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end.

    Raises:
        EnvironmentLacksError: git is not installed.
        StoppedError: the program exceeded a limit of `watch`, and was ended.
    """
    process = start_process(command, folder, environ, errors=subprocess.PIPE, data=data is not None)
    try:
        out, errors = _ProcessExchange(process, data or b"", watch).run_to_end()
    except BaseException:
        end_process_tree(process)
        raise
    finally:
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
    return subprocess.CompletedProcess(command, process.wait(), out, errors)


class _ProcessExchange:
    """The exchange of input and output with a process until it ends."""

    def __init__(self, process: subprocess.Popen[bytes], data: bytes, watch: ProcessWatch) -> None:
        self._process = process
        self._left = memoryview(data)
        self._watch = watch
        self._begun = self._last_output = time.monotonic()
        self._search_at = self._begun + _LONG
        self._parts: dict[IO[bytes], list[bytes]] = {}
        self._size = 0
        self._selector = selectors.DefaultSelector()

    def run_to_end(self) -> tuple[bytes, bytes]:
        """Return stdout and stderr of the process.

        Raises:
            StoppedError: the process exceeded a limit; it still runs.
        """
        with self._selector:
            for pipe in filter(None, (self._process.stdout, self._process.stderr)):
                self._parts[pipe] = []
                self._selector.register(pipe, selectors.EVENT_READ)
            if self._process.stdin is not None:
                os.set_blocking(self._process.stdin.fileno(), False)
                self._selector.register(self._process.stdin, selectors.EVENT_WRITE)
            self._exchange_until_end()
        out, errors = (b"".join(parts) for parts in self._parts.values())
        return out, errors

    def _exchange_until_end(self) -> None:
        while self._selector.get_map():
            ready = self._selector.select(_LOOK)
            for key, _events in ready:
                self._read_or_write_ready_pipe(key)
            # A descendant that goes on running, such as a shared connection, keeps the pipes open.
            if not ready and self._process.poll() is not None:
                return
            self._raise_at_limit()
        pause = _SHORT
        while self._process.poll() is None:
            time.sleep(pause)
            pause = min(2 * pause, _LOOK)
            self._raise_at_limit()

    def _read_or_write_ready_pipe(self, key: selectors.SelectorKey) -> None:
        pipe: IO[bytes] = key.fileobj  # type: ignore[assignment]  # only pipes are registered
        if pipe is self._process.stdin:
            self._write_input(pipe)
            return
        part = os.read(pipe.fileno(), _PART)
        if not part:
            self._selector.unregister(pipe)
            return
        self._last_output = time.monotonic()
        self._size += len(part)
        self._parts[pipe].append(part)
        if self._watch.listener is not None and pipe is self._process.stderr:
            self._watch.listener(part)

    def _write_input(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(BrokenPipeError):  # its exit code says why it closed its input
            if self._left:
                self._left = self._left[os.write(pipe.fileno(), self._left[:_PART]) :]
                return
        self._selector.unregister(pipe)
        pipe.close()

    def _raise_at_limit(self) -> None:
        now = time.monotonic()
        reason = self._watch.stop_reason(now - self._begun, now - self._last_output)
        if reason and is_process_tree_waiting_for_disk(self._process.pid):
            reason = ""
        if not reason and now > self._search_at:
            self._search_at = now + _LONG
            reason = stop_reason_of_waiting_for_pipe(self._process.pid)
        if self._size > self._watch.most:
            reason = TOO_MUCH
        if reason:
            raise StoppedError(reason, now - self._begun)


def wait_for_output(process: subprocess.Popen[bytes], pipe: IO[bytes], watch: ProcessWatch) -> None:
    """Wait until a process prints something, without reading it.

    Raises:
        StoppedError: the process exceeded a limit of `watch`, and was ended.
    """
    begun = time.monotonic()
    while not select.select([pipe], [], [], _LOOK)[0]:
        seconds = time.monotonic() - begun
        searched = stop_reason_of_waiting_for_pipe(process.pid) if seconds > _LONG else ""
        if reason := searched or watch.stop_reason(seconds, seconds):
            end_process_tree(process)
            raise StoppedError(reason, seconds)


def end_process_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process and its descendants: SIGTERM first, so that they remove locks, then SIGKILL.

    Without /proc only the process itself is ended. Its children end when their output is closed.
    """
    family = [process.pid, *list_descendants(process.pid)] if process.poll() is None else []
    _send_signal_to_processes(family, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    _send_signal_to_processes(family, signal.SIGKILL)
    process.wait()


def _send_signal_to_processes(pids: Sequence[int], signal_to_send: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal_to_send)


def is_process_tree_waiting_for_disk(pid: int) -> bool:
    """Return whether a process or a descendant waits for the disk, for example a slow USB stick.

    Such a wait can't be interrupted and ends by itself, unlike the wait for a pipe.
    """
    return any(_read_process_state(member) == "D" for member in (pid, *list_descendants(pid)))


def stop_reason_of_waiting_for_pipe(pid: int) -> str:
    """Return the stop reason if a git, or its descendant, waits to open a pipe, else ''.

    Git's settings, links or borrowed objects may lead to a pipe.
    """
    family = (pid, *list_descendants(pid))
    waits = any(
        _read_proc_file(member, "wchan") in _OPENING and _is_git_process(member)
        for member in family
    )
    return "waits for a pipe" if waits else ""


def _is_git_process(pid: int) -> bool:
    return _read_proc_file(pid, "comm").startswith("git")


def _read_proc_file(pid: int, name: str) -> str:
    with contextlib.suppress(OSError):
        return Path("/proc", str(pid), name).read_text("utf-8", "replace").strip()
    return ""


def _read_process_state(pid: int) -> str:
    with contextlib.suppress(OSError):
        return _read_stat_words(pid)[0]
    return ""


def _read_stat_words(pid: int) -> list[str]:
    """Return the fields of a process in /proc from the state on: state, parent and so on.

    Raises:
        OSError: the process has ended.
    """
    stat = Path("/proc", str(pid), "stat").read_text("utf-8", "replace")
    return stat.rpartition(")")[2].split()


def list_descendants(pid: int) -> list[int]:
    """Return the ids of all descendants of a process."""
    parents = _list_parent_ids_by_process()
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family[1:]


def _list_parent_ids_by_process() -> dict[int, int]:
    """Return the parent of each process in /proc; empty without /proc."""
    parents = {}
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):  # noqa: PTH208  # names are all that is needed
            if name.isdigit():
                # A process that ended meanwhile is left out.
                with contextlib.suppress(OSError):
                    parents[int(name)] = int(_read_stat_words(int(name))[1])
    return parents
