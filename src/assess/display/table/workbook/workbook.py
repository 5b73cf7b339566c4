"""The sheets of a workbook, and what a cell shows: its text, number, day or truth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assess.display.table.spreadsheet_text import LONGEST_CELL, TooLargeError
from assess.display.table.workbook.cell_formats import FormatReader, format_cell_number
from assess.display.table.workbook.cell_texts import TextReader, resolve_escapes
from assess.display.table.workbook.parts import (
    ElementReader,
    Relations,
    WorkbookError,
    WorkbookParts,
)
from assess.i18n import N_

_MOST_TEXTS: Final = 500_000
"""Texts that the cells of all sheets share."""
_MOST_SHEETS: Final = 200
_LONGEST_TITLE: Final = 31
"""Characters of the title of a sheet that an error names; spreadsheets take no more."""
_LONGEST_ERROR: Final = 20
"""Characters of the error of a formula, such as `#REF!`."""
_MOST_DIGITS: Final = 9
"""Digits of the number of a text that cells share."""
_TRUE, _FALSE = ("1", "true"), ("0", "false")


class CellError(WorkbookError):
    """A cell can't be read; the words name it."""

    hint = N_("correct the cell in the spreadsheet, save it, and read the file again")


class MergedCellsError(CellError):
    """Cells are merged, so that all but the first have no value."""

    hint = N_("unmerge the cells, write the value into each, and read the file again")


class _SheetListReader(ElementReader):
    """The titles and relations of the visible sheets, and from which day the workbook counts."""

    def __init__(self) -> None:
        self.titles_and_relation_ids: list[tuple[str, str]] = []
        self.from_1904 = False

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in _TRUE
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            title = attributes.get("name", "")[:_LONGEST_TITLE]
            self.titles_and_relation_ids.append((title, attributes.get("id", "")))
            if len(self.titles_and_relation_ids) > _MOST_SHEETS:
                raise WorkbookError(N_("{file} has too many sheets"))


class _SharedTextReader(TextReader):
    """The texts that cells cite by number, as the workbook writes them."""

    def __init__(self) -> None:
        super().__init__(("t",))
        self.texts: list[str] = []

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self.begin_text()
        super().start_element(name, attributes)

    def end_element(self, name: str) -> None:
        super().end_element(name)
        if name == "si":
            self.texts.append(self.join_text())
            if len(self.texts) > _MOST_TEXTS:
                raise TooLargeError


class Workbook:
    """The visible sheets of a workbook, and what their cells share."""

    def __init__(self, parts: WorkbookParts) -> None:
        self.parts = parts
        name = Relations(parts, "").target_of_type("officeDocument")
        self._sheets = _SheetListReader()
        parts.feed_elements_to_reader(name, self._sheets)
        relations = Relations(parts, name)
        self._formats = FormatReader()
        self._texts = _SharedTextReader()
        for kind, reader in (("styles", self._formats), ("sharedStrings", self._texts)):
            if target := relations.target_of_type(kind):
                parts.feed_elements_to_reader(target, reader)
        self.titles_and_parts = [
            (title, relations.target_of_id(relation))
            for title, relation in self._sheets.titles_and_relation_ids
        ]

    def format_cell_text(self, written: str, attributes: Mapping[str, str], cell_name: str) -> str:
        """Return a cell that is not empty as the spreadsheet shows it.

        Raises:
            CellError: it is none that a spreadsheet writes.
        """
        kind = attributes.get("t", "n")
        if kind == "s":
            return self._resolve_text(self._cited_text(written, cell_name), cell_name)
        if kind in ("str", "inlineStr"):
            return self._resolve_text(written, cell_name)
        if kind == "e":
            message = N_("{file}, cell {cell}: the formula has the error {error}")
            raise CellError(message, cell=cell_name, error=written[:_LONGEST_ERROR])
        try:
            if kind == "d":
                return _show_iso_time(written)
            if kind == "b":
                return _show_truth(written)
            cell_format = self._formats.format_of_style(attributes.get("s", ""))
            return format_cell_number(written, cell_format, from_1904=self._sheets.from_1904)
        except (ArithmeticError, ValueError):
            message = N_("{file}, cell {cell}: it has no value that a spreadsheet writes")
            raise CellError(message, cell=cell_name) from None

    def _cited_text(self, written: str, cell_name: str) -> str:
        number = written.strip()
        is_number = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
        if not is_number or int(number) >= len(self._texts.texts):
            message = N_("{file}, cell {cell}: it cites a text that the workbook does not have")
            raise CellError(message, cell=cell_name)
        return self._texts.texts[int(number)]

    def _resolve_text(self, written: str, cell_name: str) -> str:
        try:
            text = resolve_escapes(written)
        except UnicodeError:
            message = N_("{file}, cell {cell}: half of a character stands alone in it")
            raise CellError(message, cell=cell_name) from None
        if len(text) > LONGEST_CELL:
            message = N_("{file}, cell {cell}: the text has more than {limit} characters")
            raise CellError(message, cell=cell_name, limit=str(LONGEST_CELL))
        return text


def _show_truth(written: str) -> str:
    """Return the words of a cell that is true or false.

    Raises:
        ValueError: it is neither.
    """
    if written not in (*_TRUE, *_FALSE):
        raise ValueError(written)
    return "TRUE" if written in _TRUE else "FALSE"


def _show_iso_time(written: str) -> str:
    """Return a day, or a day and a time, in ISO form, with a blank between.

    Raises:
        ValueError: it is neither.
    """
    datetime.fromisoformat(written)
    return written.replace("T", " ")
