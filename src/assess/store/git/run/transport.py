"""Run git commands that use a remote: with progress for the user, and a limit of silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from assess.store.git.run import plumbing as git

ShowLine = Callable[[str], None]
"""A function that gets each line of git's progress."""

_PROGRESS: Final = re.compile(r"(remote: )?[A-Z][a-z]+( [a-z]+)*: +\d.*|remote: Total \d.*")
"""A line of progress, as git writes it under LC_ALL=C: `remote: Counting objects: 10% (1/10)`."""

_ENDS: Final = re.compile(r"[\r\n]")


def ignore_progress_line(_line: str) -> None:
    """Ignore a line of progress."""


def run_git_with_progress(
    root: Path,
    words: Sequence[str],
    *,
    options: Sequence[str],
    environ: Mapping[str, str],
    show_line: ShowLine = ignore_progress_line,
) -> bytes:
    """Run a git command that uses a remote, and return its output.

    Raises:
        GitError: git or the remote refused, or there was no progress for a minute.
    """
    lines = _ProgressLines(show_line)
    done = git.run_git(
        root,
        words,
        check=False,
        options=options,
        environ=environ,
        progress=lines.show_complete_progress_lines,
    )
    if done.returncode:
        done.stderr = remove_progress_lines(done.stderr)
        raise git.make_failed_git_error(words, done)
    return done.stdout


def remove_progress_lines(errors: bytes) -> bytes:
    """Return git's stderr without lines of progress."""
    lines = _ENDS.split(errors.decode("utf-8", "surrogateescape"))
    messages = [line for line in lines if line.strip() and not _PROGRESS.fullmatch(line.rstrip())]
    return "\n".join(messages).encode("utf-8", "surrogateescape")


class _ProgressLines:
    """Joins the parts of git's stderr to lines and shows those of progress."""

    def __init__(self, show_line: ShowLine) -> None:
        self._show_line = show_line
        self._rest = ""

    def show_complete_progress_lines(self, part: bytes) -> None:
        """Show the lines that end in this part."""
        *lines, self._rest = _ENDS.split(self._rest + part.decode("utf-8", "replace"))
        for line in lines:
            if _PROGRESS.fullmatch(line.rstrip()):
                self._show_line(line.rstrip())
        self._rest = self._rest[-_LONGEST:]


_LONGEST: Final = 1000
"""Characters that are stored of an incomplete line."""
