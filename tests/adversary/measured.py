"""Run a program in a session of its own, and tell its exit code, processor time and peak memory.

A process inherits the peak of the process that started it, so a test process with much memory
can't measure its own children: this small program stands between them.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

_PAUSE = 0.02
"""Seconds between two looks."""


class Measured(NamedTuple):
    """What a program did."""

    code: int | None
    """Exit code, negative for a signal; None where it was ended at the time limit."""
    seconds: float
    """Processor time, with that of the children that it waited for."""
    mebibytes: float
    """Peak memory of the largest among the program and the children that it waited for."""
    left: bool
    """Whether a process of its group was still there a second after it."""
    output: str
    """What it printed, errors too."""


def run_measured(
    words: list[str], folder: Path, environ: dict[str, str], limit: float, log: Path
) -> Measured:
    """Run a program in `folder` for at most `limit` seconds; `log` takes what it prints."""
    with log.open("wb") as stream:
        done = subprocess.run(
            [sys.executable, "-I", "-S", __file__, str(limit), *words],
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stream,
            check=True,
        )
    output = log.read_bytes().decode("utf-8", "backslashreplace")
    return Measured(**json.loads(done.stdout), output=output)


def main(limit: float, words: list[str]) -> None:
    """Run the words and print the figures as JSON."""
    begun = time.monotonic()
    process = subprocess.Popen(words, stdout=sys.stderr, start_new_session=True)
    pid, status, usage = os.wait4(process.pid, os.WNOHANG)
    while not pid and time.monotonic() < begun + limit:
        time.sleep(_PAUSE)
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
    ended = bool(pid)
    left = ended and is_group_alive(process.pid) and kill_group(process.pid)
    if not ended:
        kill_group(process.pid)
        _pid, status, usage = os.wait4(process.pid, 0)
    figures = {
        "code": os.waitstatus_to_exitcode(status) if ended else None,
        "seconds": usage.ru_utime + usage.ru_stime,
        "mebibytes": usage.ru_maxrss / 1024,
        "left": left,
    }
    print(json.dumps(figures))  # noqa: T201  # what its parent reads


def is_group_alive(group: int) -> bool:
    """Return whether a group lasts for a second; what serves a pool ends before."""
    until = time.monotonic() + 1
    while time.monotonic() < until:
        if not _has_running_process(group):
            return False
        time.sleep(_PAUSE)
    return True


def _has_running_process(group: int) -> bool:
    """Return whether a group has a process that has not ended; one that nobody waited for has."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, number = (
                path.read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
            )
            if int(number) == group and state not in "ZX":
                return True
    return False


def kill_group(group: int) -> bool:
    """End every process of a group; return whether there was one."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
        return True
    return False


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
