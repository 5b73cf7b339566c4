"""Counts git commands that may run a program of the repository, after which facts are read again.

Git itself writes branches, tags, objects and its list of files, but no settings. A hook, a filter
or another program that it runs may change settings. This program replaces the file of settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_READING: Final = frozenset(
    {
        ("cat-file",),
        ("check-attr",),
        ("config", "--get"),
        ("config", "--get-all"),
        ("config", "--get-regexp"),
        ("config", "--list"),
        ("config", "--show-origin"),
        ("diff", "--cached"),
        ("diff-tree",),
        ("for-each-ref",),
        ("ls-files",),
        ("ls-tree",),
        ("merge-base",),
        ("remote",),
        ("remote", "get-url"),
        ("rev-list",),
        ("rev-parse",),
        ("symbolic-ref", "--quiet"),
        ("var",),
    }
)
"""Commands that write nothing, use no remote and start no program of the repository.

A command with several uses is listed with the word after it.
"""

_SEVERAL_USES: Final = ("config", "diff", "remote", "symbolic-ref")

_starts: list[None] = []


def record_git_start_unless_harmless(words: Sequence[str], *, inert: bool) -> None:
    """Count the start of a git command, unless it only reads or its settings are inert."""
    names = [word for word in words if not word.startswith("--git-dir=")]
    names = [word for word in names if not word.startswith("--work-tree=")]
    length = 2 if names[:1] and names[0] in _SEVERAL_USES else 1
    if not inert and tuple(names[:length]) not in _READING:
        _starts.append(None)


def count_recorded_git_starts() -> int:
    """Return the number of git commands so far that may have run a program of the repository."""
    return len(_starts)
