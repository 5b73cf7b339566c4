"""What the program prints: every text passes here, so that nothing a file holds is obeyed.

A terminal would take an escape sequence in an answer's note for an order (window title, clipboard,
colours), and show right-to-left signs as something else. Commands print as they like; the streams
under them are wrapped once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from assess.harmless import harmless

_WIPE: Final = "\r\x1b[K"


class HarmlessStream:
    """A text stream that makes what is written to it harmless; else it is the stream `beneath`."""

    def __init__(self, beneath: Any) -> None:
        self.beneath = beneath

    def write(self, text: str) -> int:
        """Write `text`, and what the stream's encoding lacks as escapes.

        Raises:
            TypeError: it is no text; click asks so what kind of stream this is.
        """
        if not isinstance(text, str):
            raise TypeError(type(text).__name__)
        encoding = self.beneath.encoding or "utf-8"
        shown = harmless(text).encode(encoding, "backslashreplace").decode(encoding)
        self.beneath.write(shown)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        """Return what the stream beneath has: encoding, buffer, fileno, isatty, flush."""
        return getattr(self.beneath, name)


@contextmanager
def harmless_output() -> Iterator[None]:
    """Let all that is printed inside be harmless."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(HarmlessStream, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def wipe_line() -> None:
    """Take back the line that is being written on the terminal at stderr."""
    getattr(sys.stderr, "beneath", sys.stderr).write(_WIPE)


@contextmanager
def shown_progress() -> Iterator[Callable[[str], None]]:
    """Give what shows a line of progress in the place of the last one, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _line: None
        return

    def show(line: str) -> None:
        wipe_line()
        sys.stderr.write(line[:_LONGEST])
        sys.stderr.flush()

    try:
        yield show
    finally:
        wipe_line()


_LONGEST: Final = 79
"""Characters of a line of progress: a longer one could not be taken back."""
