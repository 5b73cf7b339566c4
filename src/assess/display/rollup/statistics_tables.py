"""统计: numbers, ratios, choices and columns of tables over all units and by category."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

from assess.display.rollup.table_building import (
    RollUpCell,
    RollUpSource,
    make_column,
    make_table,
)
from assess.engine.kinds.registry import answer_kind
from assess.engine.rollup.value_statistics import Measure, StatisticRow, compute_statistics
from assess.i18n import N_
from assess.model.base import Number, pick_text
from assess.model.results import format_score
from assess.model.rollup import RollUpTable

if TYPE_CHECKING:
    from assess.model.item import Table

MEASURE_NAMES: Final[dict[Measure, str]] = {
    "sum": N_("sum"),
    "ratio": N_("part of the whole"),
    "count": N_("chosen by"),
    "rows": N_("rows"),
    "column_sum": N_("sum of a column"),
    "column_count": N_("rows with this choice"),
    "column_filled": N_("rows that are filled in"),
}
"""What a figure says."""

_OF_COLUMNS: Final[frozenset[Measure]] = frozenset(("column_sum", "column_count", "column_filled"))
"""The figures of tables; the others with a part are of options and rungs."""


def make_statistics_tables(source: RollUpSource) -> tuple[RollUpTable, ...]:
    """Return one table with a row for each figure of each category."""
    _ = source.translate
    columns = [
        make_column("checklist", _("Checklist")),
        make_column("item_id", _("Id")),
        make_column("item", _("Item")),
        make_column("category", _("Category")),
        make_column("measure", _("Figure")),
        make_column("part_id", _("Id of the option or column")),
        make_column("part", _("Option or column")),
        make_column("value", _("Amount"), "number"),
        make_column("of", _("Of"), "number"),
        make_column("share", _("Share"), "percent"),
        make_column("answered", _("Sheets with an answer"), "number"),
        make_column("unanswered", _("Sheets without an answer"), "number"),
    ]
    rows = (_list_statistic_cells(source, row) for row in compute_statistics(source.records))
    note = _(
        "Over the sheets of the issued checklists. Sheets without an answer are in no sum and "
        "never count as 0."
    )
    return (make_table("statistics", _("Statistics"), note, columns, rows),)


def _list_statistic_cells(source: RollUpSource, row: StatisticRow) -> tuple[RollUpCell, ...]:
    _ = source.translate
    is_empty = row.answered == 0
    return (
        source.checklist_title(row.checklist),
        row.item,
        source.item_title(row.checklist, row.item),
        _("all") if row.is_total else source.category_name(row.category),
        _(MEASURE_NAMES[row.measure]),
        row.part,
        _part_title(source, row),
        None if is_empty else row.value,
        None if is_empty else row.of,
        None if is_empty else _compute_share_of_numbers(row.value, row.of),
        row.answered,
        row.unanswered,
    )


def _compute_share_of_numbers(value: Number, of: Number | None) -> Number | None:
    """Return a share of exact numbers with three decimals; None of nothing."""
    if not of:
        return None
    return Number(format_score(Fraction(value) / Fraction(of), 3))


def _part_title(source: RollUpSource, row: StatisticRow) -> str | None:
    """Return the title of an option, a rung or a column, and of an option of a column."""
    item = source.records.checklists[row.checklist].items().get(row.item)
    if item is None or row.part is None:
        return None
    if row.measure in _OF_COLUMNS:
        column_id, _equals, option_id = row.part.partition("=")
        return _column_title(source, cast("Table", item), column_id, option_id)
    kind = answer_kind(item)
    return kind.value_text(item, [row.part] if kind.has_several_values else row.part, source.lang)


def _column_title(source: RollUpSource, item: Table, column_id: str, option_id: str) -> str | None:
    column = next((row for row in item.columns if row.id == column_id), None)
    if column is None:
        return None
    words = [pick_text(column.title, source.lang)]
    words += [pick_text(row.text, source.lang) for row in column.options if row.id == option_id]
    return " · ".join(words)
