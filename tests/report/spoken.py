"""What a screen reader reads aloud of a report: the texts in the order of the structure tree."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHAR = re.compile(rb"<(\w+)>\s*<(\w+)>")
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>")

Leaf = tuple[int, int]
"""Number of the page, and of the marked content on it."""


def spoken_text(pdf: bytes) -> str:
    """Return the texts in the order of the structure tree, without white space."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: at for at, page in enumerate(document.pages, 1)}
        texts: dict[Leaf, str] = {}
        for number, page in enumerate(document.pages, 1):
            for mark, text in _marked_texts(page):
                texts[number, mark] = texts.get((number, mark), "") + text
        leaves = _tree_leaves(document.Root.StructTreeRoot, numbers)
        return re.sub(r"\s+", "", "".join(texts.get(leaf, "") for leaf in leaves))


def _tree_leaves(root: Any, numbers: dict[tuple[int, int], int]) -> Iterator[Leaf]:
    waiting: list[tuple[Any, int]] = [(root, 0)]
    while waiting:
        element, page = waiting.pop()
        if isinstance(element, int):
            yield page, int(element)
        elif isinstance(element, pikepdf.Dictionary) and "/Obj" not in element:
            page = numbers.get(element.Pg.objgen, 0) if "/Pg" in element else page
            kids: Any = element.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            waiting += [(kid, page) for kid in reversed(kids)]


def _marked_texts(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """Yield the number of each marked content with a text that it shows."""
    marks, characters = [-1], dict[int, str]()
    tables: dict[str, dict[int, str]] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BDC", "BMC"):
            properties: Any = operands[-1]
            inner = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
            marks.append(int(properties.MCID) if inner else marks[-1])
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            font = str(operands[0])
            if font not in tables:
                tables[font] = character_table(page.resources.Font[font].ToUnicode.read_bytes())
            characters = tables[font]
        elif name in ("Tj", "TJ"):
            yield marks[-1], _shown_text(operands[0], characters)


def _shown_text(operand: Any, characters: dict[int, str]) -> str:
    parts = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    data = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    codes = [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]
    return "".join(characters.get(code, "\ufffd") for code in codes)


def character_table(table: bytes) -> dict[int, str]:
    """Return the characters by code that a ToUnicode table gives."""
    characters: dict[int, str] = {}
    for kind, body in _BLOCK.findall(table):
        if kind == b"bfchar":
            for code, text in _CHAR.findall(body):
                characters[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
            continue
        for first, last, text in _RANGE.findall(body):
            start, end, base = int(first, 16), int(last, 16), int(text, 16)
            characters |= {code: chr(base + code - start) for code in range(start, end + 1)}
    return characters
