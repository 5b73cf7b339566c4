"""A map of shares: rows by columns, darker where the share is lower. The figure stands in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final, NamedTuple

from assess.report.content.charts.drawing import (
    SHADES,
    WIDTH,
    FillShade,
    cut_middle_to_width,
    draw_box,
    draw_text,
    make_svg_drawing,
    wrap_to_two_lines,
)
from assess.report.content.charts.heat import grey_value_of_share
from assess.report.content.charts.svg import SvgElement

MOST_COLUMNS: Final = 18
"""Columns in which a figure of three digits has room."""

MOST_ROWS: Final = 60
"""Rows that can be read on one page."""

_NAMES = 200.0
_ROW = 22.0
_TALLEST = 770.0
"""Of a drawing: a page holds it with its heading and a note of two lines."""
_SIZE = 12.0
_HEAD_SIZE = 10.5
_LINE = 13.0
_TURN = 0x76
"""Fields with a darker grey have white figures."""
_KEY_COLUMNS = 3
_KEY_COLUMN = WIDTH / _KEY_COLUMNS


class ShareRow(NamedTuple):
    """A row: its name, and shares from 0 to 1; None where there is nothing to divide."""

    name: str
    shares: tuple[float | None, ...]


def draw_share_map(
    columns: Sequence[str], rows: Sequence[ShareRow], description: str
) -> SvgElement:
    """Return a drawing with a field for each share, in percent.

    Names of columns that are too long for their width are numbered, and stand below the map.
    """
    width = (WIDTH - _NAMES) / max(len(columns), 1)
    lines = [wrap_to_two_lines(name, (width - 4) / _HEAD_SIZE) for name in columns]
    has_room = all(map(_is_whole, columns, lines))
    heads = lines if has_room else [(str(number),) for number, _name in enumerate(columns, 1)]
    top = _LINE * max(map(len, heads), default=1) + 6
    key = 0 if has_room else 6 + _LINE * ceil(len(columns) / _KEY_COLUMNS)
    height = min(_ROW, (_TALLEST - top - key) / max(len(rows), 1))
    parts = list(_draw_heads(heads, width))
    for at, row in enumerate(rows):
        parts += _draw_share_row(row, top + at * height, width, height)
    bottom = top + len(rows) * height
    if not has_room:
        parts += _draw_key(columns, bottom + 6)
    return make_svg_drawing(description, WIDTH, round(bottom + key + 4, 2), *parts)


def _is_whole(name: str, lines: Sequence[str]) -> bool:
    """Return whether lines hold a name without a cut, and do not break a word of letters."""
    if "".join(lines).replace(" ", "") != name.replace(" ", ""):
        return False
    words = name.split()
    return len(lines) == 1 or not any(
        word.isascii() and lines[0].endswith(word[:at]) and lines[1].startswith(word[at:])
        for word in words
        for at in range(1, len(word))
    )


def _draw_heads(heads: Sequence[Sequence[str]], width: float) -> Iterable[SvgElement]:
    tallest = max(map(len, heads), default=1)
    for at, lines in enumerate(heads):
        for number, line in enumerate(lines, 1 + tallest - len(lines)):
            middle = _NAMES + (at + 0.5) * width
            yield draw_text(line, middle, number * _LINE, anchor="middle", size=_HEAD_SIZE)


def _draw_share_row(row: ShareRow, top: float, width: float, height: float) -> Iterable[SvgElement]:
    size = round(min(_SIZE, height * 0.68), 1)
    base = top + height / 2 + size * 0.36
    name = cut_middle_to_width(row.name, (_NAMES - 6) / size)
    yield draw_text(name, 0, base, size=size)
    for at, share in enumerate(row.shares):
        left = _NAMES + at * width
        shade = _choose_shade(share)
        yield draw_box(shade, left, round(top, 2), width, round(height, 2))
        text = "–" if share is None else f"{share * 100:.0f}"
        middle = left + width / 2
        yield draw_text(text, middle, base, anchor="middle", fill=shade.text, size=size)


def _choose_shade(share: float | None) -> FillShade:
    if share is None:
        return SHADES["unanswered"]
    level = grey_value_of_share(1 - share)
    text = "#ffffff" if level < _TURN else "#000000"
    return FillShade(f"#{level:02x}{level:02x}{level:02x}", "#000000", text)


def _draw_key(columns: Sequence[str], top: float) -> Iterable[SvgElement]:
    """Yield the numbers with the names of the columns, in columns."""
    for at, name in enumerate(columns):
        left, line = at % _KEY_COLUMNS * _KEY_COLUMN, at // _KEY_COLUMNS + 1
        text = cut_middle_to_width(f"{at + 1}  {name}", (_KEY_COLUMN - 8) / _HEAD_SIZE)
        yield draw_text(text, left, top + line * _LINE, size=_HEAD_SIZE)
