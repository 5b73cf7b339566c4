"""Reading a PDF back: text, boxes, structure."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import lru_cache
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
    """Join what stands an eighth of an em apart, and squeezed marks: poppler parts both."""
    last: Box | None = None
    for word in words:
        if last is not None and (_is_gap(last, word) or _is_squeezed_pair(last, word)):
            last = Box(last.left, last.top, word.right, word.bottom, last.text + word.text)
            continue
        if last is not None:
            yield last
        last = word
    if last is not None:
        yield last


def _is_gap(before: Box, after: Box) -> bool:
    """Return whether words are parted by a gap between Han and Latin."""
    return before.bottom == after.bottom and 0 < after.left - before.right < 0.17 * _em(after)


def _is_squeezed_pair(before: Box, after: Box) -> bool:
    """Return whether a mark fills the empty half of the square of a closing mark before it."""
    overlap = (before.right - after.left) / _em(after)
    marks = before.text[-1:] in "”’）》〉】" and after.text[:1] in "。，、；："
    return marks and 0.45 < overlap < 0.55 and abs(before.bottom - after.bottom) < 0.1 * _em(after)


def is_followed_by(before: Box, after: Box) -> bool:
    """Return whether a word ends where another of its line begins; cells stand farther apart."""
    same_line = before is not after and abs(before.bottom - after.bottom) < 0.4 * _em(after)
    return same_line and abs(after.left - before.right) < 0.2 * _em(after)


def _em(word: Box) -> float:
    """Return the size of the type; boxes are 1.44 times as high."""
    return (word.bottom - word.top) / 1.44


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


@lru_cache(maxsize=32)
def _poppler(pdf: bytes, *options: str) -> bytes:
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=pdf, check=True, capture_output=True
    ).stdout
