"""Rows of a spreadsheet as rows of a table: heads, cells, and each fault by row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from assess.display.table.cell_words import expected_cell_text, parse_cell_words
from assess.display.table.spreadsheet_text import SpreadsheetRow
from assess.engine.kinds.reading import fold_without_spaces
from assess.engine.kinds.table import REPEATED_CELL, does_cell_fit
from assess.engine.kinds.values import ValueProblem, check_value
from assess.engine.kinds.wording import format_value
from assess.engine.punctuation import colon_sign, comma_sign
from assess.harmless import escape_on_one_line
from assess.i18n import LANGS, Lang, translator
from assess.model.base import pick_text
from assess.model.item import Table
from assess.model.item_parts import Column

TableRow = Mapping[str, Any]

_LONGEST_QUOTE: Final = 40
"""Characters of a wrong cell that its fault repeats."""


class CellFault(NamedTuple):
    """What is wrong with a cell, a row (`column` is '') or the whole table (`row` is 0)."""

    row: int
    column: str
    """The id of the column, or the words of a head."""
    title: str
    message: str


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


class _Heads(NamedTuple):
    """Which cell of a row belongs to which column, by place."""

    columns: dict[int, Column]
    unknown: list[str]
    faults: list[CellFault]


def read_spreadsheet_rows(
    table: Table, rows: Sequence[SpreadsheetRow], today: date, lang: Lang
) -> RowsReading:
    """Return the rows of a table that stand in a spreadsheet.

    The first row has the heads where half of its cells or more are titles or ids of columns; else
    the cells are in the order of the columns.
    """
    title_row = _find_heads(table, rows[0], lang) if rows else None
    title_cells = rows[0].cells if rows else ()
    heads = title_row or _Heads(dict(enumerate(table.columns)), [], [])
    rows = rows[1:] if title_row else rows
    read = [_read_row(row, heads.columns) for row in rows]
    numbers = [row.number for row in rows]
    limit = len(title_cells) if title_row else len(table.columns)
    wide = [fault for row in rows for fault in _wide_row(row, limit, lang)]
    checked = find_row_faults(table, read, numbers, today, lang)
    faults = [*heads.faults, *wide, *(fault for fault in checked if fault.row)]
    faulty = {fault.row for fault in faults}
    good = (
        []
        if heads.faults
        else [index for index in range(len(read)) if numbers[index] not in faulty]
    )
    return RowsReading(
        rows=[read[index] for index in good],
        numbers=[numbers[index] for index in good],
        faults=_sort_faults(table, faults),
        row_count=len(rows),
        unknown_heads=heads.unknown,
        places={column.id: place for place, column in heads.columns.items()},
        table_faults=[fault for fault in checked if not fault.row],
    )


def _find_heads(table: Table, row: SpreadsheetRow, lang: Lang) -> _Heads | None:
    named = {
        name: column for column in table.columns for name in _list_normalized_column_names(column)
    }
    cells = {place: cell for place, cell in enumerate(row.cells) if cell.strip()}
    columns = {
        place: column for place, cell in cells.items() if (column := _match_head(cell, named))
    }
    if 2 * len(columns) < max(1, len(cells)):
        return None
    _ = translator(lang)
    faults, seen = [], set()
    for place, column in columns.items():
        if column.id in seen:
            title = escape_on_one_line(cells[place])
            faults.append(CellFault(row.number, title, title, _("this column stands there twice")))
        seen.add(column.id)
    for column in table.columns:
        if column.required and column.id not in seen:
            title = pick_text(column.title, lang)
            message = _("this column is needed, and no head has its title")
            faults.append(CellFault(row.number, column.id, title, message))
    unknown = [escape_on_one_line(cell) for place, cell in cells.items() if place not in columns]
    return _Heads(columns, unknown, faults)


def _list_normalized_column_names(column: Column) -> Iterator[str]:
    yield fold_without_spaces(column.id)
    for lang in LANGS:
        yield fold_without_spaces(pick_text(column.title, lang))


def _match_head(cell: str, named: Mapping[str, Column]) -> Column | None:
    """Return the column of a head; its `*` and a remark in brackets don't count."""
    words = fold_without_spaces(cell).strip("*")
    return named.get(words) or named.get(words.partition("(")[0].strip("*"))


def _read_row(row: SpreadsheetRow, columns: Mapping[int, Column]) -> dict[str, Any]:
    cells = {
        column.id: parse_cell_words(column, row.cells[place])
        for place, column in columns.items()
        if place < len(row.cells)
    }
    return {column: value for column, value in cells.items() if value != ""}


def _wide_row(row: SpreadsheetRow, limit: int, lang: Lang) -> Iterator[CellFault]:
    """Yield the fault of a row that has more cells than there are columns: none is left out."""
    count = max(place for place, cell in enumerate(row.cells, 1) if cell.strip())
    if count > limit:
        _ = translator(lang)
        message = _("{count} cells, and there are {limit} columns")
        yield CellFault(row.number, "", "", message.format(count=count, limit=limit))


def find_row_faults(
    table: Table, rows: Sequence[TableRow], numbers: Sequence[int], today: date, lang: Lang
) -> list[CellFault]:
    """Return what is wrong with rows of a table, by the number of the row and the column."""
    faults = [
        _describe_problem(table, problem, rows, numbers, lang)
        for problem in check_value(table, list(rows), today, lang)
        if problem.code != "cell-missing"
    ]
    faults += [
        _missing_cell(number, column, lang)
        for number, row in zip(numbers, rows, strict=True)
        for column in table.columns
        if column.required and column.id not in row
    ]
    return _sort_faults(table, faults)


def _sort_faults(table: Table, faults: Iterable[CellFault]) -> list[CellFault]:
    order = {column.id: place for place, column in enumerate(table.columns)}
    return sorted(faults, key=lambda fault: (fault.row, order.get(fault.column, -1)))


def _missing_cell(number: int, column: Column, lang: Lang) -> CellFault:
    _ = translator(lang)
    message = _("is empty; it takes: {form}").format(form=expected_cell_text(column, lang))
    return CellFault(number, column.id, pick_text(column.title, lang), message)


def _describe_problem(
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
        cell = _quote_cell(format_value(rows[int(problem.path[0])][column.id]))
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
    return text.format(given=_quote_cell(format_value(cell)), row=numbers[first])


def list_faults_beside_rows(
    table: Table, reading: RowsReading, present: Sequence[TableRow], lang: Lang
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
            for row in present
            if column.unique and column.id in row and does_cell_fit(column, row[column.id])
        }
        for number, row in zip(reading.numbers, reading.rows, strict=True):
            if row.get(column.id) in cells and row not in present:
                words = message.format(given=_quote_cell(format_value(row[column.id])))
                title = pick_text(column.title, lang)
                faults.append(CellFault(number, column.id, title, words))
    return faults


def _quote_cell(words: str) -> str:
    line = escape_on_one_line(words)
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + ".."


def fault_text(fault: CellFault, lang: Lang) -> str:
    """Return a fault on one line: row, column, what is wrong and what is expected."""
    _ = translator(lang)
    if not fault.row:
        return fault.message
    place = _("row {number}").format(number=fault.row)
    title = f" {escape_on_one_line(fault.title)}" if fault.title else ""
    return f"{place}{title}{colon_sign(lang)}{escape_on_one_line(fault.message)}"


def unknown_heads_text(heads: Sequence[str], lang: Lang) -> str:
    """Return a sentence about heads that are no column of the table."""
    _ = translator(lang)
    quoted = comma_sign(lang).join(f"“{_quote_cell(head)}”" for head in heads)
    return _("the table has no column {names}").format(names=quoted)
