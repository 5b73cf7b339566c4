"""What painting a page goes by, and what comes of it; in the child only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf

from assess.report.pdf.geometry import EVERYWHERE, UNCHANGED, Box, Matrix
from assess.report.pdf.job import Look
from assess.report.pdf.text import NO_FONT, Font

_STRAIGHT = 0.05
"""Points that a line may run beside its direction."""


class Run(NamedTuple):
    """Some characters that are shown at once, without white space."""

    mark: int
    text: str
    look: Look


class PagePaint(NamedTuple):
    """What is painted on a page."""

    runs: list[Run]
    figures: list[str]
    """A digest of each figure's shapes, and a word for each picture that is in none."""
    curves: int
    """Shapes beside figures that are neither lines nor boxes."""
    means: set[str]
    """What it is painted with, as words."""


@dataclass(slots=True)
class State:
    """What `q` keeps."""

    ctm: Matrix = UNCHANGED
    clip: Box = EVERYWHERE
    fill: str = "0"
    stroke: str = "0"
    width: float = 1
    font: Font = NO_FONT
    size: float = 0
    mode: int = 0
    stretch: float = 100
    leading: float = 0
    rise: float = 0
    other: dict[str, str] = field(default_factory=dict)


def visible_part(page: Any) -> Box:
    """Return what of a page is shown."""
    box = EVERYWHERE
    for key in ("/MediaBox", "/CropBox"):
        if key in page:
            left, bottom, right, top = (float(side) for side in page[key])
            box = box.cut(Box.around(((left, bottom), (right, top))))
    return box


def mark_number(words: Any, mark: int) -> int:
    """Return the number of marked content; that of what it stands in where it has none."""
    last = words[-1] if len(words) else None
    if isinstance(last, pikepdf.Dictionary) and "/MCID" in last:
        return int(last.MCID)
    return mark


def matrix_of(words: Any) -> Matrix:
    """Return the matrix that six operands give."""
    return Matrix(*(float(word) for word in words))


def is_straight(first: tuple[float, float], second: tuple[float, float]) -> bool:
    """Return whether a line runs along one side of the page."""
    return min(abs(one - other) for one, other in zip(first, second, strict=True)) < _STRAIGHT


def written(value: Any) -> str:
    """Return an operand as text: numbers without what is too small to be seen."""
    if isinstance(value, pikepdf.Name):
        return str(value)
    if isinstance(value, pikepdf.Object):
        return type(value).__name__
    return f"{round(float(value), 2) + 0:g}"
