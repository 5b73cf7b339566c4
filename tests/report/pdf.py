"""Reading a PDF back: text, boxes, structure."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


class Box(NamedTuple):
    """Where a word stands on its page, in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def text(pdf: bytes, *options: str) -> str:
    """Return the text in reading order, by poppler."""
    return _poppler(pdf, *options).decode()


def squeezed(pdf: bytes) -> str:
    """Return the text without any white space: how lines break must not matter."""
    return re.sub(r"\s+", "", text(pdf))


def pages(pdf: bytes) -> list[list[Box]]:
    """Return the words of each page with their boxes."""
    found = _poppler(pdf, "-bbox").decode()
    return [[_box(match) for match in _WORD.finditer(page)] for page in found.split("<page ")[1:]]


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Return the PDF as pikepdf reads it."""
    return pikepdf.open(io.BytesIO(pdf))


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of the structure tree, in order."""
    waiting: list[Any] = [pdf.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                yield one
            kids: Any = one.get("/K", [])
            waiting += reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    """Return the titles of all bookmarks, in order."""
    found: list[str] = []
    with pdf.open_outline() as outline:
        waiting = list(reversed(outline.root))
        while waiting:
            one = waiting.pop()
            found.append(str(one.title))
            waiting += reversed(one.children)
    return found


def _box(match: re.Match[str]) -> Box:
    left, top, right, bottom = (float(match[index]) for index in range(1, 5))
    return Box(left, top, right, bottom, match[5])


def _poppler(pdf: bytes, *options: str) -> bytes:
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=pdf, check=True, capture_output=True
    ).stdout
