from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assess.engine.kinds.conformity import degree_of_partial_result
from assess.engine.kinds.values import answer_degree, answer_result, can_answers_have_degree
from assess.model.answer import Answer
from assess.model.base import Number
from assess.model.item import Item
from assess.model.item_parts import Other, Step
from assess.model.results import Result
from factories import (
    choice,
    choices,
    conformity,
    date_item,
    ladder,
    number,
    ratio,
    scoring,
    table,
    text_item,
)

_RATIO_STEPS = (
    Step(at_least=Number("0.9"), degree=Number(1)),
    Step(above=Number("0.7"), degree=Number("0.5")),
)
_DAYS = (
    Step(at_most=Number(7), degree=Number(1)),
    Step(below=Number(30), degree=Number("0.5")),
)
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("item", "value", "expected", "found"),
    [
        (ladder(), "quarterly", Fraction(1), "met"),
        (ladder(), "yearly", HALF, "partial"),
        (ladder(), "never", Fraction(0), "unmet"),
        (ladder(), "weekly", None, None),
        (ratio(), {"part": 23, "whole": 25}, Fraction(23, 25), "partial"),
        (ratio(), {"part": 25, "whole": 25}, Fraction(1), "met"),
        (ratio(), {"part": 0, "whole": 25}, Fraction(0), "unmet"),
        (ratio(), {"part": 0, "whole": 0}, None, None),
        (ratio(), {"part": 3, "whole": 2}, None, None),
        (ratio(), {"part": True, "whole": 2}, None, None),
        (ratio(), {"part": 3}, None, None),
        (ratio(), "3/4", None, None),
        (ratio(steps=_RATIO_STEPS), {"part": 9, "whole": 10}, Fraction(1), "met"),
        (ratio(steps=_RATIO_STEPS), {"part": 71, "whole": 100}, HALF, "partial"),
        (ratio(steps=_RATIO_STEPS), {"part": 7, "whole": 10}, Fraction(0), "unmet"),
        (ratio(steps=_RATIO_STEPS), {"part": 7, "whole": 0}, None, None),
        (number(steps=_DAYS), 7, Fraction(1), "met"),
        (number(steps=_DAYS), Number("7.1"), HALF, "partial"),
        (number(steps=_DAYS), 30, Fraction(0), "unmet"),
        (number(steps=_DAYS), "7", None, None),
        (number(steps=_DAYS), True, None, None),
        (number(), 7, None, "answered"),
        (number(), "7", None, None),
        (choice(), "a", Fraction(1), "met"),
        (choice(), "z", None, None),
        (choice("C", "1", None), "b", Fraction(0), "unmet"),
        (choice("C", None, None), "b", None, "answered"),
        (choice("C", None, None), "z", None, None),
        (choice(other=Other(degree=Number("0.5"))), {"other": "共建"}, HALF, "partial"),
        (choice(), {"other": "共建"}, None, None),
        (choice(other=Other()), {"other": " "}, None, None),
        (choices(), ["a"], HALF, "partial"),
        (choices(), ["a", "b"], Fraction(1), "met"),
        (choices(), ["a", "a"], HALF, "partial"),
        (choices(), ["none"], Fraction(0), "unmet"),
        (choices("C", "0.8", "0.8"), ["a", "b"], Fraction(1), "met"),
        (choices(other=Other(degree=Number("0.5"))), ["a", {"other": "x"}], Fraction(1), "met"),
        (choices(other=Other()), ["a", {"other": "x"}], HALF, "partial"),
        (choices(), [], None, None),
        (choices(), "a", None, None),
        (date_item(), "2026-03-18", None, "answered"),
        (date_item(), "2026-02-30", None, None),
        (date_item(), "20260318", None, None),
        (text_item(), "0000-0000000", None, "answered"),
        (text_item(), "  ", None, None),
        (table(), [], None, "answered"),
        (table(), "none", None, None),
        (conformity(), "met", None, None),
    ],
)
def test_degree_and_result_of_values(
    item: Item, value: Any, expected: Fraction | None, found: Result | None
) -> None:
    """Each kind has its degree; what can't be read is unanswered; no degree is `answered`."""
    answer = Answer(value=value)
    assert answer_degree(item, answer, scoring()) == expected
    assert answer_result(item, answer, scoring()) == found


@pytest.mark.parametrize(
    ("status", "expected"), [("met", 1), ("partial", HALF), ("unmet", 0), (None, None)]
)
def test_status_gives_degree_and_result(status: Any, expected: Any) -> None:
    """A conformity item's result is its status."""
    answer = Answer(status=status)
    assert answer_degree(conformity(), answer, scoring()) == expected
    assert answer_result(conformity(), answer, scoring()) == status


def test_partial_is_a_parameter() -> None:
    """What partial counts: given, else 0.5 for percent and deduction, 0 for rate."""
    assert [degree_of_partial_result(scoring(one)) for one in ("percent", "deduction", "rate")] == [
        Number("0.5"),
        Number("0.5"),
        Number(0),
    ]
    assert degree_of_partial_result(scoring("rate", partial=Number("0.3"))) == Number("0.3")
    assert answer_degree(conformity(), Answer(status="partial"), scoring("rate")) == 0
    assert answer_result(conformity(), Answer(status="partial"), scoring("rate")) == "partial"


@pytest.mark.parametrize("item", [conformity(), ladder(), ratio(), text_item(), table()])
def test_not_applicable_has_no_degree(item: Item) -> None:
    """Any kind may be not applicable; then it has no degree."""
    answer = Answer(status="not_applicable", note="无此设备")
    assert answer_result(item, answer, scoring()) == "not_applicable"
    assert answer_degree(item, answer, scoring()) is None


def test_a_status_on_another_kind_says_nothing() -> None:
    """`met` on a ladder is no answer: ladders take a rung."""
    assert answer_result(ladder(), Answer(status="met"), scoring()) is None


def test_degrees_out_of_range_are_held_within() -> None:
    """A wrong checklist can't make a degree above 1 or below 0."""
    assert answer_degree(choice("C", "7", "-3"), Answer(value="a"), scoring()) == 1
    assert answer_degree(choice("C", "7", "-3"), Answer(value="b"), scoring()) == 0


def test_which_kinds_score() -> None:
    """Conformity, ladder and ratio always score, numbers with steps, choices with a degree."""
    assert all(
        can_answers_have_degree(one)
        for one in (conformity(), ladder(), ratio(), number(steps=_DAYS))
    )
    assert can_answers_have_degree(choice("C", None, None, other=Other(degree=Number(1))))
    assert not any(
        can_answers_have_degree(one) for one in (number(), choice("C", None), date_item(), table())
    )


@pytest.mark.parametrize("value", [10**40, Number("1E+99"), Number("NaN")])
def test_monstrous_numbers_are_not_read(value: Any) -> None:
    """Numbers of more than 30 digits are refused before exact arithmetic meets them."""
    assert answer_result(number(), Answer(value=value), scoring()) is None
