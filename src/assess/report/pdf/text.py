"""The fonts of a PDF that this program wrote: what its codes mean, how wide they are drawn.

In the child only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

from assess.report.pdf.letters import wrong_letters

_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_MOST_CODES = 0x10000
"""Codes of two bytes."""


class Font(NamedTuple):
    """A font as a page uses it."""

    kind: str
    """Its type: ours are all of one."""
    chars: dict[int, str]
    widths: dict[int, float]
    """By code, in thousandths of the size."""
    usual: float
    """The width of codes that `widths` does not name."""
    wrong: str = ""
    """What is wrong with its letters."""


NO_FONT = Font("", {}, {}, 1000)


class Fonts:
    """The fonts of a document, each read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Font] = {}

    def font(self, resources: Any, name: Any) -> Font:
        """Return a font of a page or drawing."""
        one = resources.Font[str(name)]
        key = one.objgen
        if key not in self._read or key == (0, 0):
            self._read[key] = _font(one)
        return self._read[key]


def _font(one: Any) -> Font:
    table = one.get("/ToUnicode")
    chars = {} if table is None else unicode_of(table.read_bytes())
    inner = one.get("/DescendantFonts")
    inner = inner[0] if inner is not None else pikepdf.Dictionary()
    widths = dict(_widths(list(inner.get("/W", []))))
    kind = f"{one.get('/Subtype', '')}{inner.get('/Subtype', '')}"
    wrong = wrong_letters(inner.get("/FontDescriptor", {}), chars)
    return Font(kind, chars, widths, float(inner.get("/DW", 1000)), wrong)


def _widths(rows: list[Any]) -> Iterator[tuple[int, float]]:
    """Yield the widths by code: `first [width …]` or `first last width`."""
    at = 0
    while at + 1 < len(rows):
        first, second = int(rows[at]), rows[at + 1]
        if isinstance(second, pikepdf.Array):
            yield from enumerate((float(one) for one in list(second)), first)
            at += 2
        else:
            last = min(int(second), first + _MOST_CODES)
            yield from ((code, float(rows[at + 2])) for code in range(first, last + 1))
            at += 3


def unicode_of(table: bytes) -> dict[int, str]:
    """Return the characters by code that a ToUnicode table gives."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(table):
        if kind == b"bfchar":
            found |= {int(code, 16): _utf16(text) for code, text in _CHAR.findall(body)}
            continue
        for first, last, text in _RANGE.findall(body):
            start, end, base = int(first, 16), int(last, 16), int(text, 16)
            for code in range(start, min(end, start + _MOST_CODES - 1) + 1):
                found[code] = chr(base + code - start)
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")


def shown(operand: Any, font: Font) -> tuple[str, float]:
    """Return the text of what an operator shows, and its width in thousandths of the size."""
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    texts, width = [], 0.0
    for part in parts:
        if not isinstance(part, pikepdf.String):
            width -= float(part)
            continue
        data = bytes(part)
        for at in range(0, len(data), 2):
            code = int.from_bytes(data[at : at + 2])
            texts.append(font.chars.get(code, "\ufffd"))
            width += font.widths.get(code, font.usual)
    return "".join(texts), width
