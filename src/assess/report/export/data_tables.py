"""Answers, counts and tables of a report as tables of typed cells, for spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from assess.i18n import translator
from assess.report.content.view.model import CountsRow, ItemView, Report, SheetView
from assess.report.export.ledger_table import (
    CellValue,
    TableColumn,
    ledger_columns,
    list_ledger_rows,
    read_date_cell,
)

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_MOST_DIGITS = 15
"""Digits that a number of a spreadsheet holds; what has more stays a text."""

COUNTS = ("applicable", "met", "partial", "unmet", "not_applicable", "answered", "unanswered")


class ColumnTitle(str):
    """A text that is the title of a column inside a sheet."""

    __slots__ = ()


class DataTable(NamedTuple):
    """A sheet of a spreadsheet: its title, its columns, its rows."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[tuple[CellValue, ...]]


def list_data_tables(report: Report) -> tuple[DataTable, ...]:
    """Return the ledger, the answers, the counts and the rows of tables; rows are made late."""
    _ = translator(report.lang)
    return (
        DataTable(report.label["ledger_title"], ledger_columns(report), list_ledger_rows(report)),
        DataTable(_("Answers"), _list_columns_of_answers(report), _list_answer_rows(report)),
        DataTable(_("Counts"), _list_columns_of_counts(report), _list_rows_of_counts(report)),
        DataTable(
            _("Tables"),
            _list_columns_of_table_rows(report),
            _list_titles_and_rows_of_tables(report),
        ),
    )


def read_number_cell(text: str) -> CellValue:
    """Return a number that a text begins with, up to its unit; else the text."""
    number = text.partition(" ")[0]
    if not _NUMBER.fullmatch(number) or sum(map(str.isdigit, number)) > _MOST_DIGITS:
        return "" if text == "–" else text
    return float(number) if "." in number else int(number)


def _list_columns_of_answers(report: Report) -> tuple[TableColumn, ...]:
    _, label = translator(report.lang), report.label
    return (
        *_list_sheet_identity_columns(report),
        TableColumn(label["section"], 18),
        TableColumn(label["number"], 6),
        TableColumn(_("Id"), 14),
        TableColumn(_("Item"), 34),
        TableColumn(label["result"], 10),
        TableColumn(_("Answer given"), 26),
        TableColumn(_("Number"), 10),
        TableColumn(_("Of"), 10),
        TableColumn(_("Unit of measure"), 8),
        TableColumn(label["date"], 12),
        TableColumn(_("Note"), 40),
        TableColumn(label["evidence"], 26),
        TableColumn(_("Remark"), 26),
        TableColumn(_("Carried over"), 16),
    )


def _list_sheet_identity_columns(report: Report) -> tuple[TableColumn, ...]:
    _, label = translator(report.lang), report.label
    return (
        TableColumn(label["sheet"], 18),
        TableColumn(_("Organization"), 16),
        TableColumn(label["system"], 18),
    )


def _list_sheet_identity_cells(report: Report, sheet: SheetView) -> tuple[CellValue, ...]:
    return sheet.title, report.organization, sheet.scope


def _list_answer_rows(report: Report) -> Iterable[tuple[CellValue, ...]]:
    between = report.label["semicolon"]
    for sheet in report.sheets:
        for section in sheet.sections:
            for item in section.items:
                yield (
                    *_list_sheet_identity_cells(report, sheet),
                    section.title,
                    int(item.number),
                    item.id,
                    item.title,
                    item.result,
                    item.listed or item.said,
                    *_list_number_and_date_cells(item),
                    item.note,
                    between.join(item.evidence),
                    between.join(item.flags),
                    item.taken,
                )


def _list_number_and_date_cells(item: ItemView) -> tuple[CellValue, ...]:
    """Return number, whole, unit and date of an answer, each empty where it has none."""
    if item.kind in ("number", "ratio") and item.value:
        whole = read_number_cell(item.whole) if item.whole else ""
        return read_number_cell(item.value), whole, item.unit, ""
    if item.kind == "date":
        return "", "", "", read_date_cell(item.value)
    return "", "", "", ""


def _list_columns_of_counts(report: Report) -> tuple[TableColumn, ...]:
    _, label = translator(report.lang), report.label
    return (
        *_list_sheet_identity_columns(report),
        TableColumn(label["section"], 26),
        *(TableColumn(label[name], 9) for name in COUNTS),
        TableColumn(label["score"], 9),
        TableColumn(label["verdict"], 14),
        TableColumn(_("Progress"), 14),
    )


def _list_rows_of_counts(report: Report) -> Iterable[tuple[CellValue, ...]]:
    """Yield the counts of each sheet as a whole, then those of its sections."""
    for sheet in report.sheets:
        origin = _list_sheet_identity_cells(report, sheet)
        yield (*origin, translator(report.lang)("Total"), *_list_cells_of_counts(sheet.counts))
        for section in sheet.sections:
            yield (*origin, section.title, *_list_cells_of_counts(section.counts))


def _list_cells_of_counts(row: CountsRow) -> tuple[CellValue, ...]:
    counts = (int(getattr(row, name)) for name in COUNTS)
    return (*counts, read_number_cell(row.score), row.verdict, row.progress)


def _list_columns_of_table_rows(report: Report) -> tuple[TableColumn, ...]:
    _ = translator(report.lang)
    columns = max(
        (len(item.columns) for _sheet, item in _list_items_with_table_rows(report)), default=0
    )
    title = _("Column {number}")
    return (
        *_list_sheet_identity_columns(report),
        TableColumn(_("Id"), 14),
        TableColumn(_("Item"), 30),
        TableColumn(_("Row"), 6),
        *(TableColumn(title.format(number=number), 20) for number in range(1, columns + 1)),
    )


def _list_items_with_table_rows(report: Report) -> Iterable[tuple[SheetView, ItemView]]:
    """Yield the answers that are tables and have rows."""
    for sheet in report.sheets:
        for section in sheet.sections:
            for item in section.items:
                if item.rows:
                    yield sheet, item


def _list_titles_and_rows_of_tables(report: Report) -> Iterable[tuple[CellValue, ...]]:
    """Yield for each table the titles of its columns, then its rows."""
    for sheet, item in _list_items_with_table_rows(report):
        origin = (*_list_sheet_identity_cells(report, sheet), item.id, item.title)
        yield (*origin, "", *map(ColumnTitle, item.columns))
        for number, row in enumerate(item.rows, 1):
            cells = zip(item.column_types, row, strict=True)
            yield (*origin, number, *(_convert_cell_by_type(kind, text) for kind, text in cells))
        if item.totals:
            totals = map(read_number_cell, item.totals)
            yield (*origin, report.label["total"], *totals)


def _convert_cell_by_type(column_type: str, text: str) -> CellValue:
    if column_type in ("integer", "number"):
        return read_number_cell(text)
    return read_date_cell(text) if column_type == "date" else text
