"""Text of a spreadsheet as rows of cells: lines with tabs, or comma-separated; bounded."""

from __future__ import annotations

import csv
import io
from typing import Final, Literal, NamedTuple

MOST_ROWS: Final = 1000
"""Maximum number of rows that are read: a table holds no more."""
MOST_COLUMNS: Final = 100
"""Maximum number of cells of a row that are read."""
MOST_CELLS: Final = 20_000
"""Maximum number of cells that are read."""

Delimiter = Literal["\t", ","]


class SpreadsheetRow(NamedTuple):
    """A row with its number in the spreadsheet, from 1."""

    number: int
    cells: tuple[str, ...]


class TooLargeError(ValueError):
    """A text has more rows, columns or cells than are read."""


def split_spreadsheet_text(text: str, delimiter: Delimiter) -> list[SpreadsheetRow]:
    """Return the rows that are not blank.

    Cells may stand in quotation marks, with line breaks and doubled marks inside, as spreadsheets
    write them. Where a mark is never closed, marks are characters as any other, and each line is a
    row: a single mark can't swallow the rows below it.

    Raises:
        TooLargeError: it has more than `MOST_ROWS`, `MOST_COLUMNS` or `MOST_CELLS`, or a cell is
            longer than the csv module reads.
    """
    try:
        return _read_rows(text, delimiter, csv.QUOTE_MINIMAL)
    except csv.Error:
        pass
    try:
        return _read_rows(text, delimiter, csv.QUOTE_NONE)
    except csv.Error:
        raise TooLargeError from None


def _read_rows(text: str, delimiter: Delimiter, quoting: int) -> list[SpreadsheetRow]:
    rows: list[SpreadsheetRow] = []
    cells = 0
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=True)  # type: ignore[arg-type]  # a constant of csv
    for number, row in enumerate(reader, 1):
        cells += len(row)
        if len(row) > MOST_COLUMNS or number > MOST_ROWS + 1 or cells > MOST_CELLS:
            raise TooLargeError
        if any(cell.strip() for cell in row):
            rows.append(SpreadsheetRow(number, tuple(row)))
    return rows
