"""Output of the program: every text is made harmless before the terminal receives it.

A terminal would execute an escape sequence in an answer's note (window title, clipboard, colours),
and right-to-left characters would change the order of a line. So stdout and stderr are wrapped.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final, Literal, NamedTuple, TextIO

from assess.cli.common.context import _
from assess.errors import WriteError
from assess.harmless import escape_unencodable_characters, escape_unprintable_characters

_WIPE: Final = "\r\x1b[K"
_PLAIN: Final = "\x1b[0m"

Colour = Literal["red", "yellow", "green", "dim"]
_COLOURS: Final[Mapping[Colour, str]] = {
    "red": "\x1b[31m",
    "yellow": "\x1b[33m",
    "green": "\x1b[32m",
    "dim": "\x1b[2m",
}


class ColouredText(NamedTuple):
    """A part of a line; `colour` None is the terminal's own."""

    text: str
    colour: Colour | None = None


class ColouredLine(NamedTuple):
    """A line in parts that have colours of their own."""

    parts: tuple[ColouredText, ...]


class EscapingStream:
    """A text stream that makes written text harmless; it passes everything else to `beneath`."""

    def __init__(self, beneath: Any) -> None:
        self.beneath = beneath
        self._is_failed = False

    def write(self, text: str) -> int:
        """Write `text`; characters that the stream's encoding lacks become escapes.

        Raises:
            TypeError: `text` is not a str; click finds out the kind of a stream in this way.
            WriteError: the output can't be written, as on a full disk.
        """
        if not isinstance(text, str):
            raise TypeError(type(text).__name__)
        encoding = self.beneath.encoding or "utf-8"
        with self._convert_write_errors():
            self.beneath.write(
                escape_unencodable_characters(escape_unprintable_characters(text), encoding)
            )
        return len(text)

    def write_bytes(self, data: bytes) -> None:
        """Write bytes as they are, after the text that is written already.

        Raises:
            WriteError: the output can't be written.
        """
        self.flush()
        with self._convert_write_errors():
            self.beneath.buffer.write(data)
            self.beneath.buffer.flush()

    def flush(self) -> None:
        """Write what is buffered.

        Raises:
            WriteError: the output can't be written.
        """
        with self._convert_write_errors():
            self.beneath.flush()

    @contextmanager
    def _convert_write_errors(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            self._is_failed = True
            message = _("the output can't be written: {reason}")
            raise WriteError(message.format(reason=error.strerror), "df -h") from error

    def discard_unwritten(self) -> None:
        """Let what could not be written go nowhere: it would fail again when the process ends."""
        if self._is_failed:
            with _open_null_device() as nowhere:
                os.dup2(nowhere.fileno(), self.beneath.fileno())

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of the lines."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the stream beneath: encoding, fileno, isatty."""
        return getattr(self.beneath, name)


@contextmanager
def escape_controls_in_output() -> Iterator[None]:
    """Make everything harmless that the body of the `with` statement prints.

    Output that is closed (`>&-`) goes nowhere.
    """
    before = sys.stdout, sys.stderr
    with ExitStack() as opened:
        streams = [
            EscapingStream(stream or opened.enter_context(_open_null_device())) for stream in before
        ]
        sys.stdout, sys.stderr = streams
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before
            for stream in streams:
                stream.discard_unwritten()


def _open_null_device() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # no file of anybody


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are.

    Raises:
        WriteError: the output can't be written.
    """
    stream = sys.stdout
    (stream if isinstance(stream, EscapingStream) else EscapingStream(stream)).write_bytes(data)


def print_line(line: str | ColouredLine) -> None:
    """Print a line to standard output; its colours only on a terminal that shows them.

    Raises:
        WriteError: the output can't be written.
    """
    parts = (ColouredText(line),) if isinstance(line, str) else line.parts
    is_coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    is_coloured = is_coloured and os.environ.get("TERM", "dumb") != "dumb"
    # The codes go around the stream that makes what people wrote harmless.
    beneath = getattr(sys.stdout, "beneath", sys.stdout)
    for part in parts:
        if is_coloured and part.colour:
            beneath.write(_COLOURS[part.colour])
            sys.stdout.write(part.text)
            beneath.write(_PLAIN)
        else:
            sys.stdout.write(part.text)
    sys.stdout.write("\n")


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
