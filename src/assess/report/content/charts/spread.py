"""How scores are spread: lowest, quartiles, median and highest of each row, on a scale to 100."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from assess.report.content.charts.drawing import (
    WIDTH,
    FillShade,
    cut_middle_to_width,
    draw_box,
    draw_text,
    make_svg_drawing,
)
from assess.report.content.charts.svg import SvgElement, make_element

MOST_SPREADS: Final = 40
"""Rows that have room on a page."""

_NAMES = 130.0
_LEFT = 145.0
_RIGHT = WIDTH - 150.0
_ROW = 26.0
_TALLEST = 700.0
_SIZE = 12.0
_BOX = FillShade("#dcdcdc", "#000000", "#000000")
_TICKS = (0, 25, 50, 75, 100)


class SpreadRow(NamedTuple):
    """A row: its name, its five points from lowest to highest, and the text at its end.

    Without points it is only named.
    """

    name: str
    points: tuple[float, float, float, float, float] | None
    end: str


def draw_spreads(rows: Sequence[SpreadRow], description: str) -> SvgElement:
    """Return a drawing with a line from lowest to highest, a box of the quartiles, the median."""
    height = min(_ROW, _TALLEST / max(len(rows), 1))
    bottom = len(rows) * height
    parts = list(_draw_scale(bottom))
    for at, row in enumerate(rows):
        parts += _draw_spread(row, at * height, height)
    return make_svg_drawing(description, WIDTH, round(bottom + 20, 2), *parts)


def _draw_scale(bottom: float) -> Iterable[SvgElement]:
    for value in _TICKS:
        x = _find_place(value)
        yield _draw_upright(x, 0, bottom, 0.6, "#9a9a9a")
        yield draw_text(str(value), x, bottom + 14, anchor="middle", size=10)


def _draw_spread(row: SpreadRow, top: float, height: float) -> Iterable[SvgElement]:
    size = round(min(_SIZE, height * 0.5), 1)
    middle = top + height / 2
    base = middle + size * 0.36
    yield draw_text(cut_middle_to_width(row.name, _NAMES / size), 0, base, size=size)
    yield draw_text(row.end, _RIGHT + 10, base, size=size)
    if row.points is None:
        return
    lowest, first, median, third, highest = map(_find_place, row.points)
    half = height * 0.28
    yield make_element(
        "line",
        x1=lowest,
        y1=round(middle, 2),
        x2=highest,
        y2=round(middle, 2),
        stroke="#000000",
        stroke_width=1.1,
    )
    for x in (lowest, highest):
        yield _draw_upright(x, middle - half * 0.6, middle + half * 0.6, 1.1)
    yield draw_box(_BOX, first, round(middle - half, 2), third - first, round(half * 2, 2))
    yield _draw_upright(median, middle - half, middle + half, 3)


def _draw_upright(
    x: float, top: float, bottom: float, width: float, colour: str = "#000000"
) -> SvgElement:
    return make_element(
        "line",
        x1=x,
        y1=round(top, 2),
        x2=x,
        y2=round(bottom, 2),
        stroke=colour,
        stroke_width=width,
    )


def _find_place(value: float) -> float:
    """Return where a score stands; one beyond the scale stands at its end."""
    share = min(max(value, 0), 100) / 100
    return round(_LEFT + (_RIGHT - _LEFT) * share, 1)
