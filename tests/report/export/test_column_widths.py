"""Widths of columns by content: no word of a head breaks, no Chinese head ends in one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.han import has_han
from assess.report.content.charts.drawing import estimate_width
from assess.report.export.column_widths import break_head, compute_room, fit_widths

HEADS = st.text("中位数名次得分", min_size=1, max_size=12)
WORDS = st.lists(st.sampled_from(("Lower", "quartile", "readable", "in", "Overdue")), min_size=1)
TABLES = st.lists(
    st.tuples(HEADS | WORDS.map(lambda words: " ".join(words[:4])), st.text("字a 1", max_size=60)),
    min_size=1,
    max_size=9,
)


@given(TABLES)
def test_columns_fill_the_room_and_heads_keep_their_words(columns: list[tuple[str, str]]) -> None:
    """Where all words have room, each is narrower than its column; lines of a head fit, too."""
    heads = [head for head, _cell in columns]
    widths = fit_widths(heads, [[cell for _head, cell in columns]], 90)
    assert sum(widths) == pytest.approx(90)
    for head, width in zip(heads, widths, strict=True):
        lines = break_head(head, width).split("\n")
        assert "".join(lines).replace(" ", "") == head.replace(" ", "")
        pieces = lines if has_han(head) else head.split()
        assert max(map(estimate_width, pieces)) < width
        assert not has_han(head) or len(head) == 1 or min(map(len, lines)) > 1


def test_narrow_columns_get_their_lines_and_wide_ones_share_the_rest() -> None:
    """A number needs little; two long texts get as much as each other."""
    number, name, long, longer = fit_widths(
        ("序号", "单位名称", "问题", "措施"),
        [("12", "示例市青溪区数据局", "甲" * 60, "乙" * 90)],
        80,
    )
    assert number < 5
    assert 10 < name < 13
    assert long == pytest.approx(longer, abs=0.01)
    assert long > 30


def test_a_name_a_little_wider_than_its_share_stays_on_a_line() -> None:
    """The longest column gives way."""
    name = "示例市青溪区东关街道办事处"
    rows = [("甲" * 39, name, "乙" * 39, "丙" * 30, "12")]
    widths = fit_widths(("检查表", "单位", "问题", "措施", "得分"), rows, 50)
    assert widths[1] > estimate_width(name) + 1
    assert widths[0] == pytest.approx(widths[2], abs=0.01)


def test_too_many_columns_share_the_room_and_nothing_fails() -> None:
    """Words break then; rows may be missing."""
    widths = fit_widths(["quartile"] * 30, [], 50)
    assert widths == pytest.approx([50 / 30] * 30)
    assert break_head("没有整改措施", 1) == "没有整改措施"


@pytest.mark.parametrize(
    ("head", "width", "lines"),
    [
        ("参加比较的答卷", 6.5, ["参加比", "较的答卷"]),
        ("逾期 31 至 90 天", 6.5, ["逾期 31", "至 90 天"]),
        ("中位数", 4.3, ["中位数"]),
        ("Lower quartile", 5, ["Lower quartile"]),
    ],
)
def test_a_chinese_head_has_lines_of_even_length(head: str, width: float, lines: list[str]) -> None:
    """English heads break at their blanks by themselves."""
    assert break_head(head, width).split("\n") == lines


def test_a_page_on_its_side_has_more_room() -> None:
    """156 and 225 mm in em of the type."""
    assert compute_room(10.5) == pytest.approx(42.1, abs=0.1)
    assert compute_room(8.5, landscape=True) == pytest.approx(75, abs=0.1)
