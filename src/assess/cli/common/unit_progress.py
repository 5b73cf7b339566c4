"""The line that shows which of many units, or of their files, is worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assess.cli.common.context import _
from assess.cli.common.terminal import show_progress_on_stderr_line
from assess.harmless import escape_as_single_line


@contextmanager
def show_unit_progress() -> Iterator[Callable[[int, int, str], None]]:
    """Yield a function of how many are done, how many there are, and the name of the next.

    It shows the line on a terminal only.
    """
    text = _("{done} of {count}: {name}")
    with show_progress_on_stderr_line() as show_line:
        yield lambda done, count, name: show_line(
            text.format(done=done + 1, count=count, name=escape_as_single_line(name))
        )
