"""Text of a spreadsheet as rows of cells: lines with tabs, or comma-separated; bounded."""

from __future__ import annotations

import csv
import io
from typing import Final, Literal, NamedTuple


class SpreadsheetLimits(NamedTuple):
    """The maximum numbers of rows, of cells of a row, and of cells that are read."""

    rows: int
    columns: int
    cells: int


TABLE_LIMITS: Final = SpreadsheetLimits(rows=1000, columns=100, cells=20_000)
"""The limits of the rows of a table, which holds no more."""

LONGEST_CELL: Final = 32_767
"""Characters of a cell; spreadsheets take no more."""

MOST_CHARACTERS: Final = 4 * 1024**2
"""Characters of all cells together."""

_ALPHABET: Final = 26

Delimiter = Literal["\t", ","]


class SpreadsheetRow(NamedTuple):
    """A row with its number in the spreadsheet, from 1."""

    number: int
    cells: tuple[str, ...]


class BrokenMarkError(ValueError):
    """A cell has a quotation mark that is not closed, or stands alone in it; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class TooLargeError(ValueError):
    """A text has more rows, columns, cells or characters than are read."""


class LongCellError(ValueError):
    """A cell is longer than `LONGEST_CELL`; `row` and `column` say where, as spreadsheets do."""

    def __init__(self, row: int, column: str) -> None:
        super().__init__(row, column)
        self.row = row
        self.column = column


def letters_of_column(place: int) -> str:
    """Return the letters that spreadsheets show above a column; `place` counts from 0."""
    before, letter = divmod(place, _ALPHABET)
    return (letters_of_column(before - 1) if before else "") + chr(ord("A") + letter)


# The csv module reports a longer cell as it reports a wrong quotation mark.
csv.field_size_limit(max(csv.field_size_limit(), MOST_CHARACTERS + 1))


def split_pasted_spreadsheet_text(
    text: str, delimiter: Delimiter, limits: SpreadsheetLimits = TABLE_LIMITS
) -> list[SpreadsheetRow]:
    """Return the rows of a paste that are not blank.

    Cells may stand in quotation marks, with line breaks and doubled marks inside, as spreadsheets
    write them. Where a mark is never closed, marks are characters as any other, and each line is a
    row: a single mark can't swallow the rows below it.

    Raises:
        TooLargeError: it has more rows, columns or cells than `limits`.
        LongCellError: a cell is too long.
    """
    try:
        return _parse_rows_within_limits(text, delimiter, csv.QUOTE_MINIMAL, limits)
    except (BrokenMarkError, LongCellError):
        return _parse_rows_within_limits(text, delimiter, csv.QUOTE_NONE, limits)


def split_spreadsheet_file_text(
    text: str, delimiter: Delimiter, limits: SpreadsheetLimits
) -> list[SpreadsheetRow]:
    """Return the rows of a file that are not blank.

    Raises:
        TooLargeError: it has more rows, columns or cells than `limits`.
        LongCellError: a cell is too long.
        BrokenMarkError: a quotation mark stands wrong; other rows would be read wrongly, too.
    """
    return _parse_rows_within_limits(text, delimiter, csv.QUOTE_MINIMAL, limits)


def _parse_rows_within_limits(
    text: str, delimiter: Delimiter, quoting: int, limits: SpreadsheetLimits
) -> list[SpreadsheetRow]:
    if len(text) > MOST_CHARACTERS:
        raise TooLargeError
    rows: list[SpreadsheetRow] = []
    cells = 0
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=True)  # type: ignore[arg-type]  # a constant of csv
    try:
        for number, row in enumerate(reader, 1):
            cells += len(row)
            if len(row) > limits.columns or number > limits.rows + 1 or cells > limits.cells:
                raise TooLargeError
            for column, cell in enumerate(row):
                if len(cell) > LONGEST_CELL:
                    raise LongCellError(number, letters_of_column(column))
            if any(cell.strip() for cell in row):
                rows.append(SpreadsheetRow(number, tuple(row)))
    except csv.Error:
        raise BrokenMarkError(reader.line_num) from None
    return rows
