"""What an answer's value means: its degree, its result, its wording, what is wrong with it.

Degrees (0 to 1) by kind. These are rules of our own, except where a source is named:

- conformity: met 1, partial the checklist's `partial`, unmet 0. Half for 部分符合 is what GB/T
  45396-2025 annex A writes [seen] and what the 2019 and 2021 report templates use [from memory].
- ladder: the rung's own degree.
- ratio: part ÷ whole, or the first step that fits; below all steps 0.
- number: the first step that fits; without steps it does not score.
- choice: the option's own degree; choices: the degrees of the ticks added up, at most 1. Where any
  option has a degree, one without has 0; where none has, the item does not score.
- date, text, table: none.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from assess.engine.kinds.checks import ValueProblem, check_value
from assess.engine.kinds.parse import parse_value
from assess.engine.kinds.reading import by_steps, date_of, number_of, share_of, text_of, ticks_of
from assess.engine.kinds.wording import value_text
from assess.model.answer import Answer
from assess.model.base import Number
from assess.model.checklist import Scoring
from assess.model.item import (
    Choice,
    Choices,
    Conformity,
    DateItem,
    Item,
    Ladder,
    NumberItem,
    Ratio,
    TextItem,
)
from assess.model.results import Result

__all__ = [
    "ValueProblem",
    "check_value",
    "degree",
    "parse_value",
    "partial_of",
    "result",
    "scores",
    "value_text",
]

DEFAULT_PARTIAL = {"percent": Number("0.5"), "deduction": Number("0.5"), "rate": Number(0)}
"""What a partial result counts where the checklist does not say; sources in engine.score."""


def partial_of(scoring: Scoring) -> Number:
    """Return what a partial result counts: the checklist's parameter, else the method's default."""
    return DEFAULT_PARTIAL[scoring.method] if scoring.partial is None else scoring.partial


def scores(item: Item) -> bool:
    """Return whether answers to the item have a degree at all."""
    if isinstance(item, Choice | Choices):
        own = item.other.degree if item.other is not None else None
        return own is not None or any(option.degree is not None for option in item.options)
    if isinstance(item, NumberItem):
        return bool(item.number.steps)
    return isinstance(item, Conformity | Ladder | Ratio)


def degree(item: Item, answer: Answer, scoring: Scoring) -> Fraction | None:
    """Return how far the answer meets the requirement, exactly, from 0 to 1.

    None where nothing readable was answered, for `not_applicable`, and for items without degree.
    """
    if answer.status == "not_applicable" or not scores(item):
        return None
    found = _degree(item, answer, scoring)
    return None if found is None else min(max(found, Fraction(0)), Fraction(1))


def result(item: Item, answer: Answer, scoring: Scoring) -> Result | None:
    """Return what was found; None where nothing readable was answered.

    A conformity item says it by its status; else degree 1 is met, 0 unmet, between partial.
    Readable values of items without degree are `answered`.
    """
    if answer.status == "not_applicable":
        return "not_applicable"
    if isinstance(item, Conformity):
        return answer.status
    if not scores(item):
        return "answered" if _readable(item, answer) else None
    found = degree(item, answer, scoring)
    if found is None:
        return None
    if found in (0, 1):
        return "met" if found else "unmet"
    return "partial"


def _degree(item: Item, answer: Answer, scoring: Scoring) -> Fraction | None:
    raw = answer.value
    if isinstance(item, Conformity):
        by_status = {"met": Decimal(1), "partial": partial_of(scoring), "unmet": Decimal(0)}
        return None if answer.status is None else Fraction(by_status[answer.status])
    if isinstance(item, Ladder):
        return next((Fraction(rung.degree) for rung in item.rungs if rung.id == raw), None)
    if isinstance(item, Ratio):
        share = share_of(raw)
        steps = item.ratio.steps
        return by_steps(steps, share) if steps and share is not None else share
    if isinstance(item, NumberItem):
        number = number_of(raw)
        return None if number is None else by_steps(item.number.steps, Fraction(number))
    return _ticked(item, answer) if isinstance(item, Choice | Choices) else None


def _ticked(item: Choice | Choices, answer: Answer) -> Fraction | None:
    ticks = ticks_of(item, answer.value)
    if ticks is None:
        return None
    degrees = [option.degree for option in ticks.options]
    if ticks.other is not None and item.other is not None:
        degrees.append(item.other.degree)
    return sum((Fraction(one) for one in degrees if one is not None), Fraction(0))


def _readable(item: Item, answer: Answer) -> bool:
    raw = answer.value
    if isinstance(item, NumberItem):
        return number_of(raw) is not None
    if isinstance(item, Choice | Choices):
        return ticks_of(item, raw) is not None
    if isinstance(item, DateItem):
        return date_of(raw) is not None
    if isinstance(item, TextItem):
        return text_of(raw) is not None
    return isinstance(raw, list | tuple)
