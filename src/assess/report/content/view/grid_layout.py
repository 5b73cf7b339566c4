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
_SIZES: Final = (8.5, 7.5, 6.5, 5.5)
"""Points of type, the first that has room for every column."""
_PADDING: Final = 6.0
"""Points beside the text of a cell, with its lines."""
_LONGEST_WHOLE: Final = 20
"""Cells of the longest date or number that is not broken; a longer one is broken as a text."""
_SPARE: Final = 1
"""Cells beside a text."""
_WORDS: Final = re.compile(r"[A-Za-z0-9'-]+")
_LONGEST_HEAD: Final = 12
"""Cells of the longest word of a title that is not broken."""
_FIGURES: Final = re.compile(r"[0-9 +./:,()-]*")
"""What a column of texts has that holds telephone or serial numbers: it is not broken, either."""
_LEAST, _MOST = 6, 44
"""Cells that a column of texts needs at least, and wants at most."""


class GridLayout(View, frozen=True, kw_only=True):
    """How a table stands on the page."""

    landscape: bool
    size: float
    """Points of type."""
    number_width: float
    """Percent of the column of the numbers of the rows."""
    widths: tuple[float, ...]
    """Percent of each column."""
    whole: tuple[bool, ...]
    """Whether the cells of a column are not broken."""


class _ColumnNeeds(NamedTuple):
    """Cells of a column: what its texts need, what its title needs, and what both want."""

    least: int
    head: int
    most: int
    whole: bool


def lay_out_grid(
    titles: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[str]]
) -> GridLayout:
    """Return the layout of a table with these titles, types of columns, and texts of cells.

    The words of titles are broken only where the smallest type has no room for them.
    """
    number = max(_LEAST, len(str(len(rows))) + 1)
    columns = [
        _ColumnNeeds(number, number, number, whole=False),
        *(
            _measure_column(title, kind, [row[at] for row in rows])
            for at, (title, kind) in enumerate(zip(titles, types, strict=True))
        ),
    ]
    landscape = len(titles) >= LANDSCAPE_FROM
    room = _LANDSCAPE if landscape else _PORTRAIT
    with_heads = [max(column.least, column.head) for column in columns]
    without = [column.least for column in columns]
    tries = [*((with_heads, size) for size in _SIZES[:-1]), (without, _SIZES[-1])]
    fitting = (each for each in tries if _width_in_points(*each) <= room)
    needed, size = next(fitting, tries[-1])
    widths = _share_room(needed, [column.most for column in columns], size, room)
    fits = _width_in_points(needed, size) <= room
    return GridLayout(
        landscape=landscape,
        size=size,
        number_width=widths[0],
        widths=tuple(widths[1:]),
        whole=tuple(column.whole and fits for column in columns[1:]),
    )


def _measure_column(title: str, kind: str, texts: Sequence[str]) -> _ColumnNeeds:
    longest = max(map(_width_in_cells, texts), default=0)
    is_figure = kind not in ("text", "choice") or all(map(_FIGURES.fullmatch, texts))
    whole = is_figure and longest <= _LONGEST_WHOLE
    least = max(4, longest if whole else min(_LEAST, longest))
    head = max((round(1.2 * len(word)) for word in _WORDS.findall(title)), default=0) + _SPARE
    most = least if whole else max(least, min(_MOST, max(longest, width_of(title))))
    return _ColumnNeeds(least, min(head, _LONGEST_HEAD), most, whole)


def _width_in_cells(text: str) -> int:
    """Return the room that a text needs: letters may be wider than digits, sums are bold."""
    letters = any("A" <= char <= "z" for char in text)
    return width_of(text) + _SPARE * (2 if letters else 1)


def _width_in_points(cells: Sequence[int], size: float) -> float:
    return sum(cells) * size / 2 + _PADDING * len(cells)


def _share_room(
    needed: Sequence[int], wanted: Sequence[int], size: float, room: float
) -> list[float]:
    """Return percent for each column: what it needs, and of the rest in proportion to its wish."""
    rest = max(0.0, room - _width_in_points(needed, size))
    wishes = [max(0, more - less) for more, less in zip(wanted, needed, strict=True)]
    share = rest / sum(wishes) if any(wishes) else 0.0
    points = [
        cells * size / 2 + _PADDING + wish * share
        for cells, wish in zip(needed, wishes, strict=True)
    ]
    return [round(100 * width / sum(points), 2) for width in points]
