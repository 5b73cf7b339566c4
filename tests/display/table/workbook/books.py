"""Workbooks for tests, as a spreadsheet writes them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

_SHEET_DATA = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_TEXTS = re.compile(rb"<si>.*</si>", re.DOTALL)


def make_workbook(rows: Sequence[Sequence[Any]], *, hidden: bool = False, **options: Any) -> bytes:
    """Return a workbook with rows on its second sheet; the first one is empty.

    A cell may be a pair of a value and its format. `hidden` adds a hidden sheet with a cell.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        book.add_worksheet("说明")
        page = book.add_worksheet("清单")
        day = book.add_format({"num_format": "yyyy/m/d;@"})
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, tuple):
                    page.write(row, column, cell[0], book.add_format({"num_format": cell[1]}))
                else:
                    page.write(row, column, cell, *((day,) if isinstance(cell, date) else ()))
        if hidden:
            sheet = book.add_worksheet("选项")
            sheet.write(0, 0, "二级")
            sheet.hide()
    return out.getvalue()


def with_part(book: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with a text of a part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", 8) as target:
        for part in source.namelist():
            data = source.read(part)
            target.writestr(part, data.replace(old, new) if part == name else data)
    return out.getvalue()


def make_workbook_with_cells(sheet_data: str, *, texts: str = "", styles: str = "") -> bytes:
    """Return a workbook with this XML in and behind `sheetData` of its one sheet.

    `texts` is the XML of the texts that cells cite, `styles` that of the first format.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("清单").write(0, 0, "x", book.add_format({"num_format": "0000"}))
    changed = _replace_in_part(out.getvalue(), "xl/worksheets/sheet1.xml", _SHEET_DATA, sheet_data)
    if texts:
        changed = _replace_in_part(changed, "xl/sharedStrings.xml", _TEXTS, texts)
    return with_part(changed, "xl/styles.xml", b'"0000"', f'"{styles}"'.encode())


def _replace_in_part(book: bytes, name: str, pattern: re.Pattern[bytes], new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as source:
        old = pattern.search(source.read(name))
    assert old is not None
    return with_part(book, name, old[0], new.encode())
