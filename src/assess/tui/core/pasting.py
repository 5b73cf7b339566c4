"""What a terminal sends, with pasted text told apart from pressed keys.

A terminal puts marks round what is pasted ("bracketed paste"). Textual's parser takes what follows
an escape inside of a paste for keys: a pasted log answers items. So pasted text never reaches that
parser: it gets a short stand-in between the two marks, and the text is handed over beside it.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, Literal, NamedTuple

from assess.harmless import controls_shown

START: Final = b"\x1b[200~"
END: Final = b"\x1b[201~"
STAND_IN: Final = START + b"paste" + END
"""What goes to the parser in the place of a paste."""

MOST: Final = 100_000
"""Characters of a paste that are taken: a text field needs half a second for them."""
_MOST_BYTES: Final = 4 * MOST
_OVERLAP: Final = len(END) - 1
"""Bytes in which an end mark may have begun."""

_MARK: Final = re.compile(rb"\x1b\[20[01]~")
_BEGUN: Final = re.compile(rb"\x1b(?:\[(?:2(?:0[01]?)?)?)?\Z")
"""A mark that has begun, at the end of what came."""
_ESCAPE_KEY: Final = re.compile(rb"\x1b(?:\[27(?:;\d+)?u)?")
"""The Esc key, as terminals send it."""
_CONTROL_C: Final = re.compile(rb"\x03|\x1b\[99;(?:5|69|133|197)u")
"""Ctrl+C, as terminals send it: with the locks of letters and digits too."""

_KEY_PAUSE: Final = 0.05
"""Seconds until a lone escape is the Esc key."""
_AFTER_PAUSE: Final = 0.2
"""Seconds after an end mark in which what comes was pasted too, if another mark follows."""
_ESCAPE_PAUSE: Final = 0.3
"""Seconds until a lone escape is the Esc key, in a paste that broke off."""
_MARK_PAUSE: Final = 1.0
"""Seconds that a mark that has begun is waited for."""
_SILENCE: Final = 5.0
"""Seconds without a byte after which a paste has broken off."""
_BURST: Final = 16
"""Bytes at once that are no key: after an end mark, the paste goes on."""

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


Fate = Literal["whole", "cut", "broken", "part", "left", "mixed_up"]
"""Of a paste: all of it came; it had more than `MOST` characters; its end mark did not come, so
what comes is text until it does or a person presses Esc; its beginning came before, or never;
Esc was pressed, and keys are keys again; the parser took a part of it for keys."""


class Pasted(NamedTuple):
    """A pasted text: lines end in LF, controls stand as escapes to be read."""

    text: str
    fate: Fate = "whole"


def pasted(raw: bytes) -> Pasted:
    """Return the text of a paste; bytes that are no UTF-8 become U+FFFD."""
    text = _LINE_ENDS.sub("\n", raw.decode("utf-8", "replace"))
    return Pasted(controls_shown(text[:MOST]), "cut" if len(text) > MOST else "whole")


def past_the_parser(text: str) -> Pasted:
    """Return a paste as Textual's parser gives it; with controls in it, it is not in its order."""
    lines = _LINE_ENDS.sub("\n", text)
    if controls_shown(lines) != lines:
        return Pasted("", "mixed_up")
    return pasted(lines.encode("utf-8", "replace"))


def in_one_line(text: str) -> str:
    """Return a pasted text for a field of one line: line ends and tabs become one space."""
    return " ".join(part for part in re.split("[\n\t]+", text) if part)


class PasteFilter:
    """Takes what the terminal sends, gives what the parser may see and the pastes beside it.

    Each `STAND_IN` of what is given stands for the next of `pastes`. Times are those of one clock,
    in seconds. What may have been pasted is never given out as keys.
    """

    def __init__(self) -> None:
        self.pastes: list[Pasted] = []
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._state: Literal["keys", "paste", "after", "lost"] = "keys"
        self._fate: Fate = "whole"
        self._body = bytearray()
        """The paste that has begun; of a longer one the first bytes and the last few."""
        self._dropped = False
        self._pending = b""
        """What is not yet known to be keys; of a paste that broke off, what is not yet given."""
        self._passed = b""
        """The beginning of a mark that was waited for and given out: its rest may still come."""
        self._passed_at = 0.0
        self._after_until = 0.0
        self._until: float | None = None

    @property
    def until(self) -> float | None:
        """When `expire` is to be called unless something comes before; None: it need not be."""
        return self._until

    def feed(self, data: bytes, now: float) -> bytes:
        """Return what the parser may see of `data` and of what waited."""
        steps = {"keys": self._keys, "paste": self._paste, "after": self._after, "lost": self._lost}
        if self._state == "after" and len(data) >= _BURST:
            self._after_until = now + _AFTER_PAUSE
        seen = b""
        while data:
            state = self._state
            passed, data = steps[state](data)
            seen += passed
            if self._state == "after" != state:
                self._after_until = now + _AFTER_PAUSE
        self._wait(now)
        return self._as_utf8(seen)

    def expire(self, now: float) -> bytes:
        """Return what the parser may see now that nothing has come for a while."""
        if self._until is None or now < self._until:
            return b""
        steps = {
            "keys": self._give_begun_mark,
            "paste": self._break_off,
            "after": self._go_back_to_keys,
            "lost": self._give_what_broke_off,
        }
        seen = steps[self._state]()
        if self._passed and not self._passed_at:
            self._passed_at = now
        self._wait(now)
        return self._as_utf8(seen)

    def _wait(self, now: float) -> None:
        """Set the time until which something must come."""
        if self._state == "paste":
            self._until = now + _SILENCE
        elif self._state == "after":
            self._until = max(self._after_until, now + self._mark_pause())
        elif not self._pending:
            self._until = None
        elif self._state == "lost":
            lone = self._pending == START[:1]
            self._until = now + (_ESCAPE_PAUSE if lone else self._mark_pause() or _KEY_PAUSE)
        elif self._passed:
            self._until = self._passed_at + _MARK_PAUSE
        else:
            self._until = now + self._mark_pause()

    def _mark_pause(self) -> float:
        """Return how long to wait for the rest of a mark that what waits ends with."""
        begun = _BEGUN.search(self._pending)
        if begun is None:
            return 0
        return _KEY_PAUSE if begun[0] == START[:1] else _MARK_PAUSE

    def _as_utf8(self, seen: bytes) -> bytes:
        """Return bytes without what is no UTF-8: the parser's decoder would end the program."""
        return self._decoder.decode(seen).encode()

    # Each takes what came in its state; it returns what the parser may see, and what is left.

    def _keys(self, data: bytes) -> tuple[bytes, bytes]:
        """Take keys: those before a start mark, and none of a read with an end mark in it."""
        passed, data = self._passed, self._passed + self._pending + data
        self._passed = self._pending = b""
        mark = _MARK.search(data)
        if mark is None:
            return self._without_begun_mark(passed, data), b""
        self._passed_at = 0.0
        before, rest = data[len(passed) : mark.start()], data[mark.end() :]
        if mark[0] == START:
            self._state = "paste"
            return before, rest
        if before:
            self._state, self._fate = "after", "part"
            self._body += before
        return b"", rest

    def _without_begun_mark(self, passed: bytes, data: bytes) -> bytes:
        """Return the keys of what came; the beginning of a mark at its end is waited for."""
        begun = _BEGUN.search(data)
        cut = begun.start() if begun is not None else len(data)
        if begun is not None and cut < len(passed):
            self._passed, cut = passed, len(passed)
        else:
            self._passed_at = 0.0
        self._pending = data[cut:]
        return data[len(passed) : cut]

    def _paste(self, data: bytes) -> tuple[bytes, bytes]:
        searched = max(0, len(self._body) - _OVERLAP)
        self._body += data
        end = self._body.find(END, searched)
        if end < 0:
            self._shorten()
            return b"", b""
        rest = bytes(self._body[end + len(END) :])
        del self._body[end:]
        self._shorten()
        self._state = "after"
        return b"", rest

    def _after(self, data: bytes) -> tuple[bytes, bytes]:
        """Take what follows an end mark at once: up to another mark it was pasted with the rest."""
        data, self._pending = self._pending + data, b""
        mark = _MARK.search(data)
        if mark is None and len(data) <= _MOST_BYTES:
            self._pending = data
            return b"", b""
        if mark is not None and mark[0] == START and not mark.start():
            self._state = "paste"
            return self._finish(), data[mark.end() :]
        if mark is not None and mark[0] == END:
            self._body += END + data[: mark.start()]
        else:
            self._state = "paste"
            self._body += END + (data if mark is None else data[: mark.end()])
        self._shorten()
        return b"", b"" if mark is None else data[mark.end() :]

    def _lost(self, data: bytes) -> tuple[bytes, bytes]:
        """Take what comes after a paste that broke off: its rest, up to a mark."""
        data, self._pending = self._pending + data, b""
        mark = _MARK.search(data)
        if mark is None:
            self._pending = data
            return (self._give_what_broke_off() if len(data) > _MOST_BYTES else b""), b""
        before, rest = data[: mark.start()], data[mark.end() :]
        self._body += before
        if mark[0] == END:
            self._state, self._fate = "after", "part"
            return b"", rest
        self._state = "paste"
        return (self._finish("broken") if before else b""), rest

    # Each gives what is due in its state, now that nothing came for a while.

    def _give_begun_mark(self) -> bytes:
        seen, self._pending = self._pending, b""
        self._passed += seen
        return seen

    def _break_off(self) -> bytes:
        self._state = "lost"
        return self._finish("broken")

    def _go_back_to_keys(self) -> bytes:
        pending, self._pending, self._state = self._pending, b"", "keys"
        return self._finish() + self._keys(pending)[0]

    def _give_what_broke_off(self) -> bytes:
        """Give more of a paste that broke off; Esc or Ctrl+C alone ends it."""
        pending, self._pending = self._pending, b""
        if _ESCAPE_KEY.fullmatch(pending):
            self._state = "keys"
            self._passed = pending if pending == START[:1] else b""
            return self._finish("left")
        if _CONTROL_C.fullmatch(pending):
            self._state = "keys"
            return pending
        self._body += pending
        return self._finish("broken")

    def _finish(self, fate: Fate | None = None) -> bytes:
        """Hand the paste over; return what stands for it."""
        text, cut = pasted(bytes(self._body[:_MOST_BYTES]))
        whole: Fate = "cut" if self._dropped else cut
        self.pastes.append(Pasted(text, fate or (whole if whole == "cut" else self._fate)))
        self._body.clear()
        self._dropped, self._fate = False, "whole"
        return STAND_IN

    def _shorten(self) -> None:
        """Forget the middle of a paste that is too long."""
        if len(self._body) > _MOST_BYTES + _OVERLAP:
            del self._body[_MOST_BYTES:-_OVERLAP]
            self._dropped = True
