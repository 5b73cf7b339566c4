"""清单汇总 and 沿用: the rows of all units together, and answers that were taken over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from assess.display.rollup.table_building import (
    RollUpCell,
    RollUpSource,
    list_unit_cells,
    make_column,
    make_table,
    make_unit_columns,
)
from assess.engine.kinds.table import cell_text_without_unit
from assess.engine.punctuation import format_bracketed_remark
from assess.engine.rollup.records import compute_share
from assess.engine.rollup.table_lists import ListedTable, list_table_items, list_unit_tables
from assess.model.base import Number, pick_text
from assess.model.item import Table
from assess.model.item_parts import Column
from assess.model.rollup import ColumnKind, RollUpColumn, RollUpTable

_KINDS: Final[dict[str, ColumnKind]] = {"integer": "number", "number": "number", "date": "date"}
"""What the cells of a column hold, by its type; the others are texts."""


def make_list_tables(source: RollUpSource) -> tuple[RollUpTable, ...]:
    """Return a table for each table of the checklists, and one of what was taken over.

    What units wrote into tables tells who they are: an anonymous roll-up has none of them.
    """
    if source.records.is_anonymous:
        return (_make_taken_over_table(source),)
    lists = (
        _make_list_table(source, checklist, item)
        for checklist, item in list_table_items(source.records)
    )
    return (*lists, _make_taken_over_table(source))


def _make_list_table(source: RollUpSource, checklist: str, item: Table) -> RollUpTable:
    _ = source.translate
    columns = [
        *make_unit_columns(source),
        make_column("system", _("System")),
        *(_make_list_column(source, column) for column in item.columns),
        make_column("remark", _("Remark")),
    ]
    tables = list_unit_tables(source.records, checklist, item.id)
    rows = (row for table in tables for row in _list_rows(source, item, table))
    title = _("List: {item}").format(item=source.item_title(checklist, item.id))
    note = _(
        "{checklist}: the rows of all units one below the other, of sheets of the issued "
        "checklist. Who did not answer, or has no row, is named."
    ).format(checklist=source.checklist_title(checklist))
    return make_table(f"list.{checklist}.{item.id}", title, note, columns, rows)


def _make_list_column(source: RollUpSource, column: Column) -> RollUpColumn:
    unit = format_bracketed_remark(pick_text(column.unit, source.lang), source.lang)
    title = pick_text(column.title, source.lang) + unit
    return make_column(f"cell.{column.id}", title, _KINDS.get(column.type, "text"))


def _list_rows(
    source: RollUpSource, item: Table, table: ListedTable
) -> Iterator[tuple[RollUpCell, ...]]:
    """Yield the rows of a sheet; one that says why where there are none."""
    _, entry = source.translate, table.entry
    head = (
        *list_unit_cells(source, entry),
        source.system_name(table.sheet.system),
    )
    if not table.rows:
        remark = _("not answered") if table.rows is None else _("no rows")
        yield (*head, *(None for _column in item.columns), remark)
    for row in table.rows or ():
        cells = (_make_cell(source, column, row.get(column.id)) for column in item.columns)
        yield (*head, *cells, None)


def _make_cell(source: RollUpSource, column: Column, value: Any) -> RollUpCell:
    if value is None:
        return None
    kind = _KINDS.get(column.type)
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "number":
        return Number(value)
    return cell_text_without_unit(column, value, source.lang)


def _make_taken_over_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        *make_unit_columns(source),
        make_column("checklist", _("Checklist")),
        make_column("system", _("System")),
        make_column("applicable", _("Apply"), "number"),
        make_column("taken_over", _("Carried over"), "number"),
        make_column("taken_over_share", _("Share carried over"), "percent"),
    ]
    rows = (
        (
            *list_unit_cells(source, entry),
            source.checklist_title(sheet.checklist.id),
            source.system_name(sheet.system),
            sheet.counts.applicable,
            sheet.taken_over,
            compute_share(sheet.taken_over, sheet.counts.applicable),
        )
        for entry in source.records.units
        for sheet in entry.sheets
    )
    note = _("Results carried over from another round or source, of the items that apply.")
    return make_table("taken_over", _("Carried-over answers"), note, columns, rows)
