"""Reading plain answer values by the kind of their item, without saying what is wrong with them.

A value that can't be read gives None here: it counts as not answered, and engine.checks says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from assess.model.item import Choice, Choices, Option, Step

MAX_DIGITS = 30
"""Numbers of more digits are refused, so that exact arithmetic stays small (1e999999999)."""


class PartOfWhole(NamedTuple):
    """A readable answer to a ratio item: two counts."""

    part: int
    whole: int


class Ticks(NamedTuple):
    """A readable answer to a choice: the options ticked, and own words, if any."""

    options: tuple[Option, ...]
    other: str | None = None


def number_of(raw: Any) -> Decimal | None:
    """Return a plain number as an exact decimal; true and false are no numbers."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if abs(raw) < 10**MAX_DIGITS else None
    return raw if raw.is_finite() and abs(raw.adjusted()) < MAX_DIGITS else None


def date_of(raw: Any) -> date | None:
    """Return an ISO date that exists (`2026-03-18`)."""
    if not isinstance(raw, str) or len(raw) != len("2026-03-18"):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def text_of(raw: Any) -> str | None:
    """Return a text that is not blank."""
    return raw if isinstance(raw, str) and raw.strip() else None


def counts_of(raw: Any) -> PartOfWhole | None:
    """Return `{part, whole}` where both are whole numbers."""
    if not isinstance(raw, Mapping) or set(raw) != {"part", "whole"}:
        return None
    part, whole = raw["part"], raw["whole"]
    if not all(type(one) is int and number_of(one) is not None for one in (part, whole)):
        return None
    return PartOfWhole(part, whole)


def share_of(raw: Any) -> Fraction | None:
    """Return part ÷ whole, between 0 and 1; None where the counts don't allow it."""
    counts = counts_of(raw)
    if counts is None or counts.whole <= 0 or not 0 <= counts.part <= counts.whole:
        return None
    return Fraction(counts.part, counts.whole)


def own_words_of(raw: Any) -> str | None:
    """Return the words of `{other: words}`."""
    if isinstance(raw, Mapping) and set(raw) == {"other"}:
        return text_of(raw["other"])
    return None


def ticks_of(item: Choice | Choices, raw: Any) -> Ticks | None:
    """Return what was ticked: one thing for `choice`, at least one for `choices`."""
    if isinstance(item, Choices):
        return _ticks(item, raw) if isinstance(raw, list | tuple) and raw else None
    return _ticks(item, (raw,))


def _ticks(item: Choice | Choices, raws: list[Any] | tuple[Any, ...]) -> Ticks | None:
    known = {option.id: option for option in item.options}
    ticked: dict[str, Option] = {}
    words = None
    for raw in raws:
        option = known.get(raw) if isinstance(raw, str) else None
        own = own_words_of(raw) if item.other is not None else None
        if option is not None:
            ticked[option.id] = option
        elif own is not None:
            words = own
        else:
            return None
    return Ticks(tuple(ticked.values()), words)


def by_steps(steps: tuple[Step, ...], value: Fraction) -> Fraction:
    """Return the degree of the first step that the value fits; 0 below all of them."""
    for step in steps:
        if fits(step, value):
            return Fraction(step.degree)
    return Fraction(0)


def fits(step: Step, value: Fraction) -> bool:
    """Return whether the value meets every threshold that the step names."""
    return (
        (step.at_least is None or value >= Fraction(step.at_least))
        and (step.above is None or value > Fraction(step.above))
        and (step.at_most is None or value <= Fraction(step.at_most))
        and (step.below is None or value < Fraction(step.below))
    )
