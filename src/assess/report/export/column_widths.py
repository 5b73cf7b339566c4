"""Widths of the columns of a table by what stands in them, and heads in lines of even length.

Widths are in em: the height of the type, which is the width of a Chinese character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final

from assess.han import EAST_ASIAN
from assess.report.content.charts.drawing import estimate_width
from assess.report.export.word.markup import LANDSCAPE, PORTRAIT

_PIECE: Final = re.compile(rf"[{EAST_ASIAN}]|[^\s{EAST_ASIAN}]+")
"""What no line break divides: a character of East Asia, a word of others."""

_MARGIN: Final = 1.2
"""What the sides of a cell take."""

_LATIN_RESERVE: Final = 1.25
"""By how much a word may be wider than is estimated: fonts differ."""

_LONGEST_PIECE: Final = 12.0
"""A longer word, such as a digest, may be broken."""

_LONGEST_LINE: Final = 40.0

_NEARLY: Final = 1.4
"""How much wider than its share a column may be that still gets whole lines: a name would else
leave a character or two on a second line."""

_SHORT_HEAD: Final = 3
"""A Chinese head that is not longer stays on a line: its second line would be a character."""

_HEAD_OF_TWO_LINES: Final = 8
_HEAD_SHARE: Final = 0.7
"""The width of a head in two lines, as a share of its width in one."""

TABLE_SIZE: Final = 10.5
"""Points of the type of tables that set none."""


def compute_room(size: float, *, landscape: bool = False) -> float:
    """Return how wide a table is, in em of its type, which is `size` points high."""
    page = LANDSCAPE if landscape else PORTRAIT
    return page.text_width / 25.4 * 72 / size


def fit_widths(heads: Sequence[str], rows: Sequence[Sequence[str]], room: float) -> list[float]:
    """Return the width of each column, together `room`.

    Narrow columns get what they need for whole lines, wide ones share the rest. No word of a head
    is broken, unless the words of all heads together are wider than the room.
    """
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(heads)
    pairs = list(zip(heads, columns, strict=True))
    least = [_MARGIN + _find_least_width(head, cells) for head, cells in pairs]
    wanted = [
        max(narrow, _MARGIN + max(_find_widest_line(cells), estimate_width(head) * _HEAD_SHARE))
        for narrow, (head, cells) in zip(least, pairs, strict=True)
    ]
    if sum(least) >= room or sum(wanted) <= room:
        widths = least if sum(least) >= room else wanted
        return [width * room / sum(widths) for width in widths]
    level = _find_common_width(least, wanted, room)
    nearly = [
        most if most <= level * _NEARLY else few for few, most in zip(least, wanted, strict=True)
    ]
    if sum(nearly) < room:
        least, level = nearly, _find_common_width(nearly, wanted, room)
    return [min(most, max(few, level)) for few, most in zip(least, wanted, strict=True)]


def break_head(head: str, width: float) -> str:
    """Return a Chinese head with line breaks, in lines of about the same length that fit.

    Heads in other scripts break at their blanks, and stay as they are.
    """
    pieces = [*_PIECE.finditer(head)]
    room = width - _MARGIN
    if estimate_width(head) <= room or not re.search(f"[{EAST_ASIAN}]", head):
        return head
    for count in range(2, len(pieces) + 1):
        lines = _divide_into_lines(head, pieces, count)
        if max(map(estimate_width, lines)) <= room:
            return "\n".join(lines)
    return head


def _divide_into_lines(head: str, pieces: Sequence[re.Match[str]], count: int) -> list[str]:
    """Return a head in so many lines; each piece goes to the line that its middle is in."""
    starts: list[int] = []
    whole = estimate_width(head)
    for piece in pieces:
        middle = estimate_width(head[: piece.start()]) + estimate_width(piece[0]) / 2
        if int(middle / whole * count) >= len(starts):
            starts.append(piece.start())
    ends = [*starts[1:], len(head)]
    return [head[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _find_least_width(head: str, cells: Iterable[str]) -> float:
    words = max(map(_find_widest_piece, (head, *cells)))
    if not re.search(f"[{EAST_ASIAN}]", head):
        return words
    whole = estimate_width(head)
    lines = 2 if whole <= _HEAD_OF_TWO_LINES else 3
    return max(words, min(whole, max(_SHORT_HEAD, ceil(whole / lines))))


def _find_widest_piece(text: str) -> float:
    widths = map(_measure_text, _PIECE.findall(text))
    return min(max(widths, default=0), _LONGEST_PIECE)


def _measure_text(text: str) -> float:
    """Return the width that a text may have; Chinese characters are as wide in every font."""
    chinese = len(re.findall(f"[{EAST_ASIAN}]", text))
    return chinese + (estimate_width(text) - chinese) * _LATIN_RESERVE


def _find_widest_line(cells: Iterable[str]) -> float:
    lines = (line for cell in cells for line in cell.splitlines())
    return min(max(map(_measure_text, lines), default=0), _LONGEST_LINE)


def _find_common_width(least: Sequence[float], wanted: Sequence[float], room: float) -> float:
    """Return the width up to which columns get what they want, so that together they fill it."""
    low, high = 0.0, max(wanted)
    for _step in range(40):
        level = (low + high) / 2
        filled = sum(min(most, max(few, level)) for few, most in zip(least, wanted, strict=True))
        low, high = (level, high) if filled < room else (low, level)
    return low
