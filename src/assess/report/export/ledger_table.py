"""The ledger as a table of typed cells, and as CSV. No text in it is taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from assess.i18n import translator
from assess.report.content.view.model import LedgerView, Report

CellValue = str | int | float | date
"""What a cell holds; '' for an empty one."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula, full-width signs too."""


_CELL_ENDS = re.compile(r"([;\t\r\n])")


class TableColumn(NamedTuple):
    """A column: its title, and its width in characters."""

    title: str
    width: int


def ledger_columns(report: Report) -> tuple[TableColumn, ...]:
    """Return the columns of the ledger."""
    _, label = translator(report.lang), report.label
    return (
        TableColumn(label["sheet"], 18),
        TableColumn(label["number"], 6),
        TableColumn(_("Id"), 14),
        TableColumn(label["problem"], 30),
        TableColumn(_("Serious danger"), 16),
        TableColumn(label["basis"], 28),
        TableColumn(_("Organization"), 16),
        TableColumn(label["system"], 18),
        TableColumn(label["risk"], 7),
        TableColumn(label["action"], 30),
        TableColumn(label["unit"], 14),
        TableColumn(label["owner"], 10),
        TableColumn(label["due"], 12),
        TableColumn(_("Days late"), 9),
        TableColumn(label["state"], 12),
        TableColumn(label["done"], 12),
        TableColumn(label["recheck_by"], 10),
        TableColumn(label["closed"], 7),
        TableColumn(label["evidence"], 26),
        TableColumn(_("Carried over"), 16),
        TableColumn(_("Found by"), 22),
        TableColumn(_("Needs"), 22),
    )


def list_ledger_rows(report: Report) -> Iterable[tuple[CellValue, ...]]:
    """Yield a row a problem, those of all sheets and of others in the order of the ledger."""
    rows = [(sheet.title, ledger_row) for sheet in report.sheets for ledger_row in sheet.ledger]
    rows += [(report.label["outside"], ledger_row) for ledger_row in report.outside]
    for sheet_title, ledger_row in sorted(rows, key=lambda row: row[1].rank):
        yield _ledger_cells(report, sheet_title, ledger_row)


def ledger_to_csv(report: Report) -> bytes:
    """Return the ledger as CSV: UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.title for column in ledger_columns(report)])
    writer.writerows([_csv_text(cell) for cell in row] for row in list_ledger_rows(report))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_text(cell: CellValue) -> str:
    return escape_formulas_in_csv_cell(cell) if isinstance(cell, str) else str(cell)


def escape_formulas_in_csv_cell(text: str) -> str:
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


def read_date_cell(text: str) -> CellValue:
    """Return a day that tables show as 2026-06-30 as a date; '' for a dash, else the text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return "" if text == "–" else text


def _ledger_cells(report: Report, sheet: str, row: LedgerView) -> tuple[CellValue, ...]:
    _, between = translator(report.lang), report.label["semicolon"]
    return (
        sheet,
        int(row.number) if row.number.isdecimal() else row.number,
        row.finding_id or row.id,
        row.title,
        between.join(row.dangers),
        row.basis,
        report.organization,
        row.system,
        row.risk,
        row.action,
        row.unit,
        row.owner,
        read_date_cell(row.due),
        row.days_late or "",
        row.progress,
        read_date_cell(row.done),
        row.recheck_by,
        row.closed,
        between.join(row.evidence),
        row.taken,
        row.source or _("the self-check"),
        between.join(filter(None, (row.needs, row.no_due))),
    )
