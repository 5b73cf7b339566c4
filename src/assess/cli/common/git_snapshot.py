"""What commands read of git: once for the whole command, with progress where that takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Final

import click

from assess.cli.common.context import _n
from assess.cli.common.terminal import erase_stderr_line

if TYPE_CHECKING:
    from assess.workspace import Workspace

_PATIENCE: Final = 2.0
"""Seconds of a command after which the reading of a long history is shown."""


def open_git_snapshot_for_command(workspace: Workspace) -> None:
    """Read git's answers once for the running command; show how far a long reading is."""
    snapshot = workspace.git.open_snapshot(make_history_progress_printer())
    click.get_current_context().with_resource(snapshot)


def make_history_progress_printer() -> Callable[[int], None]:
    """Return a function that shows how many commits were read, from the third second on.

    It gets 0 when the reading ends, and erases its line then. It does so only on a terminal.
    """
    if not sys.stderr.isatty():
        return lambda _count: None
    begun = monotonic()
    is_shown = False

    def show_commit_count(count: int) -> None:
        nonlocal is_shown
        if count and monotonic() - begun > _PATIENCE:
            erase_stderr_line()
            sys.stderr.write(
                _n(
                    "reading the history: {count} commit",
                    "reading the history: {count} commits",
                    count,
                ).format(count=count)
            )
            sys.stderr.flush()
            is_shown = True
        elif not count and is_shown:
            erase_stderr_line()
            is_shown = False

    return show_commit_count
