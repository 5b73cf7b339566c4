"""Output of the program: every text is made harmless before the terminal receives it.

A terminal would execute an escape sequence in an answer's note (window title, clipboard, colours),
and right-to-left characters would change the order of a line. So stdout and stderr are wrapped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from assess.harmless import escape_unencodable, make_harmless

_WIPE: Final = "\r\x1b[K"


class HarmlessStream:
    """A text stream that makes written text harmless; it passes everything else to `beneath`."""

    def __init__(self, beneath: Any) -> None:
        self.beneath = beneath

    def write(self, text: str) -> int:
        """Write `text`; characters that the stream's encoding lacks become escapes.

        Raises:
            TypeError: `text` is not a str; click finds out the kind of a stream in this way.
        """
        if not isinstance(text, str):
            raise TypeError(type(text).__name__)
        encoding = self.beneath.encoding or "utf-8"
        self.beneath.write(escape_unencodable(make_harmless(text), encoding))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of the lines."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the stream beneath: encoding, buffer, fileno, isatty, flush."""
        return getattr(self.beneath, name)


@contextmanager
def harmless_output() -> Iterator[None]:
    """Make everything harmless that the body of the `with` statement prints."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(HarmlessStream, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def erase_line() -> None:
    """Erase the current line of the terminal at stderr."""
    getattr(sys.stderr, "beneath", sys.stderr).write(_WIPE)


@contextmanager
def progress_display() -> Iterator[Callable[[str], None]]:
    """Yield a function that replaces the line of progress; it does so only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _line: None
        return

    def show_line(line: str) -> None:
        erase_line()
        sys.stderr.write(line[:_LONGEST])
        sys.stderr.flush()

    try:
        yield show_line
    finally:
        erase_line()


_LONGEST: Final = 79
"""Maximum length of a line of progress: a longer line could not be erased."""
