"""The rows of a table as a grid: the first column stands still, the others scroll sideways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from assess.display.table.cell_faults import CellFault
from assess.display.table.row_reading import TableRow, find_row_faults
from assess.display.text.cells import width_of
from assess.display.text.lazy_lines import LazyLines
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, StyleName
from assess.display.text.wrap import fit_width
from assess.engine.kinds.table import cell_text_without_unit, column_totals
from assess.engine.kinds.wording import format_value_without_exponent
from assess.engine.punctuation import colon_sign, format_bracketed_remark
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.item import Table
from assess.model.item_parts import Column

_GAP: Final = 2
"""Cells between two columns."""
_EDGE: Final = 3
"""Cells between the first column and the others: a line with a space on each side."""
_MARK: Final = 2
"""Cells at the right end for the mark of further columns."""
_NARROWEST, _WIDEST = 4, 24
"""Minimum and maximum number of cells of a column; the whole cell stands below the grid."""


class GridPlace(NamedTuple):
    """The row and the column that are in focus, from 0."""

    row: int = 0
    column: int = 0


class GridTexts(NamedTuple):
    """What stands in the cells of a grid, made once for its rows."""

    titles: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]
    """The sums below the columns, '' for a column without one; empty where none has one."""
    widths: tuple[int, ...]
    numeric: tuple[bool, ...]
    """Whether the cells of a column are numbers, which stand at the right."""
    faults: Mapping[tuple[int, int], CellFault] = MappingProxyType({})
    """By the indexes of row and column."""


class _Window(NamedTuple):
    """The columns that are in sight beside the first one, with their widths."""

    number_width: int
    first_width: int
    shown: tuple[tuple[int, int], ...]
    more_left: bool
    more_right: bool


def make_grid_texts(table: Table, rows: Sequence[TableRow], today: date, lang: Lang) -> GridTexts:
    """Return the texts of the rows; cells that lack or have what does not fit begin with `!`."""
    places = {column.id: index for index, column in enumerate(table.columns)}
    numbers = range(1, len(rows) + 1)
    faults = {
        (fault.row - 1, places[fault.column]): fault
        for fault in find_row_faults(table, rows, numbers, today, lang)
        if fault.column in places
    }
    titles = tuple(_column_title(column, lang) for column in table.columns)
    cells = tuple(
        tuple(
            _cell_text(column, row, (index, place) in faults, lang)
            for place, column in enumerate(table.columns)
        )
        for index, row in enumerate(rows)
    )
    totals = _total_texts(table, rows, lang)
    widths = measure_grid_columns(titles, (totals, *cells) if totals else cells)
    numeric = tuple(column.type in ("integer", "number") for column in table.columns)
    return GridTexts(titles, cells, totals, widths, numeric, faults)


def measure_grid_columns(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    widest_title: int = _WIDEST,
    widest_cell: int = _WIDEST,
) -> tuple[int, ...]:
    """Return the width of each column, at most `widest_cell`.

    A title longer than `widest_title` is cut to the cells.
    """
    widths = [max(_NARROWEST, min(widest_title, width_of(title))) for title in titles]
    for row in rows:
        for place, words in enumerate(row):
            if len(words) * 2 > widths[place]:  # no character takes more than two cells
                widths[place] = max(widths[place], min(widest_cell, width_of(words)))
    return tuple(widths)


def _total_texts(table: Table, rows: Sequence[TableRow], lang: Lang) -> tuple[str, ...]:
    totals = column_totals(table, list(rows))
    if not totals:
        return ()
    texts = [
        format_value_without_exponent(totals[column.id]) if column.id in totals else ""
        for column in table.columns
    ]
    _ = translator(lang)
    return (texts[0] or _("Total"), *texts[1:])


def _column_title(column: Column, lang: Lang) -> str:
    unit = pick_text(column.unit, lang)
    title = pick_text(column.title, lang) + format_bracketed_remark(unit, lang)
    return escape_as_single_line(title) + ("*" if column.required else "")


def _cell_text(column: Column, row: TableRow, is_faulty: bool, lang: Lang) -> str:
    words = (
        escape_as_single_line(cell_text_without_unit(column, row[column.id], lang))
        if column.id in row
        else ""
    )
    return f"! {words}".rstrip() if is_faulty else words


def _lay_out_columns(texts: GridTexts, focused: int, width: int) -> _Window:
    """Return the columns in sight: as few as possible are scrolled off before the focused one."""
    number_width = len(str(max(1, len(texts.cells)))) + _GAP
    first_width = min(texts.widths[0], max(_NARROWEST, (width - number_width) // 3))
    room = max(_NARROWEST, width - number_width - first_width - _EDGE - _MARK)
    widths = [min(each, room) for each in texts.widths]
    start = 1
    while start < focused and sum(widths[start : focused + 1]) + _GAP * (focused - start) > room:
        start += 1
    shown: list[tuple[int, int]] = []
    used = 0
    for place in range(start, len(widths)):
        needed = widths[place] + (_GAP if shown else 0)
        if used + needed > room:
            break
        shown.append((place, widths[place]))
        used += needed
    last = shown[-1][0] if shown else 0
    more_right = last < len(widths) - 1
    return _Window(number_width, first_width, tuple(shown), start > 1, more_right)


def draw_grid_head(texts: GridTexts, place: GridPlace, width: int) -> StyledLine:
    """Return the line of the titles; `<` and `>` are marks of columns that are not in sight."""
    window = _lay_out_columns(texts, place.column, width)
    edge = LinePart(" <| ", "warn", " <│ ") if window.more_left else LinePart(" | ", "dim", " │ ")
    parts = [
        LinePart(" " * window.number_width),
        _padded_cell_part(texts, 0, window.first_width, texts.titles[0], "title"),
        LinePart(edge.text[-_EDGE:], edge.style, edge.fine[-_EDGE:]),
    ]
    for index, (column, column_width) in enumerate(window.shown):
        parts += [LinePart(" " * _GAP)] if index else []
        parts.append(_padded_cell_part(texts, column, column_width, texts.titles[column], "title"))
    if window.more_right:
        parts.append(LinePart(" >", "warn"))
    return tuple(parts)


def draw_grid_rows(texts: GridTexts, place: GridPlace, width: int) -> DrawnLines:
    """Return a line for each row; the focused cell is on the ground of the focus.

    The lines are drawn when they are asked for.
    """
    window = _lay_out_columns(texts, place.column, width)

    def draw_row(index: int) -> StyledLine:
        focused = place.column if index == place.row else None
        return _draw_row(texts, index, focused, window)

    return DrawnLines(LazyLines(len(texts.cells), draw_row), place.row)


def draw_grid_totals(texts: GridTexts, place: GridPlace, width: int) -> DrawnLines:
    """Return the line of the sums below the rows; none where no column is summed up."""
    if not texts.totals:
        return DrawnLines(())
    window = _lay_out_columns(texts, place.column, width)
    parts = [LinePart(" " * window.number_width)]
    columns = [(0, window.first_width), *window.shown]
    for order, (column, column_width) in enumerate(columns):
        between = LinePart(" | ", "dim", " │ ") if order == 1 else LinePart(" " * _GAP)
        parts += [between] if order else []
        parts.append(_padded_cell_part(texts, column, column_width, texts.totals[column], "title"))
    return DrawnLines([tuple(parts)])


def _draw_row(texts: GridTexts, index: int, focused: int | None, window: _Window) -> StyledLine:
    sign = " " if focused is None else ">"
    number = f"{sign}{index + 1:>{window.number_width - _GAP}} "
    parts = [
        LinePart(number, "dim" if focused is None else "title"),
        _cell_part(texts, index, 0, window.first_width, focused),
        LinePart(" | ", "dim", " │ "),
    ]
    for order, (column, column_width) in enumerate(window.shown):
        parts += [LinePart(" " * _GAP)] if order else []
        parts.append(_cell_part(texts, index, column, column_width, focused))
    return tuple(parts)


def _cell_part(
    texts: GridTexts, row: int, column: int, width: int, focused: int | None
) -> LinePart:
    is_faulty = (row, column) in texts.faults
    part = _padded_cell_part(
        texts, column, width, texts.cells[row][column], "bad" if is_faulty else "plain"
    )
    return part._replace(ground="focus") if focused == column else part


def _padded_cell_part(
    texts: GridTexts, column: int, width: int, words: str, style: StyleName
) -> LinePart:
    """Return a cell in exactly `width` cells; numbers stand at the right."""
    if texts.numeric[column]:
        words = " " * max(0, width - width_of(words)) + words
    return LinePart(fit_width(words, width), style)


def focused_cell_text(texts: GridTexts, place: GridPlace, lang: Lang) -> str:
    """Return the focused cell in full, with its place, its title, and what is wrong with it."""
    _ = translator(lang)
    where = _("row {row} of {rows}, column {column} of {columns}").format(
        row=place.row + 1,
        rows=len(texts.cells),
        column=place.column + 1,
        columns=len(texts.titles),
    )
    fault = texts.faults.get((place.row, place.column))
    words = texts.cells[place.row][place.column]
    title = texts.titles[place.column]
    statement = f"! {fault.message}" if fault is not None else words
    return f"{title}{colon_sign(lang)}{statement}{format_bracketed_remark(where, lang)}"
