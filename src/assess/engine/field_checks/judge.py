"""Judges field checks: which of them the answers of a sheet break.

A check is judged where all its operands are answered. An item that does not apply, by the facts or
by its answer with the reason, counts as 0; a date that does not apply is passed over. A
sub-question that waits for the answer to its parent counts as unanswered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, assert_never

from assess.engine.field_checks.operands import find_operand, find_operand_item_id
from assess.engine.kinds.operand import Operand, OperandType, OperandValue, add_exactly
from assess.model.answer import Answer
from assess.model.field_check import (
    AtMost,
    ColumnSumEquals,
    DatesInOrder,
    FieldCheck,
    FieldCheckForm,
    RowCountEquals,
    SumEquals,
)
from assess.model.item import Item
from assess.model.results import Assessment

_ZERO = Decimal(0)


class ItemAnswer(NamedTuple):
    """What is judged of an item."""

    item: Item
    answer: Answer | None
    applies: bool
    """Whether the item applies, or may apply once more facts are given."""
    awaits_parent: bool = False
    """Whether it is asked or not by an answer that is still to be given."""


AnswerLookup = Callable[[str], ItemAnswer | None]
"""Returns an item with its answer, by its id; None where the checklist has no such item."""


class JudgedOperand(NamedTuple):
    """An operand of a check, and what was answered."""

    item: Item
    operand: Operand
    value: Decimal | date


class BrokenCheck(NamedTuple):
    """A check that the answers break."""

    check: FieldCheck
    operands: tuple[JudgedOperand, ...]
    """In the order of the check; of dates, the first two that are in the wrong order."""
    item_ids: tuple[str, ...]
    """The items that the check names, once each."""
    row: int = 0
    """The first row of a table whose dates are in the wrong order, from 1; 0 for other checks."""


def list_operand_names(form: FieldCheckForm) -> tuple[str, ...]:
    """Return the names of the operands of a check, in its order."""
    match form:
        case SumEquals(addends, total):
            return (*addends, total)
        case DatesInOrder(dates):
            return dates
        case _:
            return tuple(form)


def index_checks_by_item(
    checks: Iterable[FieldCheck], item_ids: Collection[str]
) -> dict[str, tuple[FieldCheck, ...]]:
    """Return the checks that name each item, in the order of the checklist."""
    by_item: dict[str, list[FieldCheck]] = {}
    for check in checks:
        for item_id in _list_item_ids(check, item_ids.__contains__):
            by_item.setdefault(item_id, []).append(check)
    return {item_id: tuple(named) for item_id, named in by_item.items()}


def list_broken_checks(
    assessment: Assessment, named_items: Collection[str] | None = None
) -> list[BrokenCheck]:
    """Return the checks of a sheet that its answers break, in the order of the checklist.

    With `named_items` only those that name one of these items are judged.
    """
    if not assessment.field_checks:
        return []
    answers = {
        state.item.id: ItemAnswer(
            state.item, state.answer, state.applies != "no", state.awaits_parent
        )
        for state in assessment.items
    }
    checks = [
        check
        for check in assessment.field_checks
        if named_items is None
        or any(map(named_items.__contains__, _list_item_ids(check, answers.__contains__)))
    ]
    return find_broken_checks(checks, answers.get)


def find_broken_checks(checks: Iterable[FieldCheck], lookup: AnswerLookup) -> list[BrokenCheck]:
    """Return those of the checks that the answers break; only their operands are looked up."""
    judged = (judge_check(check, lookup) for check in checks)
    return [broken for broken in judged if broken is not None]


def judge_check(check: FieldCheck, lookup: AnswerLookup) -> BrokenCheck | None:
    """Return how the answers break a check; None where they meet it, or it can't be judged."""
    breach = _find_breach(check.form, lookup)
    if breach is None:
        return None
    item_ids = _list_item_ids(check, lambda item_id: lookup(item_id) is not None)
    return BrokenCheck(check, breach.operands, tuple(item_ids), breach.row)


class _Breach(NamedTuple):
    """The operands that break a check, and the row of a table where they stand."""

    operands: tuple[JudgedOperand, ...]
    row: int = 0


def _find_breach(form: FieldCheckForm, lookup: AnswerLookup) -> _Breach | None:
    """Return what breaks a check of this form; None where it is met or not judged."""
    match form:
        case SumEquals(addends, total):
            numbers = _read_numbers_inapplicable_as_zero([*addends, total], lookup)
            is_met = numbers is None or add_exactly(numbers.values[:-1]) == numbers.values[-1]
        case AtMost(value, limit):
            numbers = _read_numbers_inapplicable_as_zero([value, limit], lookup)
            is_met = numbers is None or numbers.values[0] <= numbers.values[1]
        case RowCountEquals(table, total):
            numbers = _read_numbers_inapplicable_as_zero([table, total], lookup, "rows")
            is_met = numbers is None or numbers.values[0] == numbers.values[1]
        case ColumnSumEquals(column, total):
            numbers = _read_numbers_inapplicable_as_zero([column, total], lookup, "column")
            is_met = numbers is None or numbers.values[0] == numbers.values[1]
        case DatesInOrder(dates):
            return _find_misordered_dates_if_answered(dates, lookup)
        case _:  # pragma: no cover  # mypy proves that nothing comes here
            assert_never(form)
    return None if numbers is None or is_met else _Breach(tuple(map(JudgedOperand, *numbers)))


class _Numbers(NamedTuple):
    """The numbers that the operands of a check have, in its order."""

    items: list[Item]
    operands: list[Operand]
    values: list[Decimal]


def _read_numbers_inapplicable_as_zero(
    names: Iterable[str], lookup: AnswerLookup, first_type: OperandType = "number"
) -> _Numbers | None:
    """Return the numbers of operands; None where one is not answered.

    The first of them may be of another type: the rows of a table, or its column.
    """
    numbers = _Numbers([], [], [])
    operand_type = first_type
    for name in names:
        answered = _find_operand_and_answer(name, lookup, operand_type)
        if answered is None:
            return None
        number = _ZERO if answered.is_inapplicable else answered.read()
        if not isinstance(number, Decimal):
            return None
        numbers.items.append(answered.item)
        numbers.operands.append(answered.operand)
        numbers.values.append(number)
        operand_type = "number"
    return numbers


def _find_misordered_dates_if_answered(
    names: Sequence[str], lookup: AnswerLookup
) -> _Breach | None:
    """Return the first two dates of which the earlier one comes later; None without such.

    Dates of columns are compared row by row; an empty cell is passed over.
    """
    if _find_operand_and_answer(names[0], lookup, "date column") is not None:
        return _find_row_out_of_order(names, lookup)
    dates: list[_JudgedDate] = []
    for name in names:
        answered = _find_operand_and_answer(name, lookup, "date")
        if answered is None:
            return None
        if answered.is_inapplicable:
            continue
        day = answered.read()
        if not isinstance(day, date):
            return None
        dates.append(_JudgedDate(day, answered))
    return _find_descent(dates)


def _find_row_out_of_order(names: Iterable[str], lookup: AnswerLookup) -> _Breach | None:
    """Return the dates of the first row that are in the wrong order; None without such a row."""
    columns: list[tuple[_AnsweredOperand, tuple[date | None, ...]]] = []
    for name in names:
        answered = _find_operand_and_answer(name, lookup, "date column")
        days = None if answered is None or answered.is_inapplicable else answered.read()
        if answered is None or not isinstance(days, tuple):
            return None
        columns.append((answered, days))
    for row, cells in enumerate(zip(*(days for _, days in columns), strict=False), 1):
        breach = _find_descent(
            _JudgedDate(day, answered)
            for (answered, _), day in zip(columns, cells, strict=True)
            if day is not None
        )
        if breach is not None:
            return breach._replace(row=row)
    return None


class _JudgedDate(NamedTuple):
    """A date, and the operand that it was read of."""

    day: date
    answered: _AnsweredOperand

    def as_operand(self) -> JudgedOperand:
        """Return it as an operand of a broken check."""
        return JudgedOperand(self.answered.item, self.answered.operand, self.day)


def _find_descent(dates: Iterable[_JudgedDate]) -> _Breach | None:
    """Return the first two neighbours of which the earlier one comes later; None without such."""
    for first, last in pairwise(dates):
        if first.day > last.day:
            return _Breach((first.as_operand(), last.as_operand()))
    return None


class _AnsweredOperand(NamedTuple):
    """What a name of a check means in a sheet."""

    item: Item
    operand: Operand
    answer: Answer
    is_inapplicable: bool

    def read(self) -> OperandValue | None:
        """Return what was answered; None where it can't be read."""
        return self.operand.read(self.answer.value)


def _find_operand_and_answer(
    name: str, lookup: AnswerLookup, operand_type: OperandType
) -> _AnsweredOperand | None:
    """Return what a name means; None where it means nothing, or waits for another answer."""
    item_id = find_operand_item_id(name, lambda known: lookup(known) is not None)
    named = None if item_id is None else lookup(item_id)
    operand = None if named is None else find_operand(name, named.item, operand_type)
    if named is None or operand is None or named.awaits_parent:
        return None
    answer = named.answer or Answer()
    is_left_out = answer.status == "not_applicable" and not answer.is_inapplicable_without_reason
    return _AnsweredOperand(named.item, operand, answer, is_left_out or not named.applies)


def _list_item_ids(check: FieldCheck, is_item: Callable[[str], bool]) -> Mapping[str, None]:
    """Return the items that a check names, once each, in its order."""
    ids = (find_operand_item_id(name, is_item) for name in list_operand_names(check.form))
    return dict.fromkeys(item_id for item_id in ids if item_id is not None)
