"""Workbooks that somebody made on purpose: small files that ask for much, and cells that lie."""

from __future__ import annotations

import io
import zipfile

import pytest

from assess.display.table.spreadsheet_text import (
    LONGEST_CELL,
    MOST_CHARACTERS,
    SpreadsheetLimits,
    SpreadsheetRow,
)
from assess.display.table.workbook import parts
from assess.display.table.workbook.cell_places import (
    CellPlace,
    parse_cell_name,
    parse_first_cell_of_area,
    parse_row_number,
)
from assess.display.table.workbook.parts import DEEPEST, WorkbookError
from assess.display.table.workbook.rows import read_workbook_rows
from assess.display.table.workbook.workbook import CellError
from display.table.workbook.books import make_workbook, make_workbook_with_cells

LIMITS = SpreadsheetLimits(rows=1000, columns=100, cells=20_000)
FEW_ELEMENTS = 1000
"""A limit for a test: to count up to the true one takes half a minute."""
SMALL = 70_000
"""Bytes of the files that are sent: none of them looks suspicious."""


def _sheet(*rows: str, behind: str = "") -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>{behind}"


def _refusal(book: bytes) -> tuple[str, dict[str, str], str]:
    with pytest.raises(WorkbookError) as caught:
        read_workbook_rows(book, LIMITS)
    return caught.value.message, caught.value.words, caught.value.hint


@pytest.mark.parametrize(
    "cells",
    [
        "<row>" + "<c/>" * FEW_ELEMENTS + "</row>",
        "<row><c>" + "<x>" * DEEPEST + "</x>" * DEEPEST + "</c></row>",
    ],
)
def test_elements_are_counted_and_do_not_stand_too_deep(
    cells: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs time and memory, whether or not a cell comes of it."""
    monkeypatch.setattr(parts, "MOST_ELEMENTS", FEW_ELEMENTS)
    book = make_workbook_with_cells(_sheet(cells))
    assert len(book) < SMALL
    assert "unpacks to more" in _refusal(book)[0]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="B2"><v>' + "9" * 60_000 + "</v></c>", "no value"),
        ('<c r="B2"><v>1e400</v></c>', "no value"),
        ('<c r="B2"><v>--5</v></c>', "no value"),
        ('<c r="B2" t="b"><v>2</v></c>', "no value"),
        ('<c r="B2" t="d"><v>tomorrow</v></c>', "no value"),
        ('<c r="B2" t="e"><v>#REF!</v></c>', "the error"),
        ('<c r="B2" t="s"><v>-1</v></c>', "cites a text"),
        ('<c r="B2" t="s"><v>7</v></c>', "cites a text"),
        ('<c r="B2" t="s"><v>' + "7" * 5000 + "</v></c>", "cites a text"),
        ('<c r="B2" t="inlineStr"><is><t>a_xD800_b</t></is></c>', "half of a character"),
        ('<c r="B2" t="str"><v>_xDE00__xD83D_</v></c>', "half of a character"),
        (f'<c r="B2" t="str"><v>{"x" * (LONGEST_CELL + 1)}</v></c>', "more than"),
        ('<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c>', "twice"),
        ('<c r="B2"><f>A1</f></c>', "no result"),
    ],
)
def test_a_wrong_cell_is_refused_by_its_name(cell: str, words: str) -> None:
    """Nothing is guessed; the person sees which cell to correct."""
    message, named, hint = _refusal(make_workbook_with_cells(_sheet(f'<row r="2">{cell}</row>')))
    assert words in message
    assert named["cell"] == "B2"
    assert "correct the cell" in hint


@pytest.mark.parametrize("name", ["C3", "b2", "B0", "AAAA1", "B1048577", "XFE2", "B" * 500])
def test_a_cell_that_is_not_in_its_row_or_in_no_sheet_is_refused(name: str) -> None:
    """Other programs would put it elsewhere."""
    row = f'<row r="2"><c r="A2"><v>1</v></c><c r="{name}"><v>1</v></c></row>'
    message, words, _hint = _refusal(make_workbook_with_cells(_sheet(row)))
    assert "does not fit" in message
    assert words == {"cell": "A2"}


@pytest.mark.parametrize("number", ["0", "-1", "1048577", "9" * 5000, "x", "２"])
def test_a_row_without_a_right_number_is_refused(number: str) -> None:
    """The row above it is named."""
    rows = ('<row r="3"><c r="A3"><v>1</v></c></row>', f'<row r="{number}"/>')
    message, words, _hint = _refusal(make_workbook_with_cells(_sheet(*rows)))
    assert "right number" in message
    assert words == {"row": "3"}


def test_cells_without_names_stand_one_beside_the_other() -> None:
    """Some programs write neither the names of cells nor the numbers of rows."""
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    book = make_workbook_with_cells(_sheet(row, row))
    assert read_workbook_rows(book, LIMITS) == [
        SpreadsheetRow(1, ("1", "2")),
        SpreadsheetRow(2, ("1", "2")),
    ]


def test_two_halves_of_a_character_are_one_character() -> None:
    """So some programs write an emoji."""
    cell = '<c r="A1" t="inlineStr"><is><t>_xD83D__xDE00_ _x0041_</t></is></c>'
    book = make_workbook_with_cells(_sheet(f'<row r="1">{cell}</row>'))
    assert read_workbook_rows(book, LIMITS) == [SpreadsheetRow(1, ("😀 A",))]


def test_merged_cells_with_a_value_are_refused() -> None:
    """All but the first would be empty; where the first is empty, too, nothing is lost."""
    row = '<row r="2"><c r="B2"><v>1</v></c></row>'
    merged = '<mergeCells><mergeCell ref="{}"/></mergeCells>'
    message, words, hint = _refusal(
        make_workbook_with_cells(_sheet(row, behind=merged.format("B2:B4")))
    )
    assert "merged" in message
    assert words == {"cells": "B2:B4"}
    assert "unmerge" in hint
    for area in ("B3:B4", "B2:B2", "B2", "x:y", ""):
        book = make_workbook_with_cells(_sheet(row, behind=merged.format(area)))
        assert read_workbook_rows(book, LIMITS)[0].cells == ("", "1")


def test_a_long_text_that_many_cells_cite_is_refused() -> None:
    """The file has it once, and the rows would have it thousands of times."""
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 900)
    )
    book = make_workbook_with_cells(_sheet(cells), texts=f"<si><t>{'x' * LONGEST_CELL}</t></si>")
    assert len(book) < SMALL
    message, words, _hint = _refusal(book)
    assert "together" in message
    assert words == {"limit": str(MOST_CHARACTERS)}


@pytest.mark.parametrize("sign", ["0", "h", "[", "h:"])
def test_a_long_format_is_refused(sign: str) -> None:
    """Of a thousand zeros each number would be a thousand digits; searches would take long."""
    book = make_workbook_with_cells(
        _sheet('<row r="1"><c r="A1" s="1"><v>5</v></c></row>'), styles=sign * 60_000
    )
    assert len(book) < SMALL
    assert "no value" in _refusal(book)[0]


def test_a_format_of_the_longest_form_is_read_at_once() -> None:
    """Five thousand cells with a format that is slow to search do not stop the program."""
    row = '<row r="{row}">' + '<c s="1"><v>5</v></c>' * 5 + "</row>"
    rows = [row.format(row=number) for number in range(1, 1001)]
    book = make_workbook_with_cells(_sheet(*rows), styles="h[" * 127)
    assert len(read_workbook_rows(book, LIMITS)) == 1000


def test_two_sheets_with_one_title_are_two() -> None:
    """One of them must not be lost."""
    book = make_workbook([["甲"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", 8) as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "xl/worksheets/sheet1.xml":
                data = source.read("xl/worksheets/sheet2.xml")
            if part == "xl/workbook.xml":
                data = data.replace("说明".encode(), "清单".encode())
            target.writestr(part, data)
    assert _refusal(out.getvalue())[1] == {"names": "清单, 清单"}


def test_parts_with_one_name_and_strange_compression_are_refused() -> None:
    """Programs differ in which of two parts they read, and others unpack without a limit."""
    book = make_workbook([["甲"]])
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
        target.writestr("xl/workbook.xml", "")
    assert "damaged" in _refusal(out.getvalue())[0]
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as target,
    ):
        for part in source.namelist():
            target.writestr(part, source.read(part))
    assert "damaged" in _refusal(packed.getvalue())[0]


def test_many_sheets_are_refused() -> None:
    """Each is a part to be read again, though all may be the same one."""
    sheet = b'<sheet name="x" sheetId="1"/>'
    book = make_workbook([["甲"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", 8) as target:
        for part in source.namelist():
            data = source.read(part)
            if part == "xl/workbook.xml":
                data = data.replace(b"</sheets>", sheet * 300 + b"</sheets>")
            target.writestr(part, data)
    assert "too many sheets" in _refusal(out.getvalue())[0]


def test_places_are_read_and_named_alike() -> None:
    """Up to the last cell of a sheet."""
    for name, place in (
        ("A1", CellPlace(1, 0)),
        ("Z9", CellPlace(9, 25)),
        ("AA10", CellPlace(10, 26)),
        ("XFD1048576", CellPlace(1_048_576, 16_383)),
    ):
        assert parse_cell_name(name) == place
        assert place.name == name
    assert parse_cell_name("$B$2") == CellPlace(2, 1)
    assert parse_first_cell_of_area("B2:C3") == CellPlace(2, 1)
    assert parse_row_number("12") == 12


def test_the_error_of_a_cell_is_one_of_the_workbook() -> None:
    """Whoever reads a workbook catches one class."""
    assert issubclass(CellError, WorkbookError)
