"""Operands of field checks: which item a name means, and how its value becomes a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Context, Decimal
from functools import reduce
from typing import Any, NamedTuple

from assess.engine.kinds.reading import read_counts, read_date, read_number
from assess.model.item import DateItem, Item, NumberItem, Ratio, Table

_EXACT = Context(prec=200)
"""Numbers of files have 30 digits and exponents up to 30; a thousand of them add up exactly."""

NumberReader = Callable[[Any], Decimal | None]
"""Returns the number of a plain value of an answer; None where it can't be read."""


class ItemField(NamedTuple):
    """What a name of a check means: an item, and which of its numbers; '' where it has one."""

    item: Item
    part: str


def find_item_id(name: str, is_item: Callable[[str], bool]) -> str | None:
    """Return the id of the item that a name means; None where there is no such item.

    The item of this id goes before the part of another: ids may have dots.
    """
    if is_item(name):
        return name
    item_id = name.rpartition(".")[0]
    return item_id if is_item(item_id) else None


def find_number_reader(field: ItemField) -> NumberReader | None:
    """Return what reads the number of an operand; None where an item has no such number."""
    match field:
        case ItemField(NumberItem(), ""):
            return read_number
        case ItemField(Ratio(), "part" | "whole" as part):
            return lambda raw: _read_count(raw, part)
        case ItemField(Table(), "rows"):
            return _count_rows
        case _:
            return None


def find_row_counter(field: ItemField) -> NumberReader | None:
    """Return what counts the rows of a table; None for other items, and for parts of items."""
    return _count_rows if isinstance(field.item, Table) and not field.part else None


def find_column_reader(field: ItemField) -> NumberReader | None:
    """Return what adds up a column; None where the table has no such column of numbers."""
    match field:
        case ItemField(Table(columns=columns), part) if any(
            column.id == part and column.type in ("integer", "number") for column in columns
        ):
            return lambda raw: _add_up_column(raw, part)
        case _:
            return None


def find_date_reader(field: ItemField) -> Callable[[Any], date | None] | None:
    """Return what reads the date of an operand; None where an item has none."""
    match field:
        case ItemField(DateItem(), ""):
            return read_date
        case _:
            return None


def add_exactly(numbers: Iterable[Decimal]) -> Decimal:
    """Return the sum of numbers of answers, without rounding."""
    return reduce(_EXACT.add, numbers, Decimal(0))


def _read_count(raw: Any, part: str) -> Decimal | None:
    counts = read_counts(raw)
    return None if counts is None else Decimal(getattr(counts, part))


def _count_rows(raw: Any) -> Decimal | None:
    return Decimal(len(raw)) if isinstance(raw, list | tuple) else None


def _add_up_column(raw: Any, column_id: str) -> Decimal | None:
    """Return the sum of a column; an empty cell adds nothing, an unreadable one makes it None."""
    if not isinstance(raw, list | tuple):
        return None
    if not all(isinstance(row, Mapping) for row in raw):
        return None
    cells = [read_number(row[column_id]) for row in raw if column_id in row]
    numbers = [cell for cell in cells if cell is not None]
    return add_exactly(numbers) if len(numbers) == len(cells) else None
