"""The rows of a table from a CSV, TSV or XLSX file, for `assess answer --rows`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from assess.cli.common.context import LANG, _
from assess.cli.common.spreadsheet_file import read_spreadsheet_file
from assess.display.table.cell_faults import fault_text, unknown_heads_text
from assess.display.table.row_reading import read_spreadsheet_rows
from assess.display.table.spreadsheet_text import TABLE_LIMITS
from assess.engine.punctuation import enumeration_comma_sign
from assess.errors import FilesError, UsageError
from assess.model.base import pick_text
from assess.model.item import Item, Table
from assess.problem import Problem


def read_table_file(item: Item, path: Path, today: date) -> list[dict[str, Any]]:
    """Return the rows of a file as the answer to a table; all of them, or none.

    Raises:
        UsageError: the item is no table; the file can't be read, is too large, is none that is
            read, or has no row.
        FilesError: rows have faults; each is a problem with its row and its column.
    """
    if not isinstance(item, Table):
        message = _("{item} is no table: --rows is for tables").format(item=item.id)
        raise UsageError(message, _("give the answer itself"))
    spreadsheet = read_spreadsheet_file(path, "--rows", TABLE_LIMITS)
    reading = read_spreadsheet_rows(item, spreadsheet, today, LANG)
    if not reading.row_count:
        message = _("{file} has no row below the heads; nothing was changed")
        hint = _("a table without rows is saved in assess fill, with Ctrl+S in the table")
        raise UsageError(message.format(file=path.name), hint)
    problems = [
        _make_problem(
            path, fault_text(fault, LANG), fault.row, reading.places.get(fault.column, 0) + 1
        )
        for fault in reading.faults
    ]
    if reading.unknown_heads:
        words = unknown_heads_text(reading.unknown_heads, LANG)
        known = enumeration_comma_sign(LANG).join(
            pick_text(column.title, LANG) for column in item.columns
        )
        problem = _make_problem(path, words, spreadsheet[0].number, 1)
        problems.append(problem._replace(hint=_("it has: {known}").format(known=known)))
    problems += [_make_problem(path, fault.message, 1, 1) for fault in reading.table_faults]
    if problems:
        raise FilesError(_("the rows have faults; nothing was changed"), problems)
    return reading.rows


def _make_problem(path: Path, message: str, row: int, column: int) -> Problem:
    return Problem(path.name, "row", message, line=row, column=column)
