"""The text of a PDF that this program wrote, by page and marked content; in the child only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_SHOWING = ("Tj", "TJ", "'", '"')
_DEEPEST = 8
"""How deep drawings inside drawings are followed; ours are two deep."""

OUTSIDE = -1
"""The number under which text without a mark is kept."""


class Texts:
    """Reads the text of pages; fonts are decoded once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], dict[int, str]] = {}

    def marked(self, page: Any) -> dict[int, str]:
        """Return the text of a page by the number of its marked content, white space taken out."""
        found: dict[int, list[str]] = {}
        for mark, text in self._shown(page.obj, page.obj.get("/Resources"), OUTSIDE, 0):
            found.setdefault(mark, []).append(text)
        return {mark: re.sub(r"\s+", "", "".join(texts)) for mark, texts in found.items()}

    def _shown(
        self, content: Any, resources: Any, mark: int, depth: int
    ) -> Iterator[tuple[int, str]]:
        stack: list[int] = []
        font: dict[int, str] = {}
        for one in pikepdf.parse_content_stream(content):
            operands, name = list(one.operands), str(one.operator)
            if name in ("BDC", "BMC"):
                stack.append(mark)
                mark = _number(operands, mark)
            elif name == "EMC" and stack:
                mark = stack.pop()
            elif name == "Tf":
                font = self._font(resources, operands[0])
            elif name in _SHOWING:
                yield mark, _decoded(operands[-1], font)
            elif name == "Do" and depth < _DEEPEST:
                drawing = resources.XObject[str(operands[0])]
                if str(drawing.get("/Subtype")) == "/Form":
                    own = drawing.get("/Resources", resources)
                    yield from self._shown(drawing, own, mark, depth + 1)

    def _font(self, resources: Any, name: Any) -> dict[int, str]:
        font = resources.Font[str(name)]
        key = font.objgen
        if key not in self._fonts or key == (0, 0):
            table = font.get("/ToUnicode")
            self._fonts[key] = {} if table is None else unicode_of(table.read_bytes())
        return self._fonts[key]


def unicode_of(table: bytes) -> dict[int, str]:
    """Return the characters by code that a ToUnicode table gives."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(table):
        if kind == b"bfchar":
            found |= {int(code, 16): _utf16(text) for code, text in _CHAR.findall(body)}
            continue
        for first, last, text in _RANGE.findall(body):
            start, end, base = int(first, 16), int(last, 16), int(text, 16)
            for code in range(start, min(end, start + 0xFFFF) + 1):
                found[code] = chr(base + code - start)
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")


def _number(operands: Any, mark: int) -> int:
    """Return the number of marked content; that of what it stands in where it has none."""
    last = operands[-1] if len(operands) else None
    if isinstance(last, pikepdf.Dictionary) and "/MCID" in last:
        return int(last.MCID)
    return mark


def _decoded(operand: Any, font: dict[int, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    found = []
    for part in parts:
        if isinstance(part, pikepdf.String):
            data = bytes(part)
            codes = (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))
            found += [font.get(code, "\ufffd") for code in codes]
    return "".join(found)
