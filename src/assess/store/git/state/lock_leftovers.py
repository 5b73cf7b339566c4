"""Locks of a git that was killed while it made a repository."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_SETTINGS: Final = ("config.lock", "HEAD.lock")
"""The locks of `git init` and `git config`."""
_COMMITTING: Final = ("index.lock", "refs/heads/*.lock", "packed-refs.lock")
"""The further locks of a first commit."""

_TURNS: Final = 10
_PAUSE: Final = 0.1
"""Seconds between two checks; a child of the killed program may still be writing."""


def remove_stale_locks_before_first_commit(
    root: Path, *, committing: bool, pause: Callable[[float], None] = time.sleep
) -> list[str]:
    """Remove locks below `.git` that exist for a second, and return their names.

    This is for repositories without a commit only: there a running git can lose nothing of value.
    With `committing` the locks of a commit are removed too.
    """
    git = root / ".git"
    if git.is_symlink() or not git.is_dir():
        return []
    patterns = (*_SETTINGS, *(_COMMITTING if committing else ()))
    for _turn in range(_TURNS):
        if not any(path for pattern in patterns for path in git.glob(pattern)):
            return []
        pause(_PAUSE)
    stale = sorted({path for pattern in patterns for path in git.glob(pattern)})
    for path in stale:
        path.unlink(missing_ok=True)
    return [path.relative_to(git).as_posix() for path in stale]
