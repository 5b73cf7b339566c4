"""Head, foot and messages: nothing runs over, and what matters most stays."""

from __future__ import annotations

import pytest

from assess.display.text.bars import KeyChip, foot_line, key_lines, message_lines, screen_head_line
from assess.display.text.cells import width_of
from assess.display.text.styled import LinePart, StyledLine, join_lines_without_styles

CRUMBS = ["2026", "政务服务门户", "电子政务网络安全检查表"]
FACTS = [LinePart("86.3 分", "dim"), LinePart("60/65", "dim"), LinePart("周平")]
SAVED = LinePart("已存 09:31", "good")
CHIPS = [
    KeyChip("Enter", "填写"),
    KeyChip("n", "下一未填"),
    KeyChip("?", "帮助"),
    KeyChip("q", "退出"),
]


def text(line: StyledLine) -> str:
    """Return a line without its styles."""
    return join_lines_without_styles([line])


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_the_head_fits_and_keeps_who_acts_and_what_is_saved(width: int) -> None:
    """The middle goes first: the last crumb, the person and the state of saving stay longest."""
    line = screen_head_line(CRUMBS, [*FACTS, SAVED], width)
    assert width_of(text(line)) == width
    assert {part.ground for part in line} == {"raised"}
    assert text(line).endswith("周平  已存 09:31 ")
    if width >= 60:
        assert CRUMBS[-1] in text(line)
        assert "60/65" in text(line)


def test_the_last_crumb_is_where_one_is() -> None:
    """It has the colour of headings; the others are quiet."""
    line = screen_head_line(CRUMBS, [], 80)
    assert [part.style for part in line if part.text in CRUMBS] == ["dim", "dim", "title"]


def test_keys_stand_out_from_their_labels() -> None:
    """Key and label are two parts; chips are two cells apart."""
    line = foot_line(CHIPS, 60)
    assert text(line).rstrip() == " Enter 填写  n 下一未填  ? 帮助  q 退出"
    assert [part.text for part in line if part.style == "key"] == ["Enter", "n", "?", "q"]


def test_a_narrow_foot_keeps_help_and_the_way_out() -> None:
    """Words go from the end on, then keys; a dialog has all of them, on more lines."""
    assert text(foot_line(CHIPS, 32)).rstrip() == " Enter 填写  n  ? 帮助  q 退出"
    assert text(foot_line(CHIPS, 28)).rstrip() == " Enter  n  ? 帮助  q 退出"
    assert text(foot_line(CHIPS, 20)).rstrip() == " n  ? 帮助  q 退出"
    rows = [text(row) for row in key_lines(CHIPS, 22)]
    assert rows == [" Enter 填写", " n 下一未填  ? 帮助", " q 退出"]


def test_a_message_has_an_edge_in_the_colour_of_its_weight() -> None:
    """A warning begins with a sign; a long message takes two lines, the second is cut."""
    assert [line[0].style for line in message_lines("全部已填", 40)] == ["label"]
    assert [line[0].style for line in message_lines("! 未存", 40)] == ["warn"]
    assert [line[0].fine for line in message_lines("已存", 40, "good")] == ["▌ "]
    long = message_lines("一行一行又一行。" * 9, 20)
    assert [width_of(text(line)) <= 20 for line in long] == [True, True]
    assert text(long[-1]).rstrip().endswith("..")
