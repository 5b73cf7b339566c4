"""Whether the letters of an embedded font are those that its texts name; in the child only."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, Final

from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont, TTLibError

_DAMAGES: Final = (
    TTLibError,
    LookupError,
    AttributeError,
    ValueError,
    TypeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What fontTools raises where a font's program is damaged."""


def wrong_letters(descriptor: Any, chars: dict[int, str]) -> str:
    """Return what is wrong with what `chars` says of a font's codes; '' where nothing is.

    A letter that is seen must not stand for white space, nor for another one than the font's own
    table of characters says.
    """
    program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
    try:
        font: Any = TTFont(io.BytesIO(program.read_bytes()), lazy=True)
        order = font.getGlyphOrder()
        characters: dict[str, set[str]] = {}
        for number, name in font.getBestCmap().items():
            characters.setdefault(name, set()).add(chr(number))
        for code, text in chars.items():
            if code < len(order):
                own = characters.get(order[code])
                if own and len(text) == 1 and text not in own:
                    return "font: a letter stands for another one"
                if not text.strip() and _is_seen(font, order[code]):
                    return "font: a letter stands for white space"
    except _DAMAGES:
        # What fontTools raises for programs that are not as they should be.
        return "font: can't be read"
    return ""


def _is_seen(font: Any, name: str) -> bool:
    pen = RecordingPen()
    font.getGlyphSet()[name].draw(pen)
    return bool(pen.value)
