"""The ledger as a table for spreadsheets: CSV and XLSX. Every cell is text, no formula is one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from assess.report.content.view.model import LedgerView, Report, SheetView

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula, full-width signs too."""

_CELL_ENDS = re.compile(r"([;\t\r\n])")

_WIDTHS = (24, 6, 30, 34, 18, 7, 36, 14, 10, 12, 12, 12, 10, 7, 26)
_TEXT = "@"
_LONGEST = 32_767
"""Characters that a cell of XLSX holds."""


def ledger_column_titles(report: Report) -> list[str]:
    """Return the titles of the columns."""
    label = report.label
    names = (
        "sheet",
        "number",
        "problem",
        "basis",
        "system",
        "risk",
        "action",
        "unit",
        "owner",
        "due",
        "state",
        "done",
        "recheck_by",
        "closed",
        "evidence",
    )
    return [label[name] for name in names]


def list_ledger_rows(report: Report) -> Iterable[list[str]]:
    """Yield a row a problem, in the order of the ledger."""
    for sheet in report.sheets:
        for ledger_row in sheet.ledger:
            yield _ledger_cells(sheet, ledger_row, report.label["semicolon"])


def ledger_to_csv(report: Report) -> bytes:
    """Return the ledger as CSV: UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(ledger_column_titles(report))
    writer.writerows(
        [escape_formulas_of_parts(cell) for cell in row] for row in list_ledger_rows(report)
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def escape_formulas_of_parts(text: str) -> str:
    """Return a text for CSV that holds no formula wherever a spreadsheet divides cells.

    Where the list separator is `;`, as in many countries, spreadsheets divide a line there, and
    take the quotes around a cell for a part of it, so that a line break in it ends a row.
    """
    first, *others = _CELL_ENDS.split(escape_formula(text))
    parts = [first]
    for end, part in zip(others[::2], others[1::2], strict=True):
        plain = part.lstrip('"')
        parts += [end, part[: len(part) - len(plain)], escape_formula(plain)]
    return "".join(parts)


def escape_formula(text: str) -> str:
    """Return a text that a spreadsheet takes for a text: `'=cmd` instead of `=cmd`.

    What a spreadsheet may pass over before the sign of a formula counts as nothing: blanks, and
    signs that are not printed.
    """
    start = next((sign for sign in text if sign in _FORMULA or _is_visible_character(sign)), "")
    return f"'{text}" if start in _FORMULA else text


def _is_visible_character(character: str) -> bool:
    return character.isprintable() and not character.isspace()


def ledger_to_xlsx(report: Report, moment: datetime) -> bytes:
    """Return the ledger as XLSX: typed as text, heads frozen, ready to print on A4 landscape."""
    import xlsxwriter  # noqa: PLC0415  # only this needs it

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": report.label["ledger_title"],
                "author": report.organization,
                "comments": report.unclassified,
                "created": moment.replace(tzinfo=None),
            }
        )
        page = book.add_worksheet(_allowed_worksheet_name(report.label["ledger_title"]))
        look = {"num_format": _TEXT, "text_wrap": True, "valign": "top", "border": 1}
        plain, bold = book.add_format(look), book.add_format({**look, "bold": True})
        for at, title in enumerate(ledger_column_titles(report)):
            page.set_column(at, at, _WIDTHS[at])
            page.write_string(0, at, title, bold)
        last = 0
        for last, row in enumerate(list_ledger_rows(report), 1):
            for at, text in enumerate(row):
                page.write_string(last, at, text[:_LONGEST], plain)
        _set_print_layout(page, report, last)
    return out.getvalue()


def _allowed_worksheet_name(title: str) -> str:
    """Return a title as spreadsheets allow it for a page: 31 characters, some of them barred."""
    return "".join(char for char in title if char not in "[]:*?/\\")[:31]


def _set_print_layout(page: Worksheet, report: Report, last: int) -> None:
    """Set how it prints: A4 landscape, heads on each page, the digest at the foot."""
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(_WIDTHS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    top = f"{report.label['draft']} " if report.draft else ""
    page.set_header("&L" + f"{top}{report.classification} {report.marking}".replace("&", "&&"))
    digest = f"{report.label['digest']} {report.digest}".replace("&", "&&")
    page.set_footer(f"&L{digest}&R&P / &N")


def _ledger_cells(sheet: SheetView, ledger_row: LedgerView, evidence_separator: str) -> list[str]:
    return [
        sheet.title,
        ledger_row.number,
        " ".join((ledger_row.title, ledger_row.id, *ledger_row.dangers)),
        ledger_row.basis,
        ledger_row.system,
        ledger_row.risk,
        ledger_row.action,
        ledger_row.unit,
        ledger_row.owner,
        f"{ledger_row.due} {ledger_row.late}".rstrip(),
        ledger_row.progress,
        ledger_row.done,
        ledger_row.recheck_by,
        ledger_row.closed,
        evidence_separator.join(ledger_row.evidence),
    ]
