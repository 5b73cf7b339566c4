"""Rows of a spreadsheet as rows of a table: heads, cells, and each fault by row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from assess.display.table.cell_faults import CellFault, quote_cell
from assess.display.table.cell_words import expected_cell_text, parse_cell_value
from assess.display.table.heads import (
    find_cells_without_head,
    split_heads_and_body,
    take_columns_in_order,
)
from assess.display.table.spreadsheet_text import SpreadsheetRow
from assess.engine.kinds.table import REPEATED_CELL, does_cell_fit_column_type
from assess.engine.kinds.values import ValueProblem, check_value
from assess.engine.kinds.wording import format_value_without_exponent
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.item import Table
from assess.model.item_parts import Column

TableRow = Mapping[str, Any]


class RowsReading(NamedTuple):
    """What was read: the rows without a fault, the faults, and what the table has no column for."""

    rows: list[dict[str, Any]]
    numbers: list[int]
    """The numbers of these rows in the spreadsheet."""
    faults: list[CellFault]
    row_count: int
    """How many rows there are, those with faults counted, without the heads."""
    unknown_heads: list[str]
    places: Mapping[str, int]
    """The places of the columns in the spreadsheet, from 0, by id."""
    table_faults: list[CellFault]
    """What is wrong with the table as a whole, such as too many rows."""


def read_spreadsheet_rows(
    table: Table, rows: Sequence[SpreadsheetRow], today: date, lang: Lang
) -> RowsReading:
    """Return the rows of a table that stand in a spreadsheet.

    A row has the heads where half of its cells or more are titles or ids of columns: the first one,
    or one below a title. Without heads the cells are in the order of the columns.
    """
    heads, body = split_heads_and_body(table, rows, lang)
    heads = heads or take_columns_in_order(table)
    values = [_read_row(row, heads.columns) for row in body]
    numbers = [row.number for row in body]
    value_faults = find_row_faults(table, values, numbers, today, lang)
    columns_with_head_fault = {fault.column for fault in heads.faults}
    faults = [
        *heads.faults,
        *(fault for row in body for fault in find_cells_without_head(row, heads, lang)),
        *(
            fault
            for fault in value_faults
            if fault.row and fault.column not in columns_with_head_fault
        ),
    ]
    faulty_rows = {fault.row for fault in faults}
    right = [
        (row, number)
        for row, number in zip(values, numbers, strict=True)
        if not heads.faults and number not in faulty_rows
    ]
    return RowsReading(
        rows=[row for row, _number in right],
        numbers=[number for _row, number in right],
        faults=_sort_faults(table, faults),
        row_count=len(body),
        unknown_heads=heads.unknown,
        places={column.id: place for place, column in heads.columns.items()},
        table_faults=[fault for fault in value_faults if not fault.row],
    )


def _read_row(row: SpreadsheetRow, columns: Mapping[int, Column]) -> dict[str, Any]:
    cells = {
        column.id: parse_cell_value(column, row.cells[place])
        for place, column in columns.items()
        if place < len(row.cells)
    }
    return {column: value for column, value in cells.items() if value != ""}


def find_row_faults(
    table: Table, rows: Sequence[TableRow], numbers: Sequence[int], today: date, lang: Lang
) -> list[CellFault]:
    """Return what is wrong with rows of a table, by the number of the row and the column."""
    faults = [
        _convert_problem_to_cell_fault(table, problem, rows, numbers, lang)
        for problem in check_value(table, list(rows), today, lang)
        if problem.code != "cell-missing"
    ]
    faults += [
        _missing_cell_fault(number, column, lang)
        for number, row in zip(numbers, rows, strict=True)
        for column in table.columns
        if column.required and column.id not in row
    ]
    return _sort_faults(table, faults)


def _sort_faults(table: Table, faults: Iterable[CellFault]) -> list[CellFault]:
    order = {column.id: place for place, column in enumerate(table.columns)}
    return sorted(faults, key=lambda fault: (fault.row, order.get(fault.column, -1)))


def _missing_cell_fault(number: int, column: Column, lang: Lang) -> CellFault:
    _ = translator(lang)
    message = _("is empty; it takes: {form}").format(form=expected_cell_text(column, lang))
    return CellFault(number, column.id, pick_text(column.title, lang), message)


def _convert_problem_to_cell_fault(
    table: Table,
    problem: ValueProblem,
    rows: Sequence[TableRow],
    numbers: Sequence[int],
    lang: Lang,
) -> CellFault:
    if not problem.path:
        return CellFault(0, "", "", problem.message)
    number = numbers[int(problem.path[0])]
    column = next((column for column in table.columns if column.id in problem.path[1:]), None)
    if column is None:
        return CellFault(number, "", "", problem.message)
    message = problem.message
    _ = translator(lang)
    if problem.code == REPEATED_CELL:
        message = _repeated_cell_text(column, rows, int(problem.path[0]), numbers, lang)
    elif problem.code == "cell-type":
        cell = quote_cell(format_value_without_exponent(rows[int(problem.path[0])][column.id]))
        message = _("“{given}” does not fit; it takes: {form}").format(
            given=cell, form=expected_cell_text(column, lang)
        )
    return CellFault(number, column.id, pick_text(column.title, lang), message)


def _repeated_cell_text(
    column: Column, rows: Sequence[TableRow], index: int, numbers: Sequence[int], lang: Lang
) -> str:
    """Return where a cell stands already, by the number of the row in the spreadsheet."""
    cell = rows[index][column.id]
    first = next(at for at, row in enumerate(rows) if row.get(column.id) == cell)
    _ = translator(lang)
    text = _("“{given}” stands in row {row} already")
    return text.format(given=quote_cell(format_value_without_exponent(cell)), row=numbers[first])


def list_faults_of_repeated_cells(
    table: Table, reading: RowsReading, table_rows: Sequence[TableRow], lang: Lang
) -> list[CellFault]:
    """Return a fault for each cell that a row in the table has already, where none may repeat it.

    Rows that are in the table as a whole have none.
    """
    _ = translator(lang)
    message = _("“{given}” is in the table already")
    faults = []
    for column in table.columns:
        cells = {
            row[column.id]
            for row in table_rows
            if column.unique
            and column.id in row
            and does_cell_fit_column_type(column, row[column.id])
        }
        for number, row in zip(reading.numbers, reading.rows, strict=True):
            if row.get(column.id) in cells and row not in table_rows:
                words = message.format(
                    given=quote_cell(format_value_without_exponent(row[column.id]))
                )
                title = pick_text(column.title, lang)
                faults.append(CellFault(number, column.id, title, words))
    return faults
