"""Output of the program: every text is made harmless before the terminal receives it.

A terminal would execute an escape sequence in an answer's note (window title, clipboard, colours),
and right-to-left characters would change the order of a line. So stdout and stderr are wrapped.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final, TextIO

from assess.cli.common.coloured_lines import (
    Colour,
    ColouredLine,
    ColouredText,
    wrap_coloured_line,
)
from assess.cli.common.context import _
from assess.errors import WriteError
from assess.harmless import escape_unencodable_characters, escape_unprintable_characters

_WIPE: Final = "\r\x1b[K"
_PLAIN: Final = "\x1b[0m"

_COLOURS: Final[Mapping[Colour, str]] = {
    "red": "\x1b[31m",
    "yellow": "\x1b[33m",
    "green": "\x1b[32m",
    "dim": "\x1b[2m",
}


class ReaderGoneError(Exception):
    """What reads the output has ended, as `head` does; it is no OSError, which click handles."""


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
            ReaderGoneError: nobody reads the output any more.
        """
        if not isinstance(text, str):
            raise TypeError(type(text).__name__)
        encoding = self.beneath.encoding or "utf-8"
        with self._convert_write_errors():
            self.beneath.write(
                escape_unencodable_characters(escape_unprintable_characters(text), encoding)
            )
        return len(text)

    def write_bytes_unescaped(self, data: bytes) -> None:
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
        except BrokenPipeError as error:
            self._is_failed = True
            raise ReaderGoneError from error
        except OSError as error:
            self._is_failed = True
            message = _("the output can't be written: {reason}")
            raise WriteError(message.format(reason=error.strerror), "df -h") from error

    def discard_unwritten_after_failure(self) -> None:
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
                stream.discard_unwritten_after_failure()


def _open_null_device() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # no file of anybody


def write_bytes_to_stdout(data: bytes) -> None:
    """Write bytes to standard output as they are.

    Raises:
        WriteError: the output can't be written.
    """
    stream = sys.stdout
    escaping = stream if isinstance(stream, EscapingStream) else EscapingStream(stream)
    escaping.write_bytes_unescaped(data)


def print_line(line: str | ColouredLine, *, err: bool = False) -> None:
    """Print a line to standard output, with `err` to standard error.

    On a terminal it is wrapped at the terminal's width, and has its colours where they are shown;
    elsewhere it stays one line.

    Raises:
        WriteError: the output can't be written.
    """
    stream = sys.stderr if err else sys.stdout
    whole = ColouredLine((ColouredText(line),)) if isinstance(line, str) else line
    if not stream.isatty():
        _write_line(stream, whole, is_coloured=False)
        return
    is_coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
    for piece in wrap_coloured_line(whole, shutil.get_terminal_size().columns):
        _write_line(stream, piece, is_coloured=is_coloured)


def _write_line(stream: TextIO, line: ColouredLine, *, is_coloured: bool) -> None:
    # The codes go around the stream that makes what people wrote harmless.
    beneath = getattr(stream, "beneath", stream)
    for part in line.parts:
        if is_coloured and part.colour:
            beneath.write(_COLOURS[part.colour])
            stream.write(part.text)
            beneath.write(_PLAIN)
        else:
            stream.write(part.text)
    stream.write("\n")


def erase_stderr_line() -> None:
    """Erase the current line of the terminal at stderr."""
    getattr(sys.stderr, "beneath", sys.stderr).write(_WIPE)


@contextmanager
def show_progress_on_stderr_line() -> Iterator[Callable[[str], None]]:
    """Yield a function that replaces the line of progress; it does so only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _line: None
        return

    def show_line(line: str) -> None:
        erase_stderr_line()
        sys.stderr.write(line[:_LONGEST])
        sys.stderr.flush()

    try:
        yield show_line
    finally:
        erase_stderr_line()


_LONGEST: Final = 79
"""Maximum length of a line of progress: a longer line could not be erased."""
