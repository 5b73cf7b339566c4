"""Operands of field checks: the numbers and dates that an answer has, as its kind lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Context, Decimal
from functools import reduce
from typing import Any, Literal, NamedTuple

from assess.i18n import Lang

_EXACT = Context(prec=200)
"""Numbers of files have 30 digits and exponents up to 30; a thousand of them add up exactly."""

OperandType = Literal["number", "rows", "column", "date"]
"""What a check takes an operand for: a number, the rows of a table, a column's sum, or a date."""


def _return_empty_title(_lang: Lang) -> str:
    return ""


class Operand(NamedTuple):
    """A number or date of an answer, under the name that checks give it."""

    type: OperandType
    read: Callable[[Any], Decimal | date | None]
    """Returns it from the plain value of an answer; None where it can't be read."""
    part: str = ""
    """What follows the id of the item in a check; '' for the answer as a whole."""
    title: Callable[[Lang], str] = _return_empty_title
    """Returns the words of the form for the part."""


def add_exactly(numbers: Iterable[Decimal]) -> Decimal:
    """Return the sum of numbers of answers, without rounding."""
    return reduce(_EXACT.add, numbers, Decimal(0))
