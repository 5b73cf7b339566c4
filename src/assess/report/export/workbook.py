"""The data of a report as XLSX: dates are dates, numbers numbers, and every text is a text."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from assess.i18n import Lang
from assess.report.content.view.model import Report
from assess.report.export.data_tables import ColumnTitle, DataTable, list_data_tables
from assess.report.export.ledger_table import CellValue

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""Characters that a cell of XLSX holds."""

_CHINESE_FONT = {"font_name": "宋体", "font_size": 10.5}
_A4 = 9


class _CellFormats(NamedTuple):
    head: Format
    text: Format
    number: Format
    day: Format


def make_xlsx(
    lang: Lang, properties: Mapping[str, Any], write_sheets: Callable[[Workbook], None]
) -> bytes:
    """Return the workbook that `write_sheets` fills; no text in it is a formula or a link.

    `properties` are what the file says of itself. Rows are written to a temporary file as they
    come, so that many need no more memory.
    """
    import xlsxwriter  # noqa: PLC0415  # only this needs it

    out = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="assess-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": dict(_CHINESE_FONT) if lang == "zh" else {},
        }
        with xlsxwriter.Workbook(out, options) as book:
            book.set_properties(dict(properties))
            write_sheets(book)
    return out.getvalue()


def make_cell_text(text: str) -> str:
    """Return a text as a cell holds it: cut to its length, and never taken as XML.

    XlsxWriter writes a text from <r> to </r> into the file as it stands; a blank behind it ends
    that.
    """
    cut = text[: _LONGEST - 1] if len(text) >= _LONGEST else text
    return f"{cut} " if cut.startswith("<r>") and cut.endswith("</r>") else text[:_LONGEST]


def report_to_xlsx(report: Report, moment: datetime) -> bytes:
    """Return ledger, answers, counts and tables as XLSX: heads frozen, to print on A4 landscape."""

    def write_sheets(book: Workbook) -> None:
        formats = _make_formats(book)
        for table in list_data_tables(report):
            page = book.add_worksheet(_allowed_worksheet_name(table.title))
            _write_table(page, table, formats)
            _set_print_layout(page, report)

    properties = {
        "title": report.label["ledger_title"],
        "author": report.organization,
        "comments": report.unclassified,
        "created": moment.replace(tzinfo=None),
    }
    return make_xlsx(report.lang, properties, write_sheets)


def _make_formats(book: Workbook) -> _CellFormats:
    look = {"text_wrap": True, "valign": "top", "border": 1}
    return _CellFormats(
        book.add_format({**look, "num_format": "@", "bold": True}),
        book.add_format({**look, "num_format": "@"}),
        book.add_format(look),
        book.add_format({**look, "num_format": "yyyy-mm-dd", "align": "left"}),
    )


def _write_table(page: Worksheet, table: DataTable, formats: _CellFormats) -> None:
    for at, column in enumerate(table.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, make_cell_text(column.title), formats.head)
    last = 0
    for last, row in enumerate(table.rows, 1):
        for at, cell in enumerate(row):
            _write_cell(page, (last, at), cell, formats)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(table.columns) - 1)


def _write_cell(
    page: Worksheet, place: tuple[int, int], cell: CellValue, formats: _CellFormats
) -> None:
    if isinstance(cell, str):
        look = formats.head if isinstance(cell, ColumnTitle) else formats.text
        page.write_string(*place, make_cell_text(cell), look)
    elif isinstance(cell, date):
        page.write_datetime(*place, datetime(cell.year, cell.month, cell.day), formats.day)  # noqa: DTZ001  # a day
    else:
        page.write_number(*place, cell, formats.number)


def _allowed_worksheet_name(title: str) -> str:
    """Return a title as spreadsheets allow it for a page: 31 characters, some of them barred."""
    return "".join(char for char in title if char not in "[]:*?/\\")[:31]


def _set_print_layout(page: Worksheet, report: Report) -> None:
    """Set how it prints: A4 landscape, heads on each page, the digest at the foot."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    # Numbers that are texts, as telephone numbers, are meant so.
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    top = f"{report.label['draft']} " if report.draft else ""
    page.set_header("&L" + f"{top}{report.classification} {report.marking}".replace("&", "&&"))
    digest = f"{report.label['digest']} {report.digest}".replace("&", "&&")
    page.set_footer(f"&L{digest}&R&P / &N")
