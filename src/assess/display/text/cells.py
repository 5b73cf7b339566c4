"""How many cells of a terminal a text takes: exactly what Textual lays out by.

The table is made by `scripts/make_cell_widths.py` from the widths of Rich; a test compares them for
all characters.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from typing import Final, NamedTuple

from assess.locations import PROGRAM_DATA

_TABLE: Final = PROGRAM_DATA / "cell_widths.txt"

_JOINER: Final = "\u200d"
"""The zero-width joiner: the character after it takes no cells."""

_EMOJI_FORM: Final = "\ufe0f"
"""The variation selector that makes some narrow characters two cells wide."""

_CACHED: Final = 512
"""Maximum length of a text whose width is kept."""


class _CellWidths(NamedTuple):
    """The code points where the width changes, the width from each on, and what widens."""

    starts: list[int]
    widths: list[int]
    widened: frozenset[str]
    """The characters that the emoji form makes wide."""


def width_of(text: str) -> int:
    """Return the number of cells of `text`."""
    return _width_of_short(text) if len(text) < _CACHED else _count_cells(text)


@lru_cache(maxsize=4096)
def width_of_char(char: str) -> int:
    """Return the number of cells of a character: 0, 1 or 2."""
    table = _load_cell_widths()
    return table.widths[bisect_right(table.starts, ord(char)) - 1]


def _count_cells(text: str) -> int:
    if _JOINER not in text and _EMOJI_FORM not in text:
        return sum(map(width_of_char, text))
    total, wide_before = 0, ""
    chars = iter(text)
    for char in chars:
        if char == _JOINER:
            next(chars, None)
        elif char == _EMOJI_FORM:
            total += wide_before in _load_cell_widths().widened
            wide_before = ""
        elif width := width_of_char(char):
            total, wide_before = total + width, char
    return total


_width_of_short = lru_cache(maxsize=4096)(_count_cells)


@cache
def _load_cell_widths() -> _CellWidths:
    """Return the table; the first call blocks."""
    text = _TABLE.read_text("ascii")
    lines = text.splitlines()
    rows = {line[0]: [_parse_code_point_range(word) for word in line[2:].split()] for line in lines}
    runs = [(codes.start, codes.stop, width) for width in (0, 2) for codes in rows[str(width)]]
    starts, widths = [0], [1]
    for start, stop, width in sorted(runs):
        starts += (start, stop)
        widths += (width, 1)
    return _CellWidths(
        starts, widths, frozenset(chr(code) for codes in rows["+"] for code in codes)
    )


def _parse_code_point_range(word: str) -> range:
    first, _dash, last = word.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)
