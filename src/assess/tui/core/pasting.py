"""A filter of terminal input that separates pasted text from keys.

A terminal puts marks around pasted text ("bracketed paste"). Textual's parser reads what follows an
escape inside a paste as keys, so a pasted log could answer items. Pasted text therefore never
reaches that parser. The parser gets a short stand-in between the two marks, and the text is passed
separately.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, Literal, NamedTuple

from assess.harmless import escape_control_characters

START: Final = b"\x1b[200~"
END: Final = b"\x1b[201~"
STAND_IN: Final = START + b"paste" + END
"""The bytes that the parser gets in place of a paste."""

MOST: Final = 100_000
"""Maximum number of characters of a paste: a text field needs half a second for them."""
_MOST_BYTES: Final = 4 * MOST
_OVERLAP: Final = len(END) - 1
"""Number of bytes that may be an incomplete end mark."""

_MARK: Final = re.compile(rb"\x1b\[20[01]~")
_BEGUN: Final = re.compile(rb"\x1b(?:\[(?:2(?:0[01]?)?)?)?\Z")
"""An incomplete mark at the end of the input."""
_ESCAPE_KEY: Final = re.compile(rb"\x1b(?:\[27(?:;\d+)?u)?")
"""The Esc key, as terminals send it."""
_CONTROL_C: Final = re.compile(rb"\x03|\x1b\[99;(?:5|69|133|197)u")
"""Ctrl+C, as terminals send it, also with Caps Lock and Num Lock."""

_KEY_PAUSE: Final = 0.05
"""Seconds until a single escape is the Esc key."""
_AFTER_PAUSE: Final = 0.2
"""Seconds after an end mark in which more input belongs to the paste, if another mark follows."""
_ESCAPE_PAUSE: Final = 0.3
"""Seconds until a single escape is the Esc key, after an interrupted paste."""
_MARK_PAUSE: Final = 1.0
"""Seconds to wait for the rest of an incomplete mark."""
_SILENCE: Final = 5.0
"""Seconds without input after which a paste counts as interrupted."""
_BURST: Final = 16
"""Number of bytes in one read that can't be keys: after an end mark, the paste continues."""

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


PasteFate = Literal["whole", "cut", "broken", "part", "left", "mixed_up"]
"""State of a paste. whole: complete. cut: longer than `MOST` characters. broken: the end mark is
missing; input is text until the mark arrives or a person presses Esc. part: the beginning
arrived before, or never. left: Esc was pressed, and keys are keys again. mixed_up: the parser
read a part of it as keys."""


class ParsedPaste(NamedTuple):
    """A pasted text: lines end in LF, and controls are visible escapes."""

    text: str
    fate: PasteFate = "whole"


def parse_paste_bytes(raw: bytes) -> ParsedPaste:
    """Return the text of a paste; bytes that are not UTF-8 become U+FFFD."""
    text = _LINE_ENDS.sub("\n", raw.decode("utf-8", "replace"))
    return ParsedPaste(
        escape_control_characters(text[:MOST]), "cut" if len(text) > MOST else "whole"
    )


def parse_paste_refusing_controls(text: str) -> ParsedPaste:
    """Return a paste that Textual's parser read; refuse one with controls.

    Controls make the parser change the order of the text.
    """
    lines = _LINE_ENDS.sub("\n", text)
    if escape_control_characters(lines) != lines:
        return ParsedPaste("", "mixed_up")
    return parse_paste_bytes(lines.encode("utf-8", "replace"))


def join_lines(text: str) -> str:
    """Return a pasted text for a field of one line: line ends and tabs become one space."""
    return " ".join(part for part in re.split("[\n\t]+", text) if part)


class PasteFilter:
    """Separates terminal input into bytes for the parser and pasted texts.

    Each `STAND_IN` in the output stands for the next of `pastes`. Times are seconds of one clock.
    Input that may be pasted never becomes keys.
    """

    def __init__(self) -> None:
        self.pastes: list[ParsedPaste] = []
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._state: Literal["keys", "paste", "after", "lost"] = "keys"
        self._fate: PasteFate = "whole"
        self._body = bytearray()
        """The current paste. Of a longer one only the first bytes and the last few."""
        self._dropped = False
        self._pending = b""
        """Input that may not be keys; after an interrupted paste, input that is not passed on
        yet."""
        self._passed = b""
        """The beginning of a mark that was passed on after waiting. Its rest may still arrive."""
        self._passed_at = 0.0
        self._after_until = 0.0
        self._until: float | None = None

    @property
    def deadline(self) -> float | None:
        """The time at which to call `filter_after_silence` if no input arrives; None: never."""
        return self._until

    def filter_input(self, data: bytes, now: float) -> bytes:
        """Return the bytes for the parser from `data` and from earlier input."""
        steps = {
            "keys": self._read_keys,
            "paste": self._read_paste_body,
            "after": self._read_input_after_paste,
            "lost": self._read_interrupted_paste,
        }
        if self._state == "after" and len(data) >= _BURST:
            self._after_until = now + _AFTER_PAUSE
        output = b""
        while data:
            state = self._state
            passed, data = steps[state](data)
            output += passed
            if self._state == "after" != state:
                self._after_until = now + _AFTER_PAUSE
        self._set_deadline(now)
        return self._replace_invalid_utf8(output)

    def filter_after_silence(self, now: float) -> bytes:
        """Return the bytes for the parser after a time without input."""
        if self._until is None or now < self._until:
            return b""
        steps = {
            "keys": self._release_incomplete_mark,
            "paste": self._interrupt_paste,
            "after": self._finish_paste_and_read_keys,
            "lost": self._release_interrupted_paste,
        }
        output = steps[self._state]()
        if self._passed and not self._passed_at:
            self._passed_at = now
        self._set_deadline(now)
        return self._replace_invalid_utf8(output)

    def _set_deadline(self, now: float) -> None:
        """Set the time until which input must arrive."""
        if self._state == "paste":
            self._until = now + _SILENCE
        elif self._state == "after":
            self._until = max(self._after_until, now + self._time_limit_of_incomplete_mark())
        elif not self._pending:
            self._until = None
        elif self._state == "lost":
            lone = self._pending == START[:1]
            self._until = now + (
                _ESCAPE_PAUSE if lone else self._time_limit_of_incomplete_mark() or _KEY_PAUSE
            )
        elif self._passed:
            self._until = self._passed_at + _MARK_PAUSE
        else:
            self._until = now + self._time_limit_of_incomplete_mark()

    def _time_limit_of_incomplete_mark(self) -> float:
        """Return how long to wait for the rest of an incomplete mark."""
        begun = _BEGUN.search(self._pending)
        if begun is None:
            return 0
        return _KEY_PAUSE if begun[0] == START[:1] else _MARK_PAUSE

    def _replace_invalid_utf8(self, output: bytes) -> bytes:
        """Return the bytes without invalid UTF-8, which would end the program in the parser."""
        return self._decoder.decode(output).encode()

    # The states. Each method returns the bytes for the parser, and the rest of its input.

    def _read_keys(self, data: bytes) -> tuple[bytes, bytes]:
        """Take the keys before a start mark; a read that contains an end mark has no keys."""
        passed, data = self._passed, self._passed + self._pending + data
        self._passed = self._pending = b""
        mark = _MARK.search(data)
        if mark is None:
            return self._hold_back_incomplete_mark(passed, data), b""
        self._passed_at = 0.0
        before, rest = data[len(passed) : mark.start()], data[mark.end() :]
        if mark[0] == START:
            self._state = "paste"
            return before, rest
        if before:
            self._state, self._fate = "after", "part"
            self._body += before
        return b"", rest

    def _hold_back_incomplete_mark(self, passed: bytes, data: bytes) -> bytes:
        """Return the keys of the input; an incomplete mark at its end waits."""
        begun = _BEGUN.search(data)
        cut = begun.start() if begun is not None else len(data)
        if begun is not None and cut < len(passed):
            self._passed, cut = passed, len(passed)
        else:
            self._passed_at = 0.0
        self._pending = data[cut:]
        return data[len(passed) : cut]

    def _read_paste_body(self, data: bytes) -> tuple[bytes, bytes]:
        searched = max(0, len(self._body) - _OVERLAP)
        self._body += data
        end = self._body.find(END, searched)
        if end < 0:
            self._limit_paste_size()
            return b"", b""
        rest = bytes(self._body[end + len(END) :])
        del self._body[end:]
        self._limit_paste_size()
        self._state = "after"
        return b"", rest

    def _read_input_after_paste(self, data: bytes) -> tuple[bytes, bytes]:
        """Take the input right after an end mark: up to another mark it belongs to the paste."""
        data, self._pending = self._pending + data, b""
        mark = _MARK.search(data)
        if mark is None and len(data) <= _MOST_BYTES:
            self._pending = data
            return b"", b""
        if mark is not None and mark[0] == START and not mark.start():
            self._state = "paste"
            return self._finish_paste(), data[mark.end() :]
        if mark is not None and mark[0] == END:
            self._body += END + data[: mark.start()]
        else:
            self._state = "paste"
            self._body += END + (data if mark is None else data[: mark.end()])
        self._limit_paste_size()
        return b"", b"" if mark is None else data[mark.end() :]

    def _read_interrupted_paste(self, data: bytes) -> tuple[bytes, bytes]:
        """Take the rest of an interrupted paste, up to a mark."""
        data, self._pending = self._pending + data, b""
        mark = _MARK.search(data)
        if mark is None:
            self._pending = data
            return (self._release_interrupted_paste() if len(data) > _MOST_BYTES else b""), b""
        before, rest = data[: mark.start()], data[mark.end() :]
        self._body += before
        if mark[0] == END:
            self._state, self._fate = "after", "part"
            return b"", rest
        self._state = "paste"
        return (self._finish_paste("broken") if before else b""), rest

    # The ends of the states, after a time without input.

    def _release_incomplete_mark(self) -> bytes:
        output, self._pending = self._pending, b""
        self._passed += output
        return output

    def _interrupt_paste(self) -> bytes:
        self._state = "lost"
        return self._finish_paste("broken")

    def _finish_paste_and_read_keys(self) -> bytes:
        pending, self._pending, self._state = self._pending, b"", "keys"
        return self._finish_paste() + self._read_keys(pending)[0]

    def _release_interrupted_paste(self) -> bytes:
        """Return more of an interrupted paste; Esc or Ctrl+C alone ends it."""
        pending, self._pending = self._pending, b""
        if _ESCAPE_KEY.fullmatch(pending):
            self._state = "keys"
            self._passed = pending if pending == START[:1] else b""
            return self._finish_paste("left")
        if _CONTROL_C.fullmatch(pending):
            self._state = "keys"
            return pending
        self._body += pending
        return self._finish_paste("broken")

    def _finish_paste(self, fate: PasteFate | None = None) -> bytes:
        """Add the paste to `pastes` and return its stand-in."""
        text, cut = parse_paste_bytes(bytes(self._body[:_MOST_BYTES]))
        whole: PasteFate = "cut" if self._dropped else cut
        self.pastes.append(ParsedPaste(text, fate or (whole if whole == "cut" else self._fate)))
        self._body.clear()
        self._dropped, self._fate = False, "whole"
        return STAND_IN

    def _limit_paste_size(self) -> None:
        """Remove the middle of a paste that is too long."""
        if len(self._body) > _MOST_BYTES + _OVERLAP:
            del self._body[_MOST_BYTES:-_OVERLAP]
            self._dropped = True
