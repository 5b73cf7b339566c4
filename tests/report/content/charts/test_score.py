"""Radar and line: points where the scores are, inside the drawing, told apart without colour."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.report.content.charts.drawing import WIDTH
from assess.report.content.charts.score import (
    RadarAxis,
    TrendPoint,
    draw_score_radar,
    draw_score_trend,
)
from assess.report.content.charts.svg import SvgElement

SCORES = st.one_of(st.none(), st.floats(0, 100))


def of(drawing: SvgElement, tag: str) -> list[SvgElement]:
    """Return the children with a tag."""
    return [one for one in drawing.children if isinstance(one, SvgElement) and one.tag == tag]


def points(ring: SvgElement) -> list[tuple[float, float]]:
    """Return the corners of a ring or line."""
    pairs = (one.split(",") for one in ring.attributes["points"].split())
    return [(float(x), float(y)) for x, y in pairs]


def said(drawing: SvgElement) -> list[str]:
    """Return the texts of a drawing."""
    return [str(one.children[0]) for one in of(drawing, "text")]


def test_a_full_score_is_on_the_outer_ring() -> None:
    """100 lies on the outermost ring, 0 in the centre, and a section without a score nowhere."""
    axes = [
        RadarAxis("a", 100, "100.0"),
        RadarAxis("b", 0, "0.0"),
        RadarAxis("c", 50, "50.0"),
        RadarAxis("d", None, "–"),
    ]
    drawing = draw_score_radar(axes, ("now", "before"), "figures")
    *_web, outer, ring = of(drawing, "polygon")
    corners = points(ring)
    assert len(corners) == 3
    assert corners[0] == points(outer)[0]
    centre = corners[1]
    assert math.dist(corners[0], centre) == pytest.approx(2 * math.dist(corners[2], centre), 0.01)
    assert "d –" in said(drawing)


def test_the_round_before_is_dashed() -> None:
    """Two rings differ by their stroke, and the legend names both; without one there is none."""
    axes = [RadarAxis(name, 60.0, "60.0", 40.0) for name in "abc"]
    drawing = draw_score_radar(axes, ("this round", "the last"), "figures")
    dashed = [one for one in of(drawing, "polygon") if "stroke-dasharray" in one.attributes]
    assert len(dashed) == 1
    assert {"this round", "the last"} <= set(said(drawing))
    alone = draw_score_radar(
        [RadarAxis(name, 60.0, "60.0") for name in "abc"], ("this round", ""), "figures"
    )
    assert "this round" not in said(alone)


@given(st.lists(st.tuples(SCORES, SCORES), min_size=3, max_size=16))
def test_no_ring_leaves_the_drawing(scores: list[tuple[float | None, float | None]]) -> None:
    """Whatever the scores."""
    drawing = draw_score_radar(
        [RadarAxis("x", now, "", before) for now, before in scores], ("a", "b"), "figures"
    )
    height = float(drawing.attributes["height"])
    for ring in of(drawing, "polygon"):
        for x, y in points(ring):
            assert 0 <= x <= WIDTH
            assert 0 <= y <= height


@given(st.lists(SCORES, min_size=1, max_size=9))
def test_the_line_rises_with_the_score(scores: list[float | None]) -> None:
    """A higher score stands higher, rounds go from left to right, gaps are left out."""
    drawing = draw_score_trend(
        [TrendPoint(f"R{at}", one, "t") for at, one in enumerate(scores)], "figures"
    )
    (found,) = of(drawing, "polyline")
    marks = points(found)
    values = [one for one in scores if one is not None]
    assert len(marks) == len(values)
    assert marks == sorted(marks)
    for (_x, y), value in zip(marks, values, strict=True):
        assert y == pytest.approx(134 - 1.2 * value, abs=0.06)
    assert all(f"R{at}" in said(drawing) for at in range(len(scores)))


def test_the_alternative_comes_first() -> None:
    """WeasyPrint takes the text alternative from the first child."""
    for drawing in (
        draw_score_radar([RadarAxis("a", 1, "1.0")] * 3, ("", ""), "figures"),
        draw_score_trend([], "figures"),
    ):
        first = drawing.children[0]
        assert isinstance(first, SvgElement)
        assert (first.tag, first.children) == ("title", ("figures",))
