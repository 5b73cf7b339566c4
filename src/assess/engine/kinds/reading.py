"""Reading of plain answer values and of typed texts, without error messages.

The result for an unreadable value is None. The item then counts as unanswered, and `check_value`
returns the reason.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from assess.model.base import Number
from assess.model.item_parts import Step

MAX_DIGITS = 30
"""Numbers of more digits are refused, so that exact arithmetic stays small (1e999999999)."""

_LONGEST_AS_A_WHOLE = 1000
"""Characters of a text that is normalised as a whole."""


class PartOfWhole(NamedTuple):
    """A readable answer to a ratio item: two counts."""

    part: int
    whole: int


def read_number(raw: Any) -> Decimal | None:
    """Return a plain number as an exact decimal; true and false are no numbers."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if abs(raw) < 10**MAX_DIGITS else None
    return raw if raw.is_finite() and abs(raw.adjusted()) < MAX_DIGITS else None


def read_date(raw: Any) -> date | None:
    """Return an ISO date that exists (`2026-03-18`)."""
    if not isinstance(raw, str) or len(raw) != len("2026-03-18"):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def read_text(raw: Any) -> str | None:
    """Return a text that is not blank."""
    return raw if isinstance(raw, str) and raw.strip() else None


def read_counts(raw: Any) -> PartOfWhole | None:
    """Return `{part, whole}` where both are whole numbers."""
    if not isinstance(raw, Mapping) or set(raw) != {"part", "whole"}:
        return None
    part, whole = raw["part"], raw["whole"]
    if not all(type(count) is int and read_number(count) is not None for count in (part, whole)):
        return None
    return PartOfWhole(part, whole)


def read_share(raw: Any) -> Fraction | None:
    """Return part ÷ whole, between 0 and 1; None where the counts don't allow it."""
    counts = read_counts(raw)
    if counts is None or counts.whole <= 0 or not 0 <= counts.part <= counts.whole:
        return None
    return Fraction(counts.part, counts.whole)


def degree_of_matching_step(steps: tuple[Step, ...], value: Fraction) -> Fraction:
    """Return the degree of the first step that the value fits; 0 below all of them."""
    for step in steps:
        if does_step_match(step, value):
            return Fraction(step.degree)
    return Fraction(0)


def does_step_match(step: Step, value: Fraction) -> bool:
    """Return whether the value meets every threshold that the step names."""
    return (
        (step.at_least is None or value >= Fraction(step.at_least))
        and (step.above is None or value > Fraction(step.above))
        and (step.at_most is None or value <= Fraction(step.at_most))
        and (step.below is None or value < Fraction(step.below))
    )


def normalize_width_and_strip(text: str) -> str:
    """Return a typed text with full-width digits and signs as their narrow forms, stripped.

    A long text is normalised sign by sign: a row of combining signs takes time by its square.
    """
    if len(text) > _LONGEST_AS_A_WHOLE:
        return "".join(unicodedata.normalize("NFKC", sign) for sign in text).strip()
    return unicodedata.normalize("NFKC", text).strip()


def fold_width_and_case(text: str) -> str:
    """Return a text with full-width letters and digits as ASCII, in lower case, stripped."""
    return normalize_width_and_strip(text).casefold()


def fold_width_case_drop_spaces(text: str) -> str:
    """Return a text as `fold_width_and_case` does, without its spaces."""
    return "".join(fold_width_and_case(text).split())


def parse_exact_number(text: str) -> int | Number:
    """Return an integer where the text is one, else the exact decimal."""
    return Number(text) if "." in text else int(text)
