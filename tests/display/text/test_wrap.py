from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.display.text import wrap
from assess.display.text.cells import width_of
from assess.display.text.styled import labelled_lines
from assess.display.text.wrap import (
    drop_parts_beyond_width,
    fit_width,
    place_at_both_ends,
    wrap_text,
)

MIXED = st.text("登录防火墙，。（）“”abc XYZ-1.2", max_size=80)


def test_closing_punctuation_never_starts_a_line() -> None:
    """A full stop that does not fit takes the character before it along."""
    assert wrap_text("看最后一条是否为拒绝。", 20) == ["看最后一条是否为拒", "绝。"]


def test_opening_brackets_never_end_a_line() -> None:
    """An opening bracket goes with what it opens."""
    assert wrap_text("打开访问控制（策略）", 14) == ["打开访问控制", "（策略）"]


def test_latin_words_stay_whole() -> None:
    """A line breaks at spaces, and between Han and Latin."""
    assert wrap_text("查 GB/T 22239-2019 条款", 12) == ["查 GB/T", "22239-2019", "条款"]


def test_a_word_longer_than_the_line_is_split() -> None:
    """A long address is cut hard rather than lost."""
    assert wrap_text("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_paragraphs_and_empty_lines_stay() -> None:
    """Line breaks of the text are kept."""
    assert wrap_text("一\n\n二", 10) == ["一", "", "二"]


@given(MIXED, st.integers(2, 40))
def test_wrapping_loses_nothing_and_never_overflows(text: str, width: int) -> None:
    """All signs but spaces at breaks are there in order; no line is wider than asked."""
    lines = wrap_text(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= width for line in lines)


@given(MIXED, st.integers(0, 40))
def test_fit_gives_exactly_the_width(text: str, width: int) -> None:
    """Whatever the text, the cells are as many as asked."""
    assert width_of(fit_width(text, width)) == width


@given(MIXED, MIXED, st.integers(0, 60))
def test_spread_gives_exactly_the_width(left: str, right: str, width: int) -> None:
    """So are those of two texts on one line."""
    assert width_of(place_at_both_ends(left, right, width)) == width


def test_spread_keeps_the_right_whole() -> None:
    """The left gives way first."""
    assert place_at_both_ends("很长的标题文字", "41/57", 12) == "很长.. 41/57"


@pytest.mark.parametrize(
    ("width", "wanted"),
    [(40, "saved    b back  n next"), (20, "saved    b back"), (9, "saved"), (2, "saved")],
)
def test_parts_go_whole_from_the_end(width: int, wanted: str) -> None:
    """What is set apart by two spaces stays or goes; the first part stays."""
    assert drop_parts_beyond_width("saved    b back  n next", width) == wanted


def test_a_long_word_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encoded data in a note is a single word: each character is measured a few times."""
    measured = 0

    def count_chars(text: str) -> int:
        nonlocal measured
        measured += len(text)
        return len(text)

    monkeypatch.setattr(wrap, "width_of_char", count_chars)
    monkeypatch.setattr(wrap, "width_of", count_chars)
    lines = wrap.wrap_text("x" * 20_000, 50)
    assert lines == ["x" * 50] * 400
    assert measured < 5 * 20_000


def test_joined_pictures_stand_side_by_side() -> None:
    """They have one width on each terminal; a joiner between other signs stays to be escaped."""
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert wrap.remove_emoji_joiners(f"家{family}") == "家\U0001f468\U0001f469\U0001f467"
    assert wrap.remove_emoji_joiners("a\u200db") == "a\u200db"
    (line,) = labelled_lines("", [family], 20)
    assert line[-1].text == "\U0001f468\U0001f469\U0001f467"
