"""The heads of a spreadsheet: which of its cells belongs to which column of a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from assess.display.table.cell_faults import CellFault
from assess.display.table.spreadsheet_text import SpreadsheetRow, letters_of_column
from assess.engine.kinds.reading import fold_width_case_drop_spaces
from assess.harmless import escape_as_single_line
from assess.i18n import LANGS, Lang, translator
from assess.model.base import pick_text
from assess.model.item import Table
from assess.model.item_parts import Column


class Heads(NamedTuple):
    """Which cell of a row belongs to which column, by place."""

    columns: Mapping[int, Column]
    places: Collection[int]
    """The places below a head, also below one of no column."""
    unknown: list[str]
    faults: list[CellFault]


def take_columns_in_order(table: Table) -> Heads:
    """Return what holds where there are no heads: the cells are in the order of the columns."""
    columns = dict(enumerate(table.columns))
    return Heads(columns, columns.keys(), [], [])


_MOST_ROWS_ABOVE_HEADS: Final = 4
"""Rows that may stand above the heads: a title, the name of the unit, the date."""
_MOST_CELLS_ABOVE_HEADS: Final = 2
"""A row above the heads with more cells is a row of the table, which must not be passed over."""
_NUMBER_HEADS: Final = frozenset({"序号", "no.", "no"})
"""Heads of the running number, which is no column of a table."""
_TOTALS: Final = frozenset({"合计", "总计", "小计", "total"})


class HeadsAndBody(NamedTuple):
    """The heads of a spreadsheet, None where it has none, and the rows that are to be read."""

    heads: Heads | None
    body: Sequence[SpreadsheetRow]


def split_heads_and_body(table: Table, rows: Sequence[SpreadsheetRow], lang: Lang) -> HeadsAndBody:
    """Return the heads and the rows below them, without totals below the running number."""
    for place, row in enumerate(rows[: _MOST_ROWS_ABOVE_HEADS + 1]):
        heads = find_heads(table, row, lang)
        if heads is None and _count_filled_cells(row) > _MOST_CELLS_ABOVE_HEADS:
            break
        if heads is not None:
            body = [below for below in rows[place + 1 :] if not _is_total_row(row, below)]
            return HeadsAndBody(heads, body)
    return HeadsAndBody(None, rows)


def _count_filled_cells(row: SpreadsheetRow) -> int:
    return sum(1 for cell in row.cells if cell.strip())


def _is_total_row(heads: SpreadsheetRow, row: SpreadsheetRow) -> bool:
    return any(
        _is_number_head(head) and fold_width_case_drop_spaces(cell) in _TOTALS
        for head, cell in zip(heads.cells, row.cells, strict=False)
    )


def _is_number_head(cell: str) -> bool:
    return fold_width_case_drop_spaces(cell) in _NUMBER_HEADS


def find_heads(table: Table, row: SpreadsheetRow, lang: Lang) -> Heads | None:
    """Return what the heads in a row say; None where it has none."""
    columns_by_name = {
        name: column for column in table.columns for name in _list_normalized_column_names(column)
    }
    titles = {place: cell for place, cell in enumerate(row.cells) if cell.strip()}
    columns = {
        place: column
        for place, title in titles.items()
        if (column := _find_column_of_head(title, columns_by_name))
    }
    if 2 * len(columns) < max(1, len(titles)):
        return None
    unknown = [
        escape_as_single_line(title)
        for place, title in titles.items()
        if place not in columns and not _is_number_head(title)
    ]
    faults = [
        *_find_repeated_heads(row, columns, lang),
        *_find_missing_heads(table, row.number, columns, lang),
    ]
    return Heads(columns, titles.keys(), unknown, faults)


def _find_repeated_heads(
    row: SpreadsheetRow, columns: Mapping[int, Column], lang: Lang
) -> Iterator[CellFault]:
    _ = translator(lang)
    seen: set[str] = set()
    for place, column in columns.items():
        if column.id in seen:
            title = escape_as_single_line(row.cells[place])
            yield CellFault(row.number, title, title, _("this column stands there twice"))
        seen.add(column.id)


def _find_missing_heads(
    table: Table, row_number: int, columns: Mapping[int, Column], lang: Lang
) -> Iterator[CellFault]:
    _ = translator(lang)
    ids = {column.id for column in columns.values()}
    for column in table.columns:
        if column.required and column.id not in ids:
            message = _("this column is needed, and no head has its title")
            yield CellFault(row_number, column.id, pick_text(column.title, lang), message)


def _list_normalized_column_names(column: Column) -> Iterator[str]:
    yield fold_width_case_drop_spaces(column.id)
    for lang in LANGS:
        yield fold_width_case_drop_spaces(pick_text(column.title, lang))


def _find_column_of_head(cell: str, columns_by_name: Mapping[str, Column]) -> Column | None:
    """Return the column of a head; its `*` and a remark in brackets don't count."""
    words = fold_width_case_drop_spaces(cell).strip("*")
    return columns_by_name.get(words) or columns_by_name.get(words.partition("(")[0].strip("*"))


def find_cells_without_head(row: SpreadsheetRow, heads: Heads, lang: Lang) -> Iterator[CellFault]:
    """Yield the faults of a row with cells below no head, or beyond the columns."""
    places = [place for place, cell in enumerate(row.cells) if cell.strip()]
    limit = max(heads.places, default=-1) + 1
    _ = translator(lang)
    if places[-1] >= limit:
        message = _("{count} cells, and there are {limit} columns")
        yield CellFault(row.number, "", "", message.format(count=places[-1] + 1, limit=limit))
    for place in places:
        if place < limit and place not in heads.places:
            message = _("the cell in column {column} stands below no head")
            letters = letters_of_column(place)
            yield CellFault(row.number, "", "", message.format(column=letters))
