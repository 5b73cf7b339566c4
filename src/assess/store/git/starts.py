"""Starts of git that may write something or run a program: what was read before is read again."""

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
"""Commands that write nothing, talk to nobody and start no program of the repository.

A command with several uses stands here with the word behind it.
"""

_SEVERAL_USES: Final = ("config", "diff", "remote", "symbolic-ref")

_starts: list[None] = []


def note_start(words: Sequence[str]) -> None:
    """Count a start of git with these words, unless it only reads."""
    names = [word for word in words if not word.startswith("--git-dir=")]
    names = [word for word in names if not word.startswith("--work-tree=")]
    length = 2 if names[:1] and names[0] in _SEVERAL_USES else 1
    if tuple(names[:length]) not in _READING:
        _starts.append(None)


def count_writing_starts() -> int:
    """Return how many starts of git may have changed something so far."""
    return len(_starts)
