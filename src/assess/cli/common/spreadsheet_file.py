"""The rows of a CSV, TSV or XLSX file that an option names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.cli.common.context import _
from assess.cli.common.input_file import read_whole_file
from assess.display.table.spreadsheet_file import (
    decode_spreadsheet_file,
    detect_delimiter,
    is_semicolon_separated,
)
from assess.display.table.spreadsheet_text import (
    LONGEST_CELL,
    BrokenMarkError,
    LongCellError,
    SpreadsheetLimits,
    SpreadsheetRow,
    TooLargeError,
    split_spreadsheet_file_text,
)
from assess.display.table.workbook.parts import WorkbookError
from assess.display.table.workbook.rows import read_workbook_rows
from assess.errors import UsageError
from assess.harmless import escape_as_single_line, escape_control_characters

_ZIP: Final = b"PK"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
"""How workbooks of the older form (XLS) begin, and XLSX with a password."""

MOST_BYTES: Final = 4 * 1024**2
"""Of a file with rows or answers."""


def read_spreadsheet_file(
    path: Path, option: str, limits: SpreadsheetLimits
) -> list[SpreadsheetRow]:
    """Return the rows of a file that are not blank; control characters are escapes.

    Raises:
        UsageError: the file can't be read, is too large or is neither CSV nor TSV nor XLSX; a
            quotation mark stands wrong; semicolons stand between the cells.
    """
    data = read_whole_file(path, MOST_BYTES)
    try:
        if data.startswith(_ZIP):
            return _read_workbook(path, data, limits)
        return _split_csv_or_tsv(path, data, limits)
    except TooLargeError:
        message = _("at most {rows} rows, {columns} columns and {cells} cells are taken at a time")
        raise UsageError(message.format(**limits._asdict()), option) from None


def _read_workbook(path: Path, data: bytes, limits: SpreadsheetLimits) -> list[SpreadsheetRow]:
    """Return the rows of a workbook.

    Raises:
        UsageError: it can't be read.
        TooLargeError: it has more rows, columns or cells than `limits`.
    """
    try:
        rows = read_workbook_rows(data, limits)
    except WorkbookError as error:
        message = _(error.message).format(file=path.name, **error.words)
        raise UsageError(escape_as_single_line(message), _(error.hint)) from None
    return [
        row._replace(cells=tuple(escape_control_characters(cell) for cell in row.cells))
        for row in rows
    ]


def _split_csv_or_tsv(path: Path, data: bytes, limits: SpreadsheetLimits) -> list[SpreadsheetRow]:
    """Return the rows of a text with commas or tabs.

    Raises:
        UsageError: the file is no such text; a quotation mark stands wrong; a cell is too long.
        TooLargeError: it has more rows, columns or cells than `limits`.
    """
    text = None if data.startswith(_OLD_WORKBOOK) else decode_spreadsheet_file(data)
    if text is None:
        message = _("{file} is neither CSV nor TSV nor XLSX").format(file=path.name)
        raise UsageError(message, _("save the sheet as XLSX or CSV, without a password"))
    if is_semicolon_separated(text):
        message = _("{file}: semicolons stand between the cells").format(file=path.name)
        raise UsageError(message, _("save the sheet as CSV with commas, or as XLSX"))
    text = escape_control_characters(text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        return split_spreadsheet_file_text(text, detect_delimiter(text), limits)
    except BrokenMarkError as error:
        message = _("{file}, line {line}: a quotation mark is not closed, or stands inside a cell")
        hint = _("in quotation marks, write each quotation mark of the text twice")
        raise UsageError(message.format(file=path.name, line=error.line), hint) from None
    except LongCellError as error:
        place = f"{error.column}{error.row}"
        message = _("{file}, cell {cell}: the text has more than {limit} characters")
        words = message.format(file=path.name, cell=place, limit=LONGEST_CELL)
        raise UsageError(words, _("shorten the cell in the spreadsheet, and save it")) from None
