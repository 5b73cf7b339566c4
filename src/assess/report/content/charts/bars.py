"""Charts as data: pure functions from counts to SVG elements, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.report.content.charts.drawing import (
    SHADES,
    WIDTH,
    draw_box,
    draw_text,
    estimate_width,
    make_svg_drawing,
    wrap_to_two_lines,
)
from assess.report.content.charts.svg import SvgElement


class BarShare(NamedTuple):
    """A share of a bar: how many, and how it is filled."""

    size: int
    shade: str


class SectionBar(NamedTuple):
    """A section: its name, its counts by result, and the text at the end of its bar."""

    name: str
    parts: tuple[BarShare, ...]
    end: str


class LegendEntry(NamedTuple):
    """An entry of the legend."""

    name: str
    shade: str


_NAMES = 185.0
_END = 70.0
"""The least room for the texts at the ends of the bars."""
_MARGIN = 12.0
_ROW = 26.0
_FEW = 8
_ROW_OF_MANY = 20.0
"""The height of a row where there are more than a few."""
_BAR = 16 / 26
"""Height of a bar, as a share of its row."""
_SIZE = 12.0
_TALLEST = 780.0
"""Of a drawing: a page holds it with its heading. Rows of many bars are lower."""
_SIZE_OF_TWO = 10.5
"""Of names on two lines."""
_FULL = 14.5
"""Full-width characters of the usual size that the column of names holds."""


def draw_stacked_bars(
    bars: Sequence[SectionBar], legend: Sequence[LegendEntry], description: str
) -> SvgElement:
    """Return a drawing with one horizontal bar per section; its length is the number of items.

    Up to 40 bars have room on a page.

    Each share shows its figure if the figure fits. `description` is the text alternative.
    """
    longest = max((sum(part.size for part in bar.parts) for bar in bars), default=0) or 1
    end = max((estimate_width(bar.end) * _SIZE + _MARGIN for bar in bars), default=_END)
    unit = (WIDTH - _NAMES - max(end, _END)) / longest
    row = min(_ROW if len(bars) <= _FEW else _ROW_OF_MANY, _TALLEST / (len(bars) + 1))
    rows = [part for at, bar in enumerate(bars) for part in _draw_bar(bar, at * row, row, unit)]
    legend_marks = _draw_legend(legend, len(bars) * row + 10)
    return make_svg_drawing(description, WIDTH, row * len(bars) + _ROW + 6, *rows, *legend_marks)


def _draw_bar(bar: SectionBar, top: float, row: float, unit: float) -> Iterable[SvgElement]:
    size = min(_SIZE, row / 2)
    middle = top + row / 2 + size * 0.36
    yield from _draw_bar_name(bar.name, top, row)
    left = _NAMES
    for part in bar.parts:
        if part.size:
            width = part.size * unit
            height = round(row * _BAR, 2)
            yield draw_box(SHADES[part.shade], left, top + (row - height) / 2, width, height)
            figure = str(part.size)
            if width >= 8 * len(figure) + 4:  # room for the figure and its margins
                colour = SHADES[part.shade].text
                centre = left + width / 2
                yield draw_text(figure, centre, middle, anchor="middle", fill=colour, size=size)
            left += width
    yield draw_text(bar.end, left + 6, middle, size=size)


def _draw_bar_name(name: str, top: float, row: float) -> Iterable[SvgElement]:
    """Yield the name of a bar, on two smaller lines where it does not fit on one."""
    is_long = estimate_width(name) > _FULL
    size = min(_SIZE_OF_TWO, row * 0.42) if is_long else min(_SIZE, row / 2)
    lines = wrap_to_two_lines(name, _FULL * _SIZE / size)
    for at, line in enumerate(lines):
        middle = top + row * (2 * at + 1) / (2 * len(lines))
        yield draw_text(line, 0, middle + size * 0.36, size=size)


def _draw_legend(legend: Sequence[LegendEntry], top: float) -> Iterable[SvgElement]:
    left = 0.0
    for key in legend:
        yield draw_box(SHADES[key.shade], left, top, 12, 12)
        yield draw_text(key.name, left + 17, top + 10.5, size=11)
        left += 17 + 12 * max(estimate_width(key.name), 2) + 14
