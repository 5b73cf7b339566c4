from __future__ import annotations

from fractions import Fraction

import pytest

from assess.display.text.marks import (
    LEGEND,
    item_mark,
    mark_style,
    meaning_of_mark,
    score_value_text,
)
from assess.display.text.styled import (
    join_lines_without_styles,
    labelled_lines,
    number_texts_if_several,
)
from assess.model.answer import Answer
from assess.model.results import ItemState
from factories import conformity


def state(**fields: object) -> ItemState:
    """Return the state of an item."""
    return ItemState(item=conformity(), section="s", number=1, applies="yes", **fields)  # type: ignore[arg-type]  # each test gives fields of ItemState


@pytest.mark.parametrize(
    ("result", "sign"),
    [
        ("met", "v"),
        ("answered", "v"),
        ("partial", "+"),
        ("unmet", "x"),
        ("not_applicable", "-"),
        (None, "."),
    ],
)
def test_each_result_has_its_mark(result: object, sign: str) -> None:
    """The marks are told apart without colour, and all are in the legend."""
    assert item_mark(state(result=result), result) == sign  # type: ignore[arg-type]  # a parameter of a test is a plain text to mypy
    assert sign in dict(LEGEND)
    assert mark_style(sign)


@pytest.mark.parametrize(
    "answer", [Answer(note="checked"), Answer(evidence={"ev-1": "policy"})], ids=["note", "piece"]
)
def test_note_or_evidence_without_a_result_is_marked_and_named(answer: Answer) -> None:
    """Nobody takes an item for untouched whose note was taken over, nor for answered."""
    begun = state(answer=answer)
    assert item_mark(begun, None) == "o"
    assert item_mark(begun, "met") == "v"
    assert "o" in dict(LEGEND)
    assert meaning_of_mark(begun, None, "zh") == "未填 只有说明或佐证"


def test_what_needs_work_again_is_marked() -> None:
    """Returned and stale answers show `!` until they are answered anew."""
    assert item_mark(state(result="met", work="returned"), "met") == "!"
    assert item_mark(state(result="met", stale=True), "met") == "!"
    assert item_mark(state(result="met", work="returned"), "unmet") == "x"


def test_not_applicable_without_its_reason_is_marked_and_named() -> None:
    """It is open: the mark and the words say so until the reason is there."""
    bare = state(result="not_applicable", answer=Answer(status="not_applicable"))
    reasoned = state(result="not_applicable", answer=Answer(status="not_applicable", note="none"))
    assert item_mark(bare, "not_applicable") == "!"
    assert item_mark(bare, "met") == "v"
    assert item_mark(reasoned, "not_applicable") == "-"
    assert meaning_of_mark(bare, "not_applicable", "en") == "not applicable reason missing"
    assert meaning_of_mark(bare, "not_applicable", "zh") == "不适用 缺理由"
    assert meaning_of_mark(reasoned, "not_applicable", "en") == "not applicable"


def test_words_say_what_marks_say() -> None:
    """Result, review, staleness, risk and lateness are in words."""
    seen = state(work="returned", stale=True, risk="high", overdue=True)
    assert (
        meaning_of_mark(seen, "unmet", "en")
        == "not met review: returned to be looked at again high risk overdue"
    )
    assert meaning_of_mark(state(), None, "en") == "unanswered"


def test_points() -> None:
    """A score has one decimal; none is a hyphen, narrow everywhere."""
    assert score_value_text(Fraction(165, 2)) == "82.5"
    assert score_value_text(None) == "-"


def test_numbers_hang() -> None:
    """Wrapped lines stand under the text, not under its number."""
    lines = join_lines_without_styles(
        labelled_lines("Check", number_texts_if_several(["登录防火墙看策略", "x"]), 16)
    )
    assert lines == "Check  1. 登录防\n          火墙看\n          策略\n       2. x"
    assert number_texts_if_several(["alone"]) == ["alone"]
    assert join_lines_without_styles(labelled_lines("", ["a"], 10)) == "a"
