"""How a table is laid out in a document: the page it needs, its type size, its column widths.

Dates, numbers, yes and no are never broken, so their columns get what the longest cell needs. The
columns of texts share the rest. Widths are measured in cells of half a character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from assess.display.text.cells import width_of
from assess.report.content.view.base import View

LANDSCAPE_FROM: Final = 8
"""Columns from which on a table stands on pages that lie on their side."""

_PORTRAIT, _LANDSCAPE = 442.0, 637.0
"""Points between the margins of a page."""
SIZES: Final = (8.5, 7.5, 6.5, 5.5)
"""Points of type of answers, the first that has room for every column."""
FORM_SIZES: Final = SIZES[:2]
"""Points of type of what is filled in by hand."""
_EASILY_READ: Final = 2
"""Sizes, from the largest on, that titles of columns may ask for."""
_SHORT_TITLE, _LONGEST_HALF = 8, 16
"""Cells of a title that stands on one line, and of half of one that stands on two."""
_PADDING: Final = 6.0
"""Points beside the text of a cell, with its lines."""
_LONGEST_WHOLE: Final = 20
"""Cells of the longest date or number that is not broken; a longer one is broken as a text."""
_SPARE: Final = 1
"""Cells beside a text."""
_WORDS: Final = re.compile(r"[A-Za-z0-9'-]+")
_LONGEST_HEAD: Final = 24
"""Cells of the longest word that is not broken."""
_FIGURES: Final = re.compile(r"[0-9 +./:,()-]*")
"""What a column of texts has that holds telephone or serial numbers: it is not broken, either."""
_LEAST, _MOST = 6, 44
"""Cells that a column of texts needs at least, and wants at most."""


class GridPart(View, frozen=True, kw_only=True):
    """Columns of a table that stand side by side."""

    columns: tuple[int, ...]
    """Their places in the table; the first column is in every part, so that rows have a name."""
    number_width: float
    """Percent of the column of the numbers of the rows."""
    widths: tuple[float, ...]
    """Percent of each column."""


class GridLayout(View, frozen=True, kw_only=True):
    """How a table stands on the page."""

    landscape: bool
    size: float
    """Points of type."""
    parts: tuple[GridPart, ...]
    """One below the other; a table whose columns have room beside each other is one part."""
    whole: tuple[bool, ...]
    """Whether the cells of a column are not broken."""


class ColumnNeeds(NamedTuple):
    """Cells of a column: what its texts and the words of its title need, and what it wants."""

    needed: int
    wanted: int
    whole: bool
    comfortable: int = 0
    """What the title needs to stand on a line, or on two."""


def lay_out_grid(
    titles: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[str]]
) -> GridLayout:
    """Return the layout of a table with these titles, types of columns, and texts of cells.

    No word of a title is broken, and no date or number. Where the smallest type has no room for
    that, the columns are divided into parts.
    """
    columns = [
        _measure_column(title, kind, [row[at] for row in rows])
        for at, (title, kind) in enumerate(zip(titles, types, strict=True))
    ]
    return lay_out_columns(columns, len(rows), SIZES)


def lay_out_columns(
    columns: Sequence[ColumnNeeds], row_count: int, sizes: Sequence[float]
) -> GridLayout:
    """Return the layout of a table whose columns need this, in one of the sizes of type."""
    number_cells = max(_LEAST, len(str(row_count)) + 1)
    number = ColumnNeeds(number_cells, number_cells, whole=False)
    landscape = len(columns) >= LANDSCAPE_FROM
    room = _LANDSCAPE if landscape else _PORTRAIT
    columns = _widen_columns_for_titles(number, columns, sizes, room)
    size, parts, fits = _choose_size_and_parts(number, columns, sizes, room)
    return GridLayout(
        landscape=landscape,
        size=size,
        parts=tuple(_lay_out_part(number, columns, part, size, room) for part in parts),
        whole=tuple(column.whole and fits for column in columns),
    )


def _choose_size_and_parts(
    number_column: ColumnNeeds,
    columns: Sequence[ColumnNeeds],
    sizes: Sequence[float],
    available_width: float,
) -> tuple[float, list[tuple[int, ...]], bool]:
    """Return the largest type with the fewest parts that has room, and whether any has."""
    parts: list[tuple[int, ...]] = []
    for count in range(1, max(2, len(columns))):
        parts = _divide_columns_into_parts(columns, count)
        for size in sizes:
            if all(
                _compute_part_width_in_points(number_column, columns, part, size) <= available_width
                for part in parts
            ):
                return size, parts, True
    return sizes[-1], parts, False


def _widen_columns_for_titles(
    number_column: ColumnNeeds,
    columns: Sequence[ColumnNeeds],
    sizes: Sequence[float],
    available_width: float,
) -> Sequence[ColumnNeeds]:
    """Return the columns with room for their titles, if type that is easily read leaves it."""
    widened = [column._replace(needed=max(column.needed, column.comfortable)) for column in columns]
    place = tuple(range(len(columns)))
    size = sizes[min(len(sizes), _EASILY_READ) - 1]
    return (
        widened
        if _compute_part_width_in_points(number_column, widened, place, size) <= available_width
        else columns
    )


def _divide_columns_into_parts(
    columns: Sequence[ColumnNeeds], part_count: int
) -> list[tuple[int, ...]]:
    """Return the places of the columns in so many parts of about the same width."""
    if part_count == 1:
        return [tuple(range(len(columns)))]
    widths = [column.needed for column in columns[1:]]
    whole, before = sum(widths), 0
    members: dict[int, list[int]] = {}
    for place, width in enumerate(widths, 1):
        members.setdefault((2 * before + width) * part_count // (2 * whole), []).append(place)
        before += width
    return [(0, *places) for places in members.values()]


def _lay_out_part(
    number_column: ColumnNeeds,
    columns: Sequence[ColumnNeeds],
    part: tuple[int, ...],
    size: float,
    available_width: float,
) -> GridPart:
    needs = [number_column, *(columns[place] for place in part)]
    rest = max(
        0.0, available_width - _compute_part_width_in_points(number_column, columns, part, size)
    )
    wishes = [max(0, column.wanted - column.needed) for column in needs]
    share = rest / sum(wishes) if any(wishes) else 0.0
    points = [
        column.needed * size / 2 + _PADDING + wish * share
        for column, wish in zip(needs, wishes, strict=True)
    ]
    widths = [round(100 * width / sum(points), 2) for width in points]
    return GridPart(columns=part, number_width=widths[0], widths=tuple(widths[1:]))


def _measure_column(title: str, column_type: str, texts: Sequence[str]) -> ColumnNeeds:
    longest = max(map(_width_in_cells, texts), default=0)
    is_figure = column_type not in ("text", "choice") or all(map(_FIGURES.fullmatch, texts))
    whole = is_figure and longest <= _LONGEST_WHOLE
    least = max(4, longest if whole else min(_LEAST, longest))
    most = least if whole else max(least, min(_MOST, max(longest, width_of(title))))
    needed = max(least, measure_longest_word(title))
    return ColumnNeeds(needed, most, whole, measure_wrapped_title(title))


def measure_wrapped_title(title: str) -> int:
    """Return the cells with which a title stands on a line, or a longer one on two."""
    width = width_of(title)
    return _SPARE + (width if width <= _SHORT_TITLE else min(_LONGEST_HALF, 2 * -(-width // 4)))


def measure_longest_word(text: str) -> int:
    """Return the cells of the longest word of Latin letters in a text."""
    longest = max((round(1.2 * len(word)) for word in _WORDS.findall(text)), default=0)
    return min(longest + _SPARE, _LONGEST_HEAD)


def _width_in_cells(text: str) -> int:
    """Return the room that a text needs: letters may be wider than digits, sums are bold."""
    letters = any("A" <= char <= "z" for char in text)
    return width_of(text) + _SPARE * (2 if letters else 1)


def _compute_part_width_in_points(
    number_column: ColumnNeeds, columns: Sequence[ColumnNeeds], part: Sequence[int], size: float
) -> float:
    """Return the width that a part needs, with the numbers of the rows."""
    cells = number_column.needed + sum(columns[place].needed for place in part)
    return cells * size / 2 + _PADDING * (1 + len(part))
