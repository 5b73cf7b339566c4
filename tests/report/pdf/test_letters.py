"""Letters of embedded fonts, whatever their programs hold."""

from __future__ import annotations

import io
import struct
from functools import cache
from typing import NamedTuple

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st

from assess.report.pdf.letters import wrong_letters

UNREADABLE = "font: can't be read"


class Program(NamedTuple):
    """The program of a font, as an object of a PDF."""

    data: bytes

    def read_bytes(self) -> bytes:
        """Return what it holds."""
        return self.data


@cache
def font() -> bytes:
    """Return a font with a letter A, a blank, and a dot that stands for nothing."""
    pen = TTGlyphPen(None)
    for move, at in ((pen.moveTo, (0, 0)), (pen.lineTo, (0, 500)), (pen.lineTo, (500, 0))):
        move(at)
    pen.closePath()
    blank = TTGlyphPen(None).glyph()
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder([".notdef", "A", "space", "dot"])
    build.setupCharacterMap({65: "A", 32: "space"})
    seen = pen.glyph()
    build.setupGlyf({".notdef": blank, "A": seen, "space": blank, "dot": seen})
    build.setupHorizontalMetrics(dict.fromkeys((".notdef", "A", "space", "dot"), (600, 0)))
    build.setupHorizontalHeader()
    build.setupPost()
    out = io.BytesIO()
    build.save(out)
    return out.getvalue()


def wrong(data: bytes, chars: dict[int, str]) -> str:
    """Return what is wrong with the letters of a font."""
    return wrong_letters({"/FontFile2": Program(data)}, chars)


def test_letters_are_those_of_the_font() -> None:
    """What the table says is held against the font's own; white space is not seen."""
    assert not wrong(font(), {1: "A", 2: " ", 9: "?"})
    assert wrong(font(), {1: "B"}) == "font: a letter stands for another one"
    assert wrong(font(), {3: "\u3000"}) == "font: a letter stands for white space"


@pytest.mark.parametrize("table", [b"cmap", b"post", b"maxp", b"glyf"])
def test_a_table_that_ends_too_early_is_told(table: bytes) -> None:
    """A table with a single byte is a font that can't be read, not an error of the program."""
    data = bytearray(font())
    at = data.index(table) + 12
    data[at : at + 4] = struct.pack(">I", 1)

    assert wrong(bytes(data), {3: " "}) == UNREADABLE


@given(st.integers(0, len(font()) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_is_an_error(at: int, junk: bytes) -> None:
    """Whatever a font's program holds, the answer is a text."""
    assert isinstance(wrong(font()[:at] + junk + font()[at + len(junk) :], {1: "A", 3: " "}), str)
