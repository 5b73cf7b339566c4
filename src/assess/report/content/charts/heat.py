"""A heat map of sections by result: a field with more items is darker and shows its count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.report.content.charts.drawing import (
    WIDTH,
    FillShade,
    cut_text_to_width,
    draw_box,
    draw_text,
    make_svg_drawing,
)
from assess.report.content.charts.svg import SvgElement

_NAMES = 185.0
_ROW = 22.0
_FULL = 14.5
_DARKEST = 0x38
_TURN = 0x90
"""Fields with a darker grey have white figures."""


class HeatRow(NamedTuple):
    """A section: its name and how many items have each result."""

    name: str
    counts: tuple[int, ...]


def draw_heat_map(columns: Sequence[str], rows: Sequence[HeatRow], description: str) -> SvgElement:
    """Return a drawing with a field per count: white for 0, darker for a larger share."""
    width = (WIDTH - _NAMES) / max(len(columns), 1)
    parts: list[SvgElement] = [
        draw_text(
            cut_text_to_width(name, width / 11.5),
            _NAMES + (at + 0.5) * width,
            14,
            anchor="middle",
            size=11,
        )
        for at, name in enumerate(columns)
    ]
    for at, row in enumerate(rows):
        parts += _draw_heat_row(row, 22 + at * _ROW, width)
    return make_svg_drawing(description, WIDTH, 24 + len(rows) * _ROW, *parts)


def grey_value_of_share(share: float) -> int:
    """Return the grey of a share of 0 to 1: 255 is white."""
    return round(255 - (255 - _DARKEST) * share)


def _draw_heat_row(row: HeatRow, top: float, width: float) -> Iterable[SvgElement]:
    middle = top + _ROW / 2 + 4
    yield draw_text(cut_text_to_width(row.name, _FULL), 0, middle)
    whole = sum(row.counts) or 1
    for at, count in enumerate(row.counts):
        level = grey_value_of_share(count / whole)
        fill = f"#{level:02x}{level:02x}{level:02x}"
        text = "#ffffff" if level < _TURN else "#000000"
        left = _NAMES + at * width
        yield draw_box(FillShade(fill, "#000000", text), left, top, width, _ROW)
        yield draw_text(str(count or "–"), left + width / 2, middle, anchor="middle", fill=text)
