"""Charts of scores: the sections as a radar, the rounds as a line. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.report.content.charts.drawing import (
    WIDTH,
    cut_text_to_width,
    draw_line,
    draw_text,
    make_svg_drawing,
)
from assess.report.content.charts.svg import SvgElement, make_element

FEWEST = 3
"""The least number of axes of a radar; for fewer, bars are easier to read."""

MOST = 16
"""The largest number of axes of a radar."""

_CENTRE = (WIDTH / 2, 144.0)
_RADIUS = 108.0
_HEIGHT = 316.0
_RINGS = (25, 50, 75, 100)
_NAME = 13.0
"""Width of the name at an axis, in full-width characters."""


class RadarAxis(NamedTuple):
    """A section: its name, its score (0 to 100) and the text of that, and the score before.

    A score is None where nothing scores.
    """

    name: str
    value: float | None
    text: str
    before: float | None = None


class TrendPoint(NamedTuple):
    """A round on the line: its name, its score and the text at its point."""

    name: str
    value: float | None
    text: str


def draw_score_radar(
    axes: Sequence[RadarAxis], legend: tuple[str, str], description: str
) -> SvgElement:
    """Return the scores as a ring round a centre, those before as a dashed one.

    Axes without a score are left out of the ring. `legend` names the ring and the dashed one.
    """
    parts: list[SvgElement] = [*_draw_radar_grid(len(axes))]
    if any(axis.before is not None for axis in axes):
        parts.append(
            draw_line(_ring_points([axis.before for axis in axes]), dashed=True, closed=True)
        )
        parts += _draw_radar_legend(legend)
    points = _ring_points([axis.value for axis in axes])
    parts.append(draw_line(points, closed=True))
    parts += [make_element("circle", cx=round(x, 1), cy=round(y, 1), r=2.6) for x, y in points]
    parts += [
        part for at, axis in enumerate(axes) for part in _draw_axis_label(axis, at, len(axes))
    ]
    return make_svg_drawing(description, WIDTH, _HEIGHT, *parts)


def draw_score_trend(marks: Sequence[TrendPoint], description: str) -> SvgElement:
    """Return the scores of rounds from left to right, on a scale of 0 to 100."""
    left, right, top, bottom = 40.0, WIDTH - 40.0, 14.0, 134.0
    step = (right - left) / max(len(marks) - 1, 1)
    parts: list[SvgElement] = []
    for value in (0, 50, 100):
        y = bottom - (bottom - top) * value / 100
        parts.append(
            make_element("line", x1=left, y1=y, x2=right, y2=y, stroke="#9a9a9a", stroke_width=0.6)
        )
        parts.append(draw_text(str(value), left - 6, y + 4, anchor="end", size=10))
    places = [(left + at * step, mark) for at, mark in enumerate(marks)]
    points = [
        (x, bottom - (bottom - top) * mark_value.value / 100)
        for x, mark_value in places
        if mark_value.value is not None
    ]
    parts.append(draw_line(points))
    parts += [make_element("circle", cx=round(x, 1), cy=round(y, 1), r=3) for x, y in points]
    for x, mark in places:
        anchor = "start" if x == left else "end" if x == right else "middle"
        name = cut_text_to_width(mark.name, max(step / 13, 6))
        parts.append(draw_text(name, x, bottom + 18, anchor=anchor))
        parts.append(draw_text(mark.text, x, bottom + 34, anchor=anchor))
    return make_svg_drawing(description, WIDTH, bottom + 42, *parts)


def _point_on_axis(index: int, count: int, share: float) -> tuple[float, float]:
    """Return a point on an axis; the first axis is vertical, the others follow clockwise."""
    angle = 2 * math.pi * index / count - math.pi / 2
    x, y = _CENTRE
    return x + _RADIUS * share * math.cos(angle), y + _RADIUS * share * math.sin(angle)


def _ring_points(values: Sequence[float | None]) -> list[tuple[float, float]]:
    return [
        _point_on_axis(index, len(values), value / 100)
        for index, value in enumerate(values)
        if value is not None
    ]


def _draw_radar_grid(count: int) -> Iterable[SvgElement]:
    for share in _RINGS:
        corners = [_point_on_axis(index, count, share / 100) for index in range(count)]
        text = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        yield make_element("polygon", points=text, fill="none", stroke="#9a9a9a", stroke_width=0.6)
    x, y = _CENTRE
    for index in range(count):
        end_x, end_y = _point_on_axis(index, count, 1)
        yield make_element(
            "line",
            x1=x,
            y1=y,
            x2=round(end_x, 1),
            y2=round(end_y, 1),
            stroke="#9a9a9a",
            stroke_width=0.6,
        )
    for share in _RINGS[1::2]:
        yield draw_text(str(share), x + 3, y - _RADIUS * share / 100 + 11, size=9, fill="#555555")


def _draw_axis_label(axis: RadarAxis, index: int, count: int) -> Iterable[SvgElement]:
    x, y = _point_on_axis(index, count, 1.08)
    level = math.cos(2 * math.pi * index / count - math.pi / 2)
    anchor = "middle" if abs(level) < 0.2 else "start" if level > 0 else "end"  # noqa: PLR2004  # nearly upright
    text = f"{cut_text_to_width(axis.name, _NAME)} {axis.text}"
    low = 10 if y > _CENTRE[1] + _RADIUS * 0.9 else 4
    yield draw_text(text, x, y + low, anchor=anchor, size=11)


def _draw_radar_legend(legend: tuple[str, str]) -> Iterable[SvgElement]:
    y, half = _HEIGHT - 8, WIDTH / 2
    for at, name in enumerate(legend):
        left = 60 + at * half
        yield draw_line([(left, y), (left + 24, y)], dashed=bool(at))
        yield draw_text(cut_text_to_width(name, 17), left + 30, y + 4, size=11)
