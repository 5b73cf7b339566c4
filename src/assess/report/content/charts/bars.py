"""Charts as data: pure functions from counts to SVG elements, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.report.content.charts.drawing import (
    SHADES,
    WIDTH,
    box,
    canvas,
    estimate_width,
    fitting,
    words,
)
from assess.report.content.charts.svg import Element


class Part(NamedTuple):
    """A share of a bar: how many, and how it is filled."""

    size: int
    shade: str


class Bar(NamedTuple):
    """A section: its name, the counts by result, what is said at its end."""

    name: str
    parts: tuple[Part, ...]
    end: str


class Key(NamedTuple):
    """An entry of the legend."""

    name: str
    shade: str


_NAMES = 185.0
_END = 70.0
_ROW = 26.0
_BAR = 16.0
_SIZE = 12.0
_FULL = 14.5
"""Full-width characters that the column of names holds."""


def stacked_bars(bars: Sequence[Bar], legend: Sequence[Key], description: str) -> Element:
    """Return horizontal bars, one a section, each as long as the section has items.

    Every share bears its figure where there is room; `said` is the text alternative.
    """
    longest = max((sum(part.size for part in bar.parts) for bar in bars), default=0) or 1
    unit = (WIDTH - _NAMES - _END) / longest
    height = _ROW * (len(bars) + 1) + 6
    rows = [part for index, bar in enumerate(bars) for part in _bar(bar, index * _ROW, unit)]
    return canvas(description, WIDTH, height, *rows, *_legend(legend, len(bars) * _ROW + 10))


def _bar(bar: Bar, top: float, unit: float) -> Iterable[Element]:
    middle = top + _ROW / 2 + _SIZE * 0.36
    yield words(fitting(bar.name, _FULL), 0, middle)
    left = _NAMES
    for part in bar.parts:
        if part.size:
            width = part.size * unit
            yield box(SHADES[part.shade], left, top + (_ROW - _BAR) / 2, width, _BAR)
            figure = str(part.size)
            if width >= 8 * len(figure) + 4:  # room for the figure and its margins
                colour = SHADES[part.shade].text
                yield words(figure, left + width / 2, middle, anchor="middle", fill=colour)
            left += width
    yield words(bar.end, left + 6, middle)


def _legend(legend: Sequence[Key], top: float) -> Iterable[Element]:
    left = 0.0
    for key in legend:
        yield box(SHADES[key.shade], left, top, 12, 12)
        yield words(key.name, left + 17, top + 10.5, size=11)
        left += 17 + 12 * max(estimate_width(key.name), 2) + 14
