"""The workbook of a roll-up: long tables, names of sheets, cells of each kind."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import msgspec

from assess.model.base import Number
from assess.model.rollup import (
    ROLLUP_FORMAT,
    ColumnKind,
    RollUpColumn,
    RollUpDocument,
    RollUpTable,
)
from assess.report.export.workbook import make_cell_text
from assess.report.rollup.workbook import rollup_to_xlsx


def make_document(*titles: str, rows: int = 1) -> RollUpDocument:
    """Return a document with a table for each title."""
    kinds: tuple[ColumnKind, ...] = ("text", "number", "percent", "date")
    columns = tuple(RollUpColumn(id=kind, title=kind, kind=kind) for kind in kinds)
    cells = ("=1+1", Number("12345678901234567"), Number("0.5"), date(2026, 1, 2))
    tables = tuple(
        RollUpTable(key="x", title=title, note="", columns=columns, rows=(cells,) * rows)
        for title in titles
    )
    return RollUpDocument(
        format=ROLLUP_FORMAT,
        program="0",
        lang="en",
        office="x",
        campaign="2026",
        title="x",
        category=None,
        reckoned=date(2026, 12, 2),
        marking="Internal",
        warning="x",
        tables=tables,
    )


def read_files(workbook: bytes) -> dict[str, str]:
    """Return the files of a workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_a_table_that_passes_the_last_row_goes_on_in_a_second_sheet() -> None:
    """The first says so, and no row is lost."""
    files = read_files(rollup_to_xlsx(make_document("Long", rows=12), most_rows=10))
    names = re.findall(r'<sheet name="([^"]*)"', files["xl/workbook.xml"])
    assert names == ["Long", "Long (2)", "Long (3)"]
    parts = [files[f"xl/worksheets/sheet{number}.xml"] for number in (1, 2, 3)]
    assert "goes on in the sheet “Long (2)”" in parts[0]
    assert "goes on" not in parts[2]
    assert sum(part.count("=1+1") for part in parts) == 12


def test_names_of_sheets_are_allowed_and_unlike() -> None:
    """31 characters, none of those that are barred, none twice whatever the case."""
    titles = ("Units", "units", "a" * 40, "a" * 41, "[]:*?/\\", "\x1b[2J")
    files = read_files(rollup_to_xlsx(make_document(*titles)))
    names = re.findall(r'<sheet name="([^"]*)"', files["xl/workbook.xml"])
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(
        0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\\x00-\x1f]", name) for name in names
    )


def test_a_number_of_many_digits_stays_exact() -> None:
    """A spreadsheet holds 15 digits; a number with more is a text."""
    page = read_files(rollup_to_xlsx(make_document("x")))["xl/worksheets/sheet1.xml"]
    assert "12345678901234567" in page
    assert "<f>" not in page


def test_a_text_of_a_unit_is_never_markup_of_the_sheet() -> None:
    """A unit that names itself by XML of XLSX writes no formula and damages no sheet."""
    text = '<r></is></c><c r="B1"><f>1+1</f></c><c r="C1" t="inlineStr"><is></r>'
    document = make_document("x")
    (table,) = document.tables
    rows = ((text, *table.rows[0][1:]),)
    changed = msgspec.structs.replace(table, note=text, rows=rows)
    files = read_files(rollup_to_xlsx(msgspec.structs.replace(document, tables=(changed,))))
    sheet = files["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert sheet.count("&lt;f&gt;1+1") == 2


def test_a_text_is_cut_to_what_a_cell_holds() -> None:
    """Also where a blank is added."""
    assert make_cell_text("x" * 40_000) == "x" * 32_767
    long = f"<r>{'x' * 32_759}</r>"
    assert make_cell_text(long) == f"{long} "
    assert len(make_cell_text(f"<r>{'x' * 32_760}</r>")) == 32_767
