"""Locks that a git left which was killed while it made a repository."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_SETTINGS: Final = ("config.lock", "HEAD.lock")
"""What `git init` and `git config` lock."""
_COMMITTING: Final = ("index.lock", "refs/heads/*.lock", "packed-refs.lock")
"""What a first commit locks besides."""

_TURNS: Final = 10
_PAUSE: Final = 0.1
"""Seconds between two looks; a child of the killed program may still be writing."""


def remove_stale_locks(
    root: Path, *, committing: bool, pause: Callable[[float], None] = time.sleep
) -> list[str]:
    """Remove locks below `.git` that stay for a second, and return their names.

    For a repository without a commit only: what a living git holds there is worth nothing yet.
    `committing`: also those of a commit.
    """
    git = root / ".git"
    if git.is_symlink() or not git.is_dir():
        return []
    patterns = (*_SETTINGS, *(_COMMITTING if committing else ()))
    for _turn in range(_TURNS):
        if not any(path for one in patterns for path in git.glob(one)):
            return []
        pause(_PAUSE)
    stale = sorted({path for one in patterns for path in git.glob(one)})
    for path in stale:
        path.unlink(missing_ok=True)
    return [path.relative_to(git).as_posix() for path in stale]
