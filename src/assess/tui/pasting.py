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

_KEY_PAUSE: Final = 0.05
"""Seconds until a lone escape is the Esc key, and until what follows an end mark is keys."""
_MARK_PAUSE: Final = 1.0
"""Seconds that a mark that has begun is waited for."""
_SILENCE: Final = 5.0
"""Seconds without a byte after which a paste is over though its end mark never came."""
_BURST: Final = 8
"""Bytes at once that are no key: after a lost end mark, they are the rest of the paste."""

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


Fate = Literal["whole", "cut", "broken", "mixed_up"]
"""Of a paste: all of it came; it had more than `MOST` characters; its end mark never came; the
parser took a part of it for keys."""


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
    in seconds.
    """

    def __init__(self) -> None:
        self.pastes: list[Pasted] = []
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._state: Literal["keys", "paste", "after", "lost"] = "keys"
        self._body = bytearray()
        """The paste that has begun; of a longer one the first bytes and the last few."""
        self._dropped = False
        self._pending = b""
        """What is not yet known to be keys."""
        self._until: float | None = None

    @property
    def until(self) -> float | None:
        """When `expire` is to be called unless something comes before; None: it need not be."""
        return self._until

    def feed(self, data: bytes, now: float) -> bytes:
        """Return what the parser may see of `data` and of what waited."""
        seen = b""
        self._until = None
        while data:
            step = {"keys": self._keys, "paste": self._paste, "after": self._after}
            passed, data = step.get(self._state, self._lost)(data)
            seen += passed
        self._wait(now)
        return self._as_utf8(seen)

    def expire(self, now: float) -> bytes:
        """Return what the parser may see now that nothing has come for a while."""
        if self._until is None or now < self._until:
            return b""
        state, pending = self._state, self._pending
        self._pending, self._until = b"", None
        seen = b"" if state in ("keys", "lost") else self._finish(broken=state == "paste")
        self._state = "lost" if state == "paste" else "keys"
        if state == "keys":
            seen = pending
        elif state == "after":
            seen += self._keys(pending)[0]
        self._wait(now)
        return self._as_utf8(seen)

    def _wait(self, now: float) -> None:
        """Set the time until which something must come."""
        if self._state in ("paste", "lost"):
            self._until = now + _SILENCE
        elif self._state == "after" or self._pending == START[:1]:
            self._until = now + _KEY_PAUSE
        elif self._pending:
            self._until = now + _MARK_PAUSE

    def _as_utf8(self, seen: bytes) -> bytes:
        """Return bytes without what is no UTF-8: the parser's decoder would end the program."""
        return self._decoder.decode(seen).encode()

    # Each takes what came in its state; it returns what the parser may see, and what is left.

    def _keys(self, data: bytes) -> tuple[bytes, bytes]:
        data, self._pending = self._pending + data, b""
        before, mark, rest = data.partition(START)
        if mark:
            self._state = "paste"
            return before, rest
        whole = len(data) - _begun(data, START)
        self._pending = data[whole:]
        return data[:whole].replace(END, b""), b""

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
        """Take what follows an end mark at once: up to a second one it was pasted with the rest."""
        data, self._pending = self._pending + data, b""
        start, end = data.find(START), data.find(END)
        if end >= 0 and not 0 <= start < end:
            self._body += END + data[:end]
            self._shorten()
            return b"", data[end + len(END) :]
        if start >= 0:
            self._state = "paste"
            return self._finish() + data[:start], data[start + len(START) :]
        if len(data) > _MOST_BYTES:
            self._state = "paste"
            self._body += END + data
            self._shorten()
            return b"", b""
        self._pending = data
        return b"", b""

    def _lost(self, data: bytes) -> tuple[bytes, bytes]:
        """Take what comes after a paste without an end mark: its rest, or a key."""
        many = len(data) >= _BURST and not data.startswith(START[:1])
        late = many or END in data.partition(START)[0]
        self._state = "paste" if late else "keys"
        return b"", data

    def _finish(self, *, broken: bool = False) -> bytes:
        """Hand the paste over; return what stands for it."""
        text, fate = pasted(bytes(self._body[:_MOST_BYTES]))
        if self._dropped:
            fate = "cut"
        self.pastes.append(Pasted(text, "broken" if broken else fate))
        self._body.clear()
        self._dropped = False
        return STAND_IN

    def _shorten(self) -> None:
        """Forget the middle of a paste that is too long."""
        if len(self._body) > _MOST_BYTES + _OVERLAP:
            del self._body[_MOST_BYTES:-_OVERLAP]
            self._dropped = True


def _begun(data: bytes, mark: bytes) -> int:
    """Return how many bytes at the end of `data` a mark may have begun with."""
    return next((size for size in range(len(mark) - 1, 0, -1) if data.endswith(mark[:size])), 0)
