"""Places of cells as a workbook writes them: `B3`, and areas: `A2:A4`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from assess.display.table.spreadsheet_text import letters_of_column

_NAME: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
"""Of a sheet (ECMA-376, as Excel and WPS have it)."""


class CellPlace(NamedTuple):
    """The row from 1, and the column from 0."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """The name of the cell, as spreadsheets show it."""
        return f"{letters_of_column(self.column)}{self.row}"


def parse_cell_name(name: str) -> CellPlace | None:
    """Return the place of a cell; None for a name that no cell of a sheet has."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    place = CellPlace(int(match[2]), column - 1)
    return place if place.row <= _MOST_ROWS and place.column < _MOST_COLUMNS else None


def parse_row_number(number: str) -> int | None:
    """Return the number of a row; None for a number that no row of a sheet has."""
    if not (number.isascii() and number.isdecimal() and len(number) <= len(str(_MOST_ROWS))):
        return None
    return int(number) if 1 <= int(number) <= _MOST_ROWS else None


def parse_first_cell_of_area(area: str) -> CellPlace | None:
    """Return the first cell of an area of several cells; None for one cell, or for no area."""
    first, _colon, last = area.partition(":")
    begin, end = parse_cell_name(first), parse_cell_name(last)
    return begin if end is not None and begin != end else None
