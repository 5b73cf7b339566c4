"""The rows of a table from a CSV or TSV file, for `assess answer --rows`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any, Final

from assess.cli.common.context import LANG, _
from assess.display.table.row_reading import (
    fault_text,
    find_row_faults,
    read_spreadsheet_rows,
    unknown_heads_text,
)
from assess.display.table.spreadsheet_file import decode_spreadsheet_file, delimiter_of_text
from assess.display.table.spreadsheet_text import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    SpreadsheetRow,
    TooLargeError,
    split_spreadsheet_text,
)
from assess.engine.punctuation import comma_sign
from assess.errors import FilesError, UsageError
from assess.file_bytes import read_regular_file
from assess.harmless import escape_control_characters
from assess.model.base import pick_text
from assess.model.item import Item, Table
from assess.problem import Problem

_MOST_BYTES: Final = 4 * 1024**2


def read_table_file(item: Item, path: Path, today: date) -> list[dict[str, Any]]:
    """Return the rows of a file as the answer to a table; all of them, or none.

    Raises:
        UsageError: the item is no table; the file can't be read, is too large or is no text.
        FilesError: rows have faults; each is a problem with its row and its column.
    """
    if not isinstance(item, Table):
        message = _("{item} is no table: --rows is for tables").format(item=item.id)
        raise UsageError(message, _("give the answer itself"))
    spreadsheet = _read_spreadsheet(path)
    reading = read_spreadsheet_rows(item, spreadsheet, today, LANG)
    columns = [column.id for column in item.columns]
    problems = [
        _problem(path, fault_text(fault, LANG), fault.row, _place(columns, fault.column))
        for fault in reading.faults
    ]
    if reading.unknown_heads:
        words = unknown_heads_text(reading.unknown_heads, LANG)
        known = comma_sign(LANG).join(pick_text(column.title, LANG) for column in item.columns)
        problem = _problem(path, words, spreadsheet[0].number, 1)
        problems.append(problem._replace(hint=_("it has: {known}").format(known=known)))
    if not problems:
        checked = find_row_faults(item, reading.rows, range(len(reading.rows)), today, LANG)
        problems = [_problem(path, fault.message, 1, 1) for fault in checked]
    if problems:
        raise FilesError(_("the rows have faults; nothing was changed"), problems)
    return reading.rows


def _place(columns: list[str], column: str) -> int:
    return columns.index(column) + 1 if column in columns else 1


def _problem(path: Path, message: str, row: int, column: int) -> Problem:
    return Problem(path.name, "row", message, line=row, column=column)


def _read_spreadsheet(path: Path) -> list[SpreadsheetRow]:
    try:
        data = read_regular_file(path, _MOST_BYTES + 1, 0)
    except OSError as error:
        message = _("{file} can't be read: {reason}")
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(message.format(file=path.name, reason=reason), "--rows") from None
    if len(data) > _MOST_BYTES:
        message = _("the file is larger than {limit} MiB")
        raise UsageError(message.format(limit=_MOST_BYTES // 1024**2), "--rows")
    text = decode_spreadsheet_file(data)
    if text is None:
        message = _("{file} is neither CSV nor TSV").format(file=path.name)
        raise UsageError(message, _("save the sheet as CSV or as text with tabs"))
    text = escape_control_characters(text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        return split_spreadsheet_text(text, delimiter_of_text(text))
    except TooLargeError:
        message = _("at most {rows} rows, {columns} columns and {cells} cells are taken at a time")
        limits = message.format(rows=MOST_ROWS, columns=MOST_COLUMNS, cells=MOST_CELLS)
        raise UsageError(limits, "--rows") from None
