"""The tables of a roll-up on the screen: their grid, and a row in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from assess.display.rollup.cell_text import NOTHING, format_cell
from assess.display.table.grid import GridTexts, measure_grid_columns
from assess.display.text.cells import width_of
from assess.display.text.styled import LinePart, StyledLine, labelled_lines
from assess.display.text.word_match import has_all_words_or_pinyin
from assess.engine.punctuation import colon_sign
from assess.harmless import escape_as_single_line
from assess.i18n import Lang
from assess.model.rollup import ColumnKind, RollUpTable

_PLAIN_NOTHING: Final = "-"
"""What stands for nothing: the long dash is two cells wide in some terminals."""

_WIDEST_TITLE: Final = 12
"""Cells of the title of a column whose cells are narrower; the whole title stands below."""

_WIDEST_CELL: Final = 24
_NARROW_SCREEN: Final = 72
"""Cells of a screen of 80 columns without edges; two columns share them, more have fewer."""

_BETWEEN: Final = 3
"""Cells between two cells of a row that stand on one line below the grid."""

_MOST_ROWS: Final = 200
"""Maximum number of rows that a search lists. More words reduce them."""

_LEADING: Final = ("unit", "item")
"""The columns that name what a row is about, the first that a table has."""

_TRAILING: Final = ("unit_id", "checklist", "item_id", "part_id")


def make_rollup_grid(table: RollUpTable) -> GridTexts:
    """Return the texts of a table; of thousands of rows it takes a while."""
    titles = tuple(escape_as_single_line(column.title) for column in table.columns)
    kinds = [column.kind for column in table.columns]
    cells = tuple(
        tuple(_cell_text(value, kind) for value, kind in zip(row, kinds, strict=True))
        for row in table.rows
    )
    room = _NARROW_SCREEN // len(titles)
    widths = measure_grid_columns(titles, cells, _WIDEST_TITLE, max(_WIDEST_CELL, room))
    return GridTexts(titles, cells, (), widths, tuple(kind != "text" for kind in kinds))


def _cell_text(value: Any, kind: ColumnKind) -> str:
    text = format_cell(value, kind)
    return _PLAIN_NOTHING if text == NOTHING else escape_as_single_line(text)


def list_cells_in_full(
    texts: GridTexts, row: int, left_out: Iterable[int] = ()
) -> list[tuple[str, str]]:
    """Return the titles and the cells of a row in which there is something to say."""
    pairs = zip(texts.titles, texts.cells[row], strict=True)
    return [
        pair
        for place, pair in enumerate(pairs)
        if pair[1] != _PLAIN_NOTHING and place not in left_out
    ]


def join_cells_in_full(texts: GridTexts, row: int, lang: Lang) -> str:
    """Return the cells of a row as a text, a line each."""
    sign = colon_sign(lang)
    return "\n".join(f"{title}{sign}{text}" for title, text in list_cells_in_full(texts, row))


def flow_labelled_texts(pairs: Sequence[tuple[str, str]], width: int) -> list[StyledLine]:
    """Return texts behind their labels, as many on a line as fit; a longer one is wrapped."""
    lines: list[StyledLine] = []
    line: StyledLine = ()
    used_width = 0
    for label, text in pairs:
        needed = width_of(label) + 1 + width_of(text)
        if line and used_width + _BETWEEN + needed > width:
            lines.append(line)
            line, used_width = (), 0
        if needed + 1 > width:
            lines += [
                (LinePart(" "), *wrapped) for wrapped in labelled_lines(label, [text], width - 1)
            ]
            continue
        gap = _BETWEEN if line else 1
        line = (*line, LinePart(" " * gap), LinePart(label, "label"), LinePart(f" {text}"))
        used_width += gap + needed
    return [*lines, line] if line else lines


def find_grid_rows(texts: GridTexts, words: str) -> tuple[list[int], int]:
    """Return the indexes of the rows that have all words, the first ones, and how many there are.

    Latin letters may be the first letters of the pinyin.
    """
    matches = [
        index
        for index, cells in enumerate(texts.cells)
        if not words.strip() or has_all_words_or_pinyin(" ".join(cells), words)
    ]
    return matches[:_MOST_ROWS], len(matches)


def arrange_for_screen(table: RollUpTable) -> RollUpTable:
    """Return a table whose first column, which stands still, names what its rows are about.

    Ids and what many rows have in common go to the end.
    """
    ids = [column.id for column in table.columns]
    leading = next((key for key in _LEADING if key in ids), None)
    if leading is None:
        return table
    order = sorted(
        range(len(ids)), key=lambda place: (ids[place] != leading, ids[place] in _TRAILING)
    )
    return msgspec.structs.replace(
        table,
        columns=tuple(table.columns[place] for place in order),
        rows=tuple(tuple(row[place] for place in order) for row in table.rows),
    )
