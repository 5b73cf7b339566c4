"""Numbers, ratios, choices and columns of tables, summed or counted over units (统计).

What is not answered is counted as such, and is in no sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from assess.engine.rollup.records import RollUpRecords, UnitEntry
from assess.engine.rollup.unit_entries import STATISTIC_KINDS
from assess.model.base import Number
from assess.model.round_data import ColumnRecord, ItemDefinition

Measure = Literal["sum", "ratio", "count", "rows", "column_sum", "column_count", "column_filled"]
"""What a row says: the sum of numbers; parts of wholes; how many chose an option; how many rows a
table has; of a column the sum, how many cells have an option, how many cells are filled."""


class StatisticRow(NamedTuple):
    """A figure of an item over the sheets of a category."""

    checklist: str
    item: str
    category: str | None
    is_total: bool
    measure: Measure
    part: str | None
    """The option or the column that it is about; `column=option` for an option of a column."""
    value: Number
    of: Number | None
    """What the value is a part of: the wholes, the answered sheets, the filled cells."""
    answered: int
    """The sheets that are answered with a value."""
    unanswered: int
    """The sheets to which the item applies and that have no value."""


class _Values(NamedTuple):
    """The values of an item over sheets."""

    definition: ItemDefinition
    values: list[Any]
    unanswered: int


class _Figure(NamedTuple):
    measure: Measure
    part: str | None
    value: Number
    of: Number | None = None


def compute_statistics(records: RollUpRecords) -> Iterator[StatisticRow]:
    """Yield the figures of each item of the issued checklists, of all units and by category."""
    for checklist in records.checklists:
        for place, definition in _list_definitions(records, checklist):
            groups: list[tuple[str | None, bool, Sequence[UnitEntry]]] = [
                (None, True, records.units)
            ]
            for category in records.list_categories():
                members = [entry for entry in records.units if entry.unit.category == category]
                groups.append((category, False, members))
            for category, is_total, units in groups:
                values = _collect_values(checklist, place, definition, units)
                for figure in _compute_figures(values):
                    yield StatisticRow(
                        checklist,
                        definition.id,
                        category,
                        is_total,
                        *figure,
                        len(values.values),
                        values.unanswered,
                    )


def _list_definitions(records: RollUpRecords, checklist: str) -> list[tuple[int, ItemDefinition]]:
    """Return the items of statistics with their places, as a sheet of a unit defines them."""
    for entry in records.units:
        for sheet in entry.sheets:
            if sheet.is_issued and sheet.checklist.id == checklist:
                items = [item for section in sheet.checklist.sections for item in section.items]
                return [row for row in enumerate(items) if row[1].kind in STATISTIC_KINDS]
    return []


def _collect_values(
    checklist: str, place: int, definition: ItemDefinition, units: Sequence[UnitEntry]
) -> _Values:
    values: list[Any] = []
    unanswered = 0
    for entry in units:
        for sheet in entry.sheets:
            if not sheet.is_issued or sheet.checklist.id != checklist:
                continue
            if definition.id in sheet.values:
                values.append(sheet.values[definition.id])
            elif sheet.outcomes[place] is None:
                unanswered += 1
    return _Values(definition, values, unanswered)


def _compute_figures(values: _Values) -> Iterator[_Figure]:
    """Yield the figures of an item; at least one, so that what is unanswered is named."""
    kind = values.definition.kind
    if kind == "number":
        yield _Figure("sum", None, _sum_numbers(values.values))
    elif kind == "ratio":
        parts = _sum_numbers(value["part"] for value in values.values)
        yield _Figure("ratio", None, parts, _sum_numbers(row["whole"] for row in values.values))
    elif kind == "table":
        yield from _compute_table_figures(values)
    else:
        yield from _count_options(values)


def _sum_numbers(values: Any) -> Number:
    return Number(sum((Decimal(value) for value in values), Decimal(0)))


def _count_options(values: _Values) -> Iterator[_Figure]:
    """Yield how many sheets chose each option; own words are counted together."""
    chosen = Counter[str]()
    for value in values.values:
        picked = value if isinstance(value, list | tuple) else [value]
        chosen.update({"other" if isinstance(word, dict) else str(word) for word in picked})
    options = list(values.definition.options)
    options += [option for option in sorted(chosen) if option not in options]
    for option in options:
        yield _Figure("count", option, Number(chosen[option]), Number(len(values.values)))


def _compute_table_figures(values: _Values) -> Iterator[_Figure]:
    rows = [row for value in values.values for row in value]
    yield _Figure("rows", None, Number(len(rows)))
    for column in values.definition.columns:
        cells = [row[column.id] for row in rows if row.get(column.id) is not None]
        yield from _compute_column_figures(column, cells, len(rows))


def _compute_column_figures(column: ColumnRecord, cells: list[Any], rows: int) -> Iterator[_Figure]:
    if column.type in ("integer", "number") and column.total is not False:
        yield _Figure("column_sum", column.id, _sum_numbers(cells))
    elif column.type == "choice":
        counts = Counter(map(str, cells))
        for option in column.options:
            part = f"{column.id}={option}"
            yield _Figure("column_count", part, Number(counts[option]), Number(len(cells)))
    elif column.type == "boolean":
        yes = sum(cell is True for cell in cells)
        yield _Figure("column_count", f"{column.id}=true", Number(yes), Number(len(cells)))
    else:
        yield _Figure("column_filled", column.id, Number(len(cells)), Number(rows))
