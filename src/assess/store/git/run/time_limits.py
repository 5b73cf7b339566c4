"""How long a git may take, and what is said where it took longer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assess.store.git.run.strange_files import repository_bytes, waiting_file

LOCAL: Final = 20.0
"""Seconds of a git that starts no program of the repository and talks to nobody."""

PROGRAMS: Final = 600.0
"""Seconds of a git that may run hooks, filters or signing of a trusted repository."""

SILENCE: Final = 60.0
"""Seconds for which a git that talks to another repository may say nothing."""

_BYTES_A_SECOND: Final = 10_000_000
"""For each so many bytes of the repository a local git gets one second more."""

_LONG: Final = 2.0
"""Seconds after which is looked whether a git waits for a pipe."""

_FORGET: Final = 60.0
"""Seconds for which no git is started again in a folder where one did not end."""

_STALLED: dict[Path, tuple[float, str]] = {}


class LocalPatience:
    """The patience with a git that works on this disk only."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._folder = folder
        self._least = seconds
        self._most = 0.0
        self._searched = False

    def complaint(self, seconds: float, _silence: float) -> str:
        """Return why the git is to end; the sizes of files are asked for only where it is late."""
        if seconds > _LONG and not self._searched:
            self._searched = True
            if name := waiting_file(self._folder):
                return f"waits for {name}"
        if seconds <= self._least:
            return ""
        if not self._most:
            self._most = self._least + repository_bytes(self._folder) / _BYTES_A_SECOND
        return "" if seconds <= self._most else "took too long"


def transport_complaint(_seconds: float, silence: float) -> str:
    """Return why a git that talks to another repository is to end: it says nothing any more."""
    return "" if silence <= SILENCE else "made no progress"


def remember_stall(folder: Path, reason: str) -> None:
    """Remember that a git did not end in `folder`: the next one would not either."""
    _STALLED[folder] = (time.monotonic(), reason)


def stall_of(folder: Path) -> str:
    """Return why a git did not end in `folder` a short time ago; '' where none did."""
    at, reason = _STALLED.get(folder, (0.0, ""))
    if reason and time.monotonic() - at > _FORGET:
        del _STALLED[folder]
        return ""
    return reason


def stall_text(words: Sequence[str], reason: str, seconds: float) -> str:
    """Return what is said of a git that was ended, as `git.meanings` reads it."""
    return f"fatal: git was ended after {seconds:.0f} s: git {words[0]} {reason}"
