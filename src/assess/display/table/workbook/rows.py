"""The rows of the one sheet of a workbook that holds any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assess.display.table.spreadsheet_text import SpreadsheetLimits, SpreadsheetRow, TooLargeError
from assess.display.table.workbook.cell_formats import FormatReader, show_number
from assess.display.table.workbook.parts import (
    DAMAGED,
    ElementReader,
    Relations,
    WorkbookError,
    WorkbookParts,
)
from assess.i18n import N_

_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_MOST_TEXTS: Final = 500_000
"""Texts that the cells of all sheets share."""


class _SheetListReader(ElementReader):
    """The visible sheets of a workbook by name, and from which day it counts."""

    def __init__(self) -> None:
        self.relation_ids: dict[str, str] = {}
        self.from_1904 = False

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            self.relation_ids[attributes.get("name", "")] = attributes.get("id", "")


class _SharedTextReader(ElementReader):
    """The texts that cells cite by number; phonetic guides (注音, `rPh`) are skipped."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._takes = False
        self._in_phonetic_guide = False

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._in_phonetic_guide = True
        self._takes = name == "t" and not self._in_phonetic_guide

    def end_element(self, name: str) -> None:
        self._takes = False
        if name == "rPh":
            self._in_phonetic_guide = False
        elif name == "si":
            self.texts.append(_unescape_text("".join(self._parts)))
            if len(self.texts) > _MOST_TEXTS:
                raise TooLargeError

    def take_text(self, text: str) -> None:
        if self._takes:
            self._parts.append(text)


class _CellReader(ElementReader):
    """The cells of a sheet that are not blank, row by row."""

    def __init__(self, book: _Book, limits: SpreadsheetLimits) -> None:
        self.rows: dict[int, dict[int, str]] = {}
        self._book = book
        self._limits = limits
        self._count = 0
        self._place = (0, -1)
        self._attributes: Mapping[str, str] = {}
        self._parts: list[str] = []
        self._takes = self._in_phonetic_guide = self._has_formula = False

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            row = int(number) if number.isascii() and number.isdecimal() else self._place[0] + 1
            self._place = (row, -1)
        elif name == "c":
            self._attributes, self._parts, self._has_formula = attributes, [], False
            self._place = self._next_place(attributes.get("r", ""))
        elif name == "rPh":
            self._in_phonetic_guide = True
        elif name == "f":
            self._has_formula = True
        self._takes = name == "v" or (name == "t" and not self._in_phonetic_guide)

    def end_element(self, name: str) -> None:
        self._takes = False
        if name == "rPh":
            self._in_phonetic_guide = False
        elif name == "c":
            self._take_cell("".join(self._parts))

    def take_text(self, text: str) -> None:
        if self._takes:
            self._parts.append(text)

    def _next_place(self, place: str) -> tuple[int, int]:
        match = _PLACE.fullmatch(place)
        if match is None:
            return self._place[0], self._place[1] + 1
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(match[2]), column - 1

    def _take_cell(self, written: str) -> None:
        row, column = self._place
        if self._has_formula and not written and self._attributes.get("t") != "str":
            message = N_("{file}, cell {cell}: the formula has no result")
            raise WorkbookError(message, cell=self._attributes.get("r", ""))
        text = self._book.show_cell(written, self._attributes)
        if not text.strip():
            return
        self._count += 1
        self.rows.setdefault(row, {})[column] = text
        limits = self._limits
        if (
            column >= limits.columns
            or len(self.rows) > limits.rows + 1
            or self._count > limits.cells
        ):
            raise TooLargeError


class _Book:
    """What the cells of all sheets share."""

    def __init__(self, parts: WorkbookParts) -> None:
        self.parts = parts
        name = Relations(parts, "").target_of_type("officeDocument")
        self._sheets = _SheetListReader()
        parts.read_elements(name, self._sheets)
        relations = Relations(parts, name)
        self._formats = FormatReader()
        self._texts = _SharedTextReader()
        for kind, reader in (("styles", self._formats), ("sharedStrings", self._texts)):
            if target := relations.target_of_type(kind):
                parts.read_elements(target, reader)
        ids = self._sheets.relation_ids.items()
        self.sheets = {title: relations.target_of_id(relation) for title, relation in ids}

    def show_cell(self, written: str, attributes: Mapping[str, str]) -> str:
        """Return a cell as the spreadsheet shows it.

        Raises:
            WorkbookError: it is none that a spreadsheet writes.
        """
        kind = attributes.get("t", "n")
        if not written or kind in ("str", "inlineStr", "e"):
            return _unescape_text(written)
        if kind == "d":
            return written.replace("T", " ")
        try:
            if kind == "s":
                return self._texts.texts[int(written)]
            if kind == "b":
                return "TRUE" if int(written) else "FALSE"
            cell_format = self._formats.format_of_style(attributes.get("s", ""))
            return show_number(written, cell_format, from_1904=self._sheets.from_1904)
        except (ArithmeticError, IndexError, ValueError):
            raise WorkbookError(DAMAGED) from None


def read_workbook_rows(data: bytes, limits: SpreadsheetLimits) -> list[SpreadsheetRow]:
    """Return the rows that are not blank of the visible sheet that has any.

    Raises:
        WorkbookError: the workbook can't be read, or several of its visible sheets have rows.
        TooLargeError: it has more rows, columns or cells than `limits`.
    """
    book = _Book(WorkbookParts(data))
    filled: dict[str, list[SpreadsheetRow]] = {}
    for title, name in book.sheets.items():
        reader = _CellReader(book, limits)
        if name and "/chartsheets/" not in name:
            book.parts.read_elements(name, reader)
        if reader.rows:
            filled[title] = [_make_row(*row) for row in sorted(reader.rows.items())]
    if len(filled) > 1:
        message = N_("several sheets of {file} have cells: {names}")
        raise WorkbookError(message, names=", ".join(filled))
    return next(iter(filled.values()), [])


def _make_row(number: int, cells: Mapping[int, str]) -> SpreadsheetRow:
    return SpreadsheetRow(number, tuple(cells.get(place, "") for place in range(max(cells) + 1)))


def _unescape_text(text: str) -> str:
    """Return a text with its characters for `_x000D_` and the like."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
