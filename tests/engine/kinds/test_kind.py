"""Tests of what every kind has: defaults, and texts for commit messages."""

from __future__ import annotations

from typing import Any

import pytest

from assess.engine.kinds.kind import AnswerKind, malformed_value_fault
from assess.engine.kinds.registry import answer_kind
from assess.model.answer import Answer
from assess.model.base import Number
from assess.model.item import Item, TextItem
from assess.model.item_parts import Other, Step
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

STEPS = (Step(at_most=Number(7), degree=Number(1)),)


@pytest.mark.parametrize(
    ("item", "value", "text"),
    [
        (ladder(), "yearly", "Yearly"),
        (ratio(), {"part": 1, "whole": 4}, "1/4 (25.0%)"),
        (number(steps=STEPS), 3, "3 days"),
        (number(), 3, None),
        (choice(), "a", "Option a"),
        (choice(other=Other()), {"other": "secret"}, None),
        (choices(), ["a", "b"], "2 ticked"),
        (choices(), "a", None),
        (date_item(), "2026-03-18", None),
        (text_item(), "secret", None),
        (table(), [{"carrier": "secret"}], None),
        (conformity(), None, None),
    ],
)
def test_words_of_people_are_in_no_public_text(item: Item, value: Any, text: str | None) -> None:
    """A commit message shows what the checklist words, and a number only where it scores."""
    assert answer_kind(item).public_text(item, value, "en") == text


@pytest.mark.parametrize(
    ("item", "value", "readable"),
    [
        (choices(), ["a"], True),
        (choices(), ["nowhere"], False),
        (choices(), 7, False),
        (choice(), "a", True),
        (choice(), "nowhere", False),
        (number(), Number("7"), True),
        (number(), "seven", False),
        (text_item(), "x", True),
        (text_item(), 7, False),
        (table(), None, False),
        (date_item(), None, False),
    ],
)
def test_what_counts_as_an_answer(item: Item, value: Any, *, readable: bool) -> None:
    """A value that can't be read is no answer, also where nothing scores."""
    assert answer_kind(item).is_readable(item, value) == readable


def test_a_kind_that_only_checks_has_defaults() -> None:
    """A kind that says nothing else is plain text, does not score, and any value answers it."""
    kind = AnswerKind[TextItem](
        check=lambda _item, _raw, _context: iter((malformed_value_fault(),))
    )
    item = text_item()
    assert not kind.scores(item)
    assert kind.degree(item, Answer(value="x"), scoring()) is None
    assert kind.is_readable(item, "x")
    assert not kind.is_readable(item, None)
    assert kind.value_text(item, Number("1.50"), "en") == "1.5"
    assert kind.parse(item, " x ") == "x"
    assert list(kind.answer_ids(item)) == []
    assert (kind.by_status, kind.rule_fields) == (False, ())
