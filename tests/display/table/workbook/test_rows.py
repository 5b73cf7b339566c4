"""Rows of a workbook: what its cells show, and what is refused of one that anybody made."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from assess.display.table.spreadsheet_text import SpreadsheetLimits, SpreadsheetRow, TooLargeError
from assess.display.table.workbook.parts import MOST_UNPACKED, WorkbookError
from assess.display.table.workbook.rows import read_workbook_rows
from display.table.workbook.books import make_workbook, with_part

LIMITS = SpreadsheetLimits(rows=20, columns=30, cells=200)
SHEET = "xl/worksheets/sheet2.xml"


def cells_of(*cells: object, date_1904: bool = False) -> tuple[str, ...]:
    """Return how the cells of a row are read."""
    return read_workbook_rows(make_workbook([cells], date_1904=date_1904), LIMITS)[0].cells


def test_the_rows_of_the_one_sheet_with_cells_have_its_numbers() -> None:
    """Empty and hidden sheets do not count; blank rows are left out; texts are as they are."""
    book = make_workbook([["系统", "Users"], [], ["门户", 12], ["", "=1"]], hidden=True)
    assert read_workbook_rows(book, LIMITS) == [
        SpreadsheetRow(1, ("系统", "Users")),
        SpreadsheetRow(3, ("门户", "12")),
        SpreadsheetRow(4, ("", "0")),
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (True, "TRUE"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (13800000000, "13800000000"),
        (-3, "-3"),
        (1e20, "100000000000000000000"),
        ((0.955, "0.00%"), "95.5%"),
        ((7, "0000"), "0007"),
        ((1234.5, "#,##0.00"), "1234.5"),
        (date(2026, 3, 8), "2026-03-08"),
        ((date(2026, 3, 8), '[$-804]yyyy"年"m"月"d"日"'), "2026-03-08"),
        ((date(2026, 3, 8), "m/d"), "03-08"),
        ((date(2026, 3, 8), "yyyy年m月"), "2026-03"),
        ((46089.75, "yyyy-mm-dd hh:mm"), "2026-03-08 18:00:00"),
        ((0.5, "h:mm AM/PM"), "12:00:00"),
        ((0.5, "[mm]:ss"), "12:00:00"),
        ((1, "yyyy-mm-dd"), "1900-01-01"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(cell: object, shown: str) -> None:
    """A day is in ISO form; one that is shown without year or day of the month lacks it."""
    assert cells_of(cell) == (shown,)


def test_a_workbook_may_count_its_days_from_1904() -> None:
    """As those do that were made on a Macintosh."""
    assert cells_of(date(2026, 3, 8), date_1904=True) == ("2026-03-08",)


def test_a_formula_counts_by_its_result_and_is_refused_without() -> None:
    """A program that writes formulas only leaves no results; an empty cell would be a lie."""
    book = make_workbook([["=A1"]])
    assert read_workbook_rows(book, LIMITS)[0].cells == ("0",)
    with pytest.raises(WorkbookError) as caught:
        read_workbook_rows(with_part(book, SHEET, b"<v>0</v>", b""), LIMITS)
    assert caught.value.words == {"cell": "A1"}


def test_several_sheets_with_cells_are_refused_by_name() -> None:
    """Which of them is meant is not guessed."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name in ("甲", "乙"):
            book.add_worksheet(name).write(0, 0, name)
    with pytest.raises(WorkbookError) as caught:
        read_workbook_rows(out.getvalue(), LIMITS)
    assert caught.value.words == {"names": "甲, 乙"}


def test_more_than_the_limits_is_refused() -> None:
    """Rows, columns and cells are counted where they hold something."""
    for rows in ([["x"]] * 22, [[""] * 30 + ["x"]], [["x"] * 11] * 19):
        with pytest.raises(TooLargeError):
            read_workbook_rows(make_workbook(rows), LIMITS)
    assert len(read_workbook_rows(make_workbook([["x"]] * 21), LIMITS)) == 21


def test_a_part_that_unpacks_to_much_is_refused_while_it_is_read() -> None:
    """A small file may hold a thousand times its size."""
    bomb = with_part(make_workbook([["x"]]), SHEET, b"<sheetData>", b" " * MOST_UNPACKED)
    assert len(bomb) < 200_000
    with pytest.raises(WorkbookError, match="unpacks to more"):
        read_workbook_rows(bomb, LIMITS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding: str) -> None:
    """Entities that hold each other grow without bound, and external ones read files."""
    dtd = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><worksheet/>'
    out = io.BytesIO()
    book = io.BytesIO(make_workbook([["x"]]))
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.namelist():
            data = dtd.encode(encoding) if part == SHEET else source.read(part)
            target.writestr(part, data)
    with pytest.raises(WorkbookError, match="damaged"):
        read_workbook_rows(out.getvalue(), LIMITS)


BOOK = make_workbook([["系统", "x"], ["门户", 3]])


@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), max_size=4))
def test_a_damaged_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """Whatever bytes are wrong, nothing else is raised, and no more is read than the limits."""
    data = bytearray(BOOK)
    for place, value in changes:
        data[place] = value
    rows: list[SpreadsheetRow] = []
    with contextlib.suppress(WorkbookError, TooLargeError):
        rows = read_workbook_rows(bytes(data), LIMITS)
    assert len(rows) <= LIMITS.rows + 1
    assert all(len(row.cells) <= LIMITS.columns for row in rows)
