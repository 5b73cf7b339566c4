"""Charts are data: bars as long as their counts, told apart without colour, with words beside."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.report.content.charts.bars import BarShare, LegendEntry, SectionBar, draw_stacked_bars
from assess.report.content.charts.drawing import SHADES, WIDTH
from assess.report.content.charts.svg import SvgElement, format_svg, make_element


def bars(*sizes: tuple[int, ...]) -> SvgElement:
    """Return a chart of sections with these counts."""
    names = list(SHADES)
    rows = [
        SectionBar(
            f"第{number}类", tuple(BarShare(size, names[at]) for at, size in enumerate(one)), "71.3"
        )
        for number, one in enumerate(sizes)
    ]
    return draw_stacked_bars(
        rows, [LegendEntry(name, name) for name in names], "a sentence that says it all"
    )


def of(drawing: SvgElement, tag: str) -> list[SvgElement]:
    """Return the children with a tag."""
    return [one for one in drawing.children if isinstance(one, SvgElement) and one.tag == tag]


def test_bars_are_as_long_as_their_counts() -> None:
    """Twice the count is twice the length, and shares lie end to end."""
    shares = [one for one in of(bars((2, 4, 6)), "rect") if one.attributes["height"] == "16"]
    widths = [float(one.attributes["width"]) for one in shares]
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.02)
    assert widths[2] == pytest.approx(3 * widths[0], abs=0.02)
    for left, right in pairwise(shares):
        end = float(left.attributes["x"]) + float(left.attributes["width"])
        assert float(right.attributes["x"]) == pytest.approx(end, abs=0.02)


def test_a_count_of_nothing_has_no_share() -> None:
    """Only what was counted is drawn; a chart of nothing has no bar and divides by nothing."""
    shares = [one for one in of(bars((0, 3, 0)), "rect") if one.attributes["height"] == "16"]
    assert len(shares) == 1
    empty = [one for one in of(bars((0,)), "rect") if one.attributes["height"] == "16"]
    assert empty == []


def test_the_title_is_the_first_child() -> None:
    """WeasyPrint takes the text alternative from a direct child of the drawing."""
    first = bars((1,)).children[0]
    assert isinstance(first, SvgElement)
    assert (first.tag, first.children) == ("title", ("a sentence that says it all",))


def test_shades_differ_without_colour() -> None:
    """Every fill is grey, and no two results look the same."""
    looks = {(one.fill, one.stroke, one.dashed) for one in SHADES.values()}
    assert len(looks) == len(SHADES)
    for one in SHADES.values():
        red, green, blue = one.fill[1:3], one.fill[3:5], one.fill[5:7]
        assert red == green == blue


def names_of(*names: str) -> list[str]:
    """Return the lines of the names of bars."""
    rows = [SectionBar(name, (BarShare(1, "met"),), "") for name in names]
    texts = [str(each.children[0]) for each in of(draw_stacked_bars(rows, [], "said"), "text")]
    return [text for text in texts if text and not text.isdigit()]


def test_long_names_stand_on_two_lines() -> None:
    """English ones end at a blank, and no letter is left out."""
    assert names_of("E-government network security checklist") == [
        "E-government network security",
        "checklist",
    ]
    assert names_of("示例市青溪区政务服务门户网站系统") == ["示例市青溪区政务服务门户网站系统"]
    assert "".join(names_of("长" * 30)) == "长" * 30


def test_names_that_two_lines_do_not_hold_are_cut() -> None:
    """Before their end: names of systems are often alike but for that."""
    lines = names_of(*("长" * 40 + end for end in ("一期", "二期")))
    assert len(lines) == 4
    assert all("…" in line for line in lines[1::2])
    assert [line[-2:] for line in lines[1::2]] == ["一期", "二期"]


def test_forty_bars_have_room_on_a_page() -> None:
    """The drawing is lower than the type area of A4: 225 mm, 96 pixels an inch."""
    chart = bars(*[(1, 2, 3)] * 40)
    assert float(chart.attributes["height"]) < 225 / 25.4 * 96


@given(st.lists(st.lists(st.integers(0, 300), min_size=1, max_size=6), min_size=1, max_size=30))
def test_nothing_leaves_the_drawing(sizes: list[list[int]]) -> None:
    """Whatever the counts, every rectangle lies inside the drawing's box."""
    chart = bars(*map(tuple, sizes))
    height = float(chart.attributes["height"])
    for one in of(chart, "rect"):
        assert float(one.attributes["x"]) + float(one.attributes["width"]) <= WIDTH
        assert float(one.attributes["y"]) + float(one.attributes["height"]) <= height


@given(st.text())
def test_markup_escapes_everything(text: str) -> None:
    """Text and attributes come out as text, whatever they hold."""
    made = format_svg(make_element("text", text, font_size=12, fill=text))
    inner = made.removeprefix("<text").removesuffix("</text>")
    assert inner.count("<") == 0
    assert inner.count(">") == 1
    assert inner.count('"') == 4
