"""Reading a PDF back: text, boxes, structure."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pikepdf

_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


_WATERMARK = 60
"""Points: what is higher is no text of a page."""


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
    found = _poppler(pdf, "-bbox").decode().split("<page ")[1:]
    return [list(_whole(map(_box, _WORD.finditer(page)))) for page in found]


def _whole(words: Iterable[Box]) -> Iterator[Box]:
    """Join what stands an eighth of an em apart: poppler takes it for a space."""
    last: Box | None = None
    for word in words:
        if (
            last is not None
            and last.bottom == word.bottom
            and _is_gap(word.left - last.right, word)
        ):
            last = Box(last.left, last.top, word.right, word.bottom, last.text + word.text)
            continue
        if last is not None:
            yield last
        last = word
    if last is not None:
        yield last


def _is_gap(width: float, word: Box) -> bool:
    """Return whether it is one between Han and Latin; boxes are 1.44 times as high as the em."""
    return 0 < width < 0.17 * (word.bottom - word.top) / 1.44


def overlaps(pdf: bytes) -> list[tuple[int, Box, Box]]:
    """Return the words that are printed over each other, by page; a watermark may be."""
    found = []
    for number, words in enumerate(pages(pdf), 1):
        cores = [(_core(one), one) for one in words if one.bottom - one.top < _WATERMARK]
        cores.sort(key=lambda pair: pair[0].top)
        for at, (core, word) in enumerate(cores):
            for other, second in cores[at + 1 :]:
                if other.top >= core.bottom:
                    break
                if min(core.right, other.right) - max(core.left, other.left) > 0:
                    found.append((number, word, second))
    return found


def _core(box: Box) -> Box:
    """Return what of a word's box its letters fill; boxes of close lines overlap a little."""
    height = box.bottom - box.top
    return Box(
        box.left + 0.5, box.top + 0.3 * height, box.right - 0.5, box.bottom - 0.25 * height, ""
    )


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Return the PDF as pikepdf reads it."""
    return pikepdf.open(io.BytesIO(pdf))


def tags(pdf: bytes) -> list[str]:
    """Return the tags of the structure tree, in order."""
    document = opened(pdf)
    return [str(element.S) for element in elements(document)]


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
