"""A process that ends when the process that started it ends, however that one ended."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from typing import Final

VARIABLE: Final = "ASSESS_PARENT"
"""The environment variable in which a process that is started learns who starts it."""

_SET_PARENT_DEATH_SIGNAL: Final = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

_PAUSE: Final = 1.0
"""Seconds between two looks at the parent, where the system sends no signal."""


def environ_naming_this_parent(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment that names this process as the parent of what is started with it."""
    return {**environ, VARIABLE: str(os.getpid())}


def end_with_named_parent(how: signal.Signals) -> None:
    """End with the parent that the environment names; nothing happens where it names none.

    The variable is removed, because what this process starts has another parent.
    """
    parent = os.environ.pop(VARIABLE, "")
    if parent.isascii() and parent.isdigit():
        end_with_parent(int(parent), how)


def end_with_parent(parent: int, how: signal.Signals = signal.SIGKILL) -> None:
    """Let this process get the signal `how` when the process `parent` ends, or has ended already.

    Linux sends the signal itself, also after a SIGKILL of the parent, and when the thread that
    started this process ends. Elsewhere a thread looks at the parent's number each second.
    """
    if not _set_parent_death_signal_on_linux(how):
        threading.Thread(target=_end_when_parent_ends, args=(parent, how), daemon=True).start()
    if os.getppid() != parent:
        os.kill(os.getpid(), how)


def _set_parent_death_signal_on_linux(how: signal.Signals) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # noqa: PLC0415  # only in the few processes that are started so

    try:
        return bool(ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, int(how)) == 0)
    except (OSError, AttributeError):
        return False


def _end_when_parent_ends(parent: int, how: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(_PAUSE)
    os.kill(os.getpid(), how)
