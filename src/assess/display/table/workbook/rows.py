"""The rows of the one sheet of a workbook that holds any."""

from __future__ import annotations

from collections.abc import Mapping

from assess.display.table.spreadsheet_text import (
    MOST_CHARACTERS,
    SpreadsheetLimits,
    SpreadsheetRow,
    TooLargeError,
)
from assess.display.table.workbook.cell_places import (
    CellPlace,
    parse_cell_name,
    parse_first_cell_of_area,
    parse_row_number,
)
from assess.display.table.workbook.cell_texts import TextReader
from assess.display.table.workbook.parts import WorkbookError, WorkbookParts
from assess.display.table.workbook.workbook import CellError, MergedCellsError, Workbook
from assess.i18n import N_


class _CellReader(TextReader):
    """The cells of a sheet that are not blank, row by row."""

    def __init__(self, book: Workbook, limits: SpreadsheetLimits) -> None:
        super().__init__(("v", "t"))
        self.rows: dict[int, dict[int, str]] = {}
        self.merged_areas: list[str] = []
        self._book = book
        self._limits = limits
        self._count = 0
        self._characters = 0
        self._place = CellPlace(0, -1)
        self._attributes: Mapping[str, str] = {}
        self._has_formula = False

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "c":
            self._attributes, self._has_formula = attributes, False
            self._place = self._parse_cell_place_or_next(attributes.get("r"))
            self.begin_text()
        elif name == "f":
            self._has_formula = True
        elif name == "mergeCell":
            self.merged_areas.append(attributes.get("ref", ""))
        super().start_element(name, attributes)

    def end_element(self, name: str) -> None:
        super().end_element(name)
        if name == "c":
            self._store_cell_text_within_limits(self.join_text())

    def refuse_merged_cells(self) -> None:
        """Refuse merged cells with a value: the cells beside the first one would be empty.

        Raises:
            MergedCellsError: the sheet has some.
        """
        for area in self.merged_areas:
            first = parse_first_cell_of_area(area)
            if first is not None and first.column in self.rows.get(first.row, {}):
                message = N_(
                    "{file}, cells {cells}: they are merged, and only the first has the value"
                )
                raise MergedCellsError(message, cells=area)

    def _begin_row(self, written: str | None) -> None:
        number = self._place.row + 1 if written is None else parse_row_number(written)
        if number is None:
            raise WorkbookError(
                N_("{file}: below row {row} stands a row without a right number"),
                row=str(self._place.row),
            )
        self._place = CellPlace(number, -1)

    def _parse_cell_place_or_next(self, name: str | None) -> CellPlace:
        """Return the place of a cell by its name; without one it stands beside the one before."""
        row, column = self._place
        place = CellPlace(row, column + 1) if name is None else parse_cell_name(name)
        if place is None or place.row != row:
            message = N_(
                "{file}: beside cell {cell} stands a cell whose name does not fit its place"
            )
            raise CellError(message, cell=CellPlace(row, max(0, column)).name)
        return place

    def _store_cell_text_within_limits(self, stored_text: str) -> None:
        if not stored_text:
            self._refuse_formula_without_result()
            return
        cell_name = self._place.name
        text = self._book.format_cell_text(stored_text, self._attributes, cell_name)
        if not text.strip():
            return
        row, column = self._place
        cells = self.rows.setdefault(row, {})
        if column in cells:
            raise CellError(N_("{file}, cell {cell}: it stands in the sheet twice"), cell=cell_name)
        cells[column] = text
        self._count += 1
        self._characters += len(text)
        self._refuse_too_much(column)

    def _refuse_formula_without_result(self) -> None:
        if self._has_formula and self._attributes.get("t") != "str":
            message = N_("{file}, cell {cell}: the formula has no result")
            raise CellError(message, cell=self._place.name)

    def _refuse_too_much(self, column: int) -> None:
        limits = self._limits
        if (
            column >= limits.columns
            or len(self.rows) > limits.rows + 1
            or self._count > limits.cells
        ):
            raise TooLargeError
        if self._characters > MOST_CHARACTERS:
            message = N_("{file}: the cells have more than {limit} characters together")
            raise WorkbookError(message, limit=str(MOST_CHARACTERS))


def read_workbook_rows(data: bytes, limits: SpreadsheetLimits) -> list[SpreadsheetRow]:
    """Return the rows that are not blank of the visible sheet that has any.

    Raises:
        WorkbookError: the workbook can't be read, or several of its visible sheets have rows.
        TooLargeError: it has more rows, columns or cells than `limits`.
    """
    book = Workbook(WorkbookParts(data))
    filled: list[tuple[str, _CellReader]] = []
    for title, name in book.titles_and_parts:
        reader = _CellReader(book, limits)
        if name and "/chartsheets/" not in name:
            book.parts.feed_elements_to_reader(name, reader)
        if reader.rows:
            filled.append((title, reader))
    if len(filled) > 1:
        message = N_("several sheets of {file} have cells: {names}")
        raise WorkbookError(message, names=", ".join(title for title, _reader in filled))
    if not filled:
        return []
    _title, cells = filled[0]
    cells.refuse_merged_cells()
    return [_make_row(*row) for row in sorted(cells.rows.items())]


def _make_row(number: int, cells: Mapping[int, str]) -> SpreadsheetRow:
    return SpreadsheetRow(number, tuple(cells.get(place, "") for place in range(max(cells) + 1)))
