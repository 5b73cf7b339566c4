"""A program that ends without a word at its nth step: as kill -9 or a power cut ends it.

A step is a file opened for writing, a folder made, a rename, a removal, a git that is started.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

_KILLED = 99
_LONGEST = 120
"""Seconds of the process: after a fork it may wait for a lock that another thread had."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_STEPS = frozenset(
    ("os.mkdir", "os.rename", "os.remove", "os.link", "os.truncate", "subprocess.Popen")
)


def is_killed_at(step: int, act: Callable[[], object]) -> bool:
    """Run `act` in a process of its own that ends right before a step; False: it had fewer."""
    child = os.fork()
    if child == 0:
        _act_until(step, act)
    _pid, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, _KILLED), code
    return code == _KILLED


def _act_until(step: int, act: Callable[[], object]) -> None:
    left = step

    def heard(event: str, details: tuple[Any, ...]) -> None:
        nonlocal left
        writes = event == "open" and isinstance(details[2], int) and details[2] & _WRITING
        if event in _STEPS or writes:
            left -= 1
            if left == 0:
                os._exit(_KILLED)

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(_LONGEST)
    sys.addaudithook(heard)
    code = 1
    try:
        act()
        code = 0
    finally:
        os._exit(code)
