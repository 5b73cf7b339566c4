"""Talking to another repository: as long as something is said, and shown what is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from assess.store.git.run import plumbing as git

Shown = Callable[[str], None]
"""What is given each line of git's progress."""

_PROGRESS: Final = re.compile(r"(remote: )?[A-Z][a-z]+( [a-z]+)*: +\d.*|remote: Total \d.*")
"""A line of progress, as git writes it under LC_ALL=C: `remote: Counting objects: 10% (1/10)`."""

_ENDS: Final = re.compile(r"[\r\n]")


def show_nothing(_line: str) -> None:
    """Take a line of progress, and show it to nobody."""


def talk(
    root: Path,
    words: Sequence[str],
    *,
    options: Sequence[str],
    environ: Mapping[str, str],
    shown: Shown = show_nothing,
) -> bytes:
    """Run a git that talks to another repository, and return what it printed.

    Raises:
        GitError: git refused, the other side refused, or there was no progress for a minute.
    """
    lines = _Lines(shown)
    done = git.run(
        root, words, check=False, options=options, environ=environ, progress=lines.take_part
    )
    if done.returncode:
        done.stderr = without_progress(done.stderr)
        raise git.refused(words, done)
    return done.stdout


def without_progress(errors: bytes) -> bytes:
    """Return what git wrote for people, without lines of progress."""
    lines = _ENDS.split(errors.decode("utf-8", "surrogateescape"))
    kept = [line for line in lines if line.strip() and not _PROGRESS.fullmatch(line.rstrip())]
    return "\n".join(kept).encode("utf-8", "surrogateescape")


class _Lines:
    """Lines of progress out of the parts in which they come."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._rest = ""

    def take_part(self, part: bytes) -> None:
        """Show the lines that have come to an end with this part."""
        *lines, self._rest = _ENDS.split(self._rest + part.decode("utf-8", "replace"))
        for line in lines:
            if _PROGRESS.fullmatch(line.rstrip()):
                self._shown(line.rstrip())
        self._rest = self._rest[-_LONGEST:]


_LONGEST: Final = 1000
"""Characters of a line that has not come to its end."""
