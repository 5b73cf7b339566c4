"""The heat map: the darker the more, the figure always legible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assess.report.content.charts.drawing import WIDTH
from assess.report.content.charts.heat import HeatRow, draw_heat_map, grey_value_of_share
from assess.report.content.charts.svg import SvgElement

COUNTS = st.lists(st.integers(0, 99), min_size=4, max_size=4)


def of(drawing: SvgElement, tag: str) -> list[SvgElement]:
    """Return the children with a tag."""
    return [one for one in drawing.children if isinstance(one, SvgElement) and one.tag == tag]


def level(colour: str) -> int:
    """Return a grey as a number; every colour of the map is a grey."""
    assert colour[1:3] == colour[3:5] == colour[5:7]
    return int(colour[1:3], 16)


@given(st.lists(COUNTS, min_size=1, max_size=20))
def test_fields_are_as_dark_as_their_share(counts: list[list[int]]) -> None:
    """White for none, darkest for all of a section; figures stand out from their field."""
    drawing = draw_heat_map(
        ["a", "b", "c", "d"], [HeatRow("s", tuple(one)) for one in counts], "said"
    )
    fields = of(drawing, "rect")
    assert len(fields) == 4 * len(counts)
    texts = [one for one in of(drawing, "text") if one.attributes["font-size"] == "12"]
    figures = [one for one in texts if one.children != ("s",)]
    flat = [(count, sum(one)) for one in counts for count in one]
    for (count, whole), field, figure in zip(flat, fields, figures, strict=True):
        dark = level(field.attributes["fill"])
        assert dark == grey_value_of_share(count / (whole or 1))
        assert abs(dark - level(figure.attributes["fill"])) > 100
        assert figure.children == (str(count) if count else "–",)
        assert float(field.attributes["x"]) + float(field.attributes["width"]) <= WIDTH + 0.1


def test_shares_of_nothing_are_white() -> None:
    """0 is white, and more is darker."""
    assert grey_value_of_share(0) == 255
    assert grey_value_of_share(0.2) > grey_value_of_share(0.4) > grey_value_of_share(1)
