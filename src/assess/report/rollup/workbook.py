"""A roll-up as XLSX: a sheet for each table; every text is a text, and no cell a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from assess.harmless import escape_control_characters
from assess.i18n import translator
from assess.model.rollup import ColumnKind, RollUpDocument, RollUpTable
from assess.report.export.workbook import make_cell_text, make_xlsx

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from assess.display.rollup.table_building import RollUpCell

MOST_ROWS: Final = 1_048_576
"""Rows of a sheet of XLSX."""

_MOST_DIGITS: Final = 15
"""Digits that a number of a spreadsheet holds; what has more stays a text."""

_LONGEST_NAME: Final = 31
_BARRED: Final = "[]:*?/\\'"
"""Characters that the name of a sheet must not have."""

_HEAD_ROW: Final = 4
"""The row of the heads; above it stand title, marking, warning and note."""

_WIDTHS: Final[dict[ColumnKind, int]] = {"text": 24, "number": 11, "percent": 11, "date": 12}
_A4: Final = 9


class _TableFormats(NamedTuple):
    title: Format
    plain: Format
    head: Format
    text: Format
    number: Format
    percent: Format
    day: Format


class _TablePart(NamedTuple):
    """The rows of a table that stand on one sheet."""

    name: str
    table: RollUpTable
    rows: Sequence[tuple[RollUpCell, ...]]
    next_name: str | None
    """The sheet on which the table goes on."""


def rollup_to_xlsx(document: RollUpDocument, most_rows: int = MOST_ROWS) -> bytes:
    """Return the tables as XLSX, heads frozen and filtered, to print on A4 landscape.

    A table with more rows than a sheet holds goes on in a second one, and says so.
    """

    def write_sheets(book: Workbook) -> None:
        formats = _make_formats(book)
        for part in _divide_tables(document, most_rows):
            page = book.add_worksheet(part.name)
            _write_head(page, document, part, formats)
            _write_rows(page, part, formats)
            _set_print_layout(page, document)

    day = document.reckoned
    properties = {
        "title": document.title,
        "author": document.office,
        "comments": f"{document.marking} {document.warning}",
        "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001  # a day
    }
    return make_xlsx(document.lang, properties, write_sheets)


def _make_formats(book: Workbook) -> _TableFormats:
    look = {"text_wrap": True, "valign": "top", "border": 1}
    return _TableFormats(
        book.add_format({"num_format": "@", "bold": True}),
        book.add_format({"num_format": "@"}),
        book.add_format({**look, "num_format": "@", "bold": True}),
        book.add_format({**look, "num_format": "@"}),
        book.add_format(look),
        book.add_format({**look, "num_format": "0.0%"}),
        book.add_format({**look, "num_format": "yyyy-mm-dd", "align": "left"}),
    )


def _divide_tables(document: RollUpDocument, most_rows: int) -> Iterator[_TablePart]:
    """Yield the sheets; their names are unlike without regard to case."""
    size = most_rows - _HEAD_ROW - 1
    taken: set[str] = set()
    for table in document.tables:
        starts = range(0, max(len(table.rows), 1), size)
        names = [_choose_sheet_name(table.title, taken) for _start in starts]
        for start, name, next_name in zip(starts, names, [*names[1:], None], strict=True):
            yield _TablePart(name, table, table.rows[start : start + size], next_name)


def _choose_sheet_name(title: str, taken: set[str]) -> str:
    """Return a name as spreadsheets allow it: 31 characters, some of them barred, no name twice."""
    plain = "".join(char for char in escape_control_characters(title) if char not in _BARRED)
    name, number = plain[:_LONGEST_NAME], 1
    while not name or name.casefold() in taken:
        number += 1
        end = f" ({number})"
        name = plain[: _LONGEST_NAME - len(end)] + end
    taken.add(name.casefold())
    return name


def _write_head(
    page: Worksheet, document: RollUpDocument, part: _TablePart, formats: _TableFormats
) -> None:
    note = part.table.note
    if part.next_name is not None:
        _ = translator(document.lang)
        text = _("This table goes on in the sheet “{name}”.")
        note = f"{note} {text.format(name=part.next_name)}".strip()
    for at, column in enumerate(part.table.columns):
        page.set_column(at, at, _WIDTHS[column.kind])
    page.write_string(0, 0, make_cell_text(f"{document.title} · {part.table.title}"), formats.title)
    page.write_string(1, 0, make_cell_text(document.marking), formats.title)
    page.write_string(2, 0, make_cell_text(document.warning), formats.plain)
    page.write_string(3, 0, make_cell_text(note), formats.plain)
    for at, column in enumerate(part.table.columns):
        page.write_string(_HEAD_ROW, at, make_cell_text(column.title), formats.head)


def _write_rows(page: Worksheet, part: _TablePart, formats: _TableFormats) -> None:
    columns = part.table.columns
    last = _HEAD_ROW
    for last, row in enumerate(part.rows, _HEAD_ROW + 1):
        for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
            look = formats.percent if column.kind == "percent" else formats.number
            _write_cell(page, (last, at), cell, look, formats)
    page.freeze_panes(_HEAD_ROW + 1, 1)
    page.autofilter(_HEAD_ROW, 0, last, len(columns) - 1)


def _write_cell(
    page: Worksheet,
    place: tuple[int, int],
    cell: RollUpCell,
    number_look: Format,
    formats: _TableFormats,
) -> None:
    if cell is None:
        page.write_blank(*place, None, formats.text)
    elif isinstance(cell, str):
        page.write_string(*place, make_cell_text(cell), formats.text)
    elif isinstance(cell, date):
        page.write_datetime(*place, datetime(cell.year, cell.month, cell.day), formats.day)  # noqa: DTZ001  # a day
    elif len(Decimal(cell).as_tuple().digits) > _MOST_DIGITS:
        page.write_string(*place, f"{cell:f}", formats.text)
    else:
        page.write_number(*place, cell, number_look)


def _set_print_layout(page: Worksheet, document: RollUpDocument) -> None:
    """Set how it prints: A4 landscape, heads on each page, the marking at the head and the foot."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD_ROW)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    marking = document.marking.replace("&", "&&")[:100]
    page.set_header(f"&L{marking}")
    page.set_footer(f"&L{marking}&R&P / &N")
