"""Time limits of git commands, and the text for a git that exceeds them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assess.store.git.run.strange_files import (
    find_pipe_or_device_in_git_folder,
    measure_repository_and_worktree,
)

LOCAL: Final = 20.0
"""Seconds of a git that starts no program of the repository and uses no remote."""

PROGRAMS: Final = 600.0
"""Seconds of a git that may run hooks, filters or signing programs of a trusted repository."""

SILENCE: Final = 60.0
"""Seconds without output of a git that uses a remote."""

_BYTES_A_SECOND: Final = 10_000_000
"""Bytes of the repository for which a local git gets another second."""

_FILES_A_SECOND: Final = 1000
"""Files of the repository for which a local git gets another second."""

_LONG: Final = 2.0
"""Seconds after which a pipe is searched for which a git may wait."""

_FORGET: Final = 60.0
"""Seconds for which no git is started in a folder in which one stalled."""

_STALLED: dict[Path, tuple[float, str]] = {}


class LocalTimeLimit:
    """The time limit of a git that uses only this disk."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._folder = folder
        self._least = seconds
        self._most = 0.0
        self._searched = False

    def find_stop_reason(self, seconds: float, _silence: float) -> str:
        """Return why the git must be ended, else ''; only a late git costs a look at file sizes."""
        if seconds > _LONG and not self._searched:
            self._searched = True
            if name := find_pipe_or_device_in_git_folder(self._folder):
                return f"waits for {name}"
        if seconds <= self._least:
            return ""
        if not self._most:
            size = measure_repository_and_worktree(self._folder)
            more = size.disk_bytes / _BYTES_A_SECOND + size.files / _FILES_A_SECOND
            self._most = self._least + more
        return "" if seconds <= self._most else "took too long"


def transport_stop_reason(_seconds: float, silence: float) -> str:
    """Return why a git that uses a remote must be ended, else '': it has no output any more."""
    return "" if silence <= SILENCE else "made no progress"


def remember_stall(folder: Path, reason: str) -> None:
    """Store that a git stalled in `folder`: the next one would stall too."""
    _STALLED[folder] = (time.monotonic(), reason)


def reason_of_recent_stall(folder: Path) -> str:
    """Return why a git stalled in `folder` a short time ago, '' if none did."""
    since, reason = _STALLED.get(folder, (0.0, ""))
    if reason and time.monotonic() - since > _FORGET:
        del _STALLED[folder]
        return ""
    return reason


def ended_git_text(words: Sequence[str], reason: str, seconds: float) -> str:
    """Return the text for a git that was ended, in the form that `explain_git_error` reads."""
    return f"fatal: git was ended after {seconds:.0f} s: git {words[0]} {reason}"
