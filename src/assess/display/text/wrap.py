"""Lines of mixed Chinese and Latin text, wrapped, cut and padded by cells.

Closing punctuation never starts a line, opening brackets never end one (GB/T 15834 §5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assess.display.text.cells import width_of, width_of_char

_NO_START = frozenset("，。、；：？！）】》〉」』”’％…—·,.;:?!)]}%")
_NO_END = frozenset("（【《〈「『“‘([{")
_FIRST_IDEOGRAPHIC = 0x2000
"""From this code point on (general punctuation, Han, full-width forms) a line may break at every
sign."""

CUT = ".."
"""The end of a cut text. The ellipsis sign is two cells wide in some terminals."""


_JOINER_OF_PICTURES = re.compile(
    "(?<=[\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
)
"""What makes one picture of two in some terminals, and in others an escape between them."""

_REMEMBERED = 1000
"""Maximum number of characters of a paragraph whose lines are remembered."""

WIDEST = 120
"""Maximum number of cells of a table: in a wider one, names and numbers are too far apart."""


def remove_emoji_joiners(text: str) -> str:
    """Return a text whose joined pictures stand side by side: so each terminal has one width."""
    return _JOINER_OF_PICTURES.sub("", text)


def fit_width(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells: padded with spaces, or cut with `..`."""
    used_width = width_of(text)
    if used_width > width:
        text = _first_chars_within_width(text, max(0, width - len(CUT))) + CUT[: max(0, width)]
        used_width = width_of(text)
    return text + " " * (width - used_width)


def align_right(text: str, width: int) -> str:
    """Return `text` at the end of `width` cells; a longer text unchanged."""
    return " " * max(0, width - width_of(text)) + text


def place_at_both_ends(left: str, right: str, width: int) -> str:
    """Return both texts on one line, `right` at its end; `left` is cut if it does not fit."""
    right = right if width_of(right) <= width else fit_width(right, width)
    return fit_width(left, width - width_of(right)) + right


def drop_parts_beyond_width(text: str, width: int) -> str:
    """Return `text` without the last parts that don't fit; two spaces separate parts."""
    while width_of(text) > width and "  " in text:
        text = text.rpartition("  ")[0].rstrip()
    return text


def wrap_text(text: str, width: int) -> list[str]:
    """Return the lines of `text` in at most `width` cells each; an empty text has one line."""
    width = max(2, width)  # a Han character needs two cells
    return [
        line
        for part in text.split("\n")
        for line in (
            _wrap_short_paragraph_cached(part, width)
            if len(part) < _REMEMBERED
            else _wrap_paragraph(part, width)
        )
    ]


@lru_cache(maxsize=512)
def _wrap_short_paragraph_cached(text: str, width: int) -> tuple[str, ...]:
    """Return the lines of a paragraph: a screen is drawn several times with the same texts."""
    return tuple(_wrap_paragraph(text, width))


def _wrap_paragraph(text: str, width: int) -> Iterator[str]:
    line, used_width = "", 0
    for unit in split_into_unbreakable_units(text):
        size = width_of(unit)
        if used_width + width_of(unit.rstrip()) <= width:
            line, used_width = line + unit, used_width + size
            continue
        if line:
            yield line.rstrip()
        unit = unit.lstrip()  # noqa: PLW2901  # a line doesn't start with the space it broke at
        start, last = 0, len(unit.rstrip())
        while (end := _find_end_within_width(unit, start, width)) < last:
            yield unit[start:end]
            start = end
        line = unit[start:]
        used_width = width_of(line)
    yield line.rstrip()


def split_into_unbreakable_units(text: str) -> Iterator[str]:
    """Yield the units between which a line may break; spaces end their unit."""
    unit = ""
    for char in text:
        if unit and _may_line_break_between(unit[-1], char):
            yield unit
            unit = ""
        unit += char
    if unit:
        yield unit


def _may_line_break_between(before: str, after: str) -> bool:
    if after == " " or after in _NO_START or before in _NO_END:
        return False
    if before == " ":
        return True
    return ord(before) >= _FIRST_IDEOGRAPHIC or ord(after) >= _FIRST_IDEOGRAPHIC


def _first_chars_within_width(text: str, width: int) -> str:
    return text[: _find_end_within_width(text, 0, width)]


def _find_end_within_width(text: str, start: int, width: int) -> int:
    """Return the index up to which the characters from `start` on take at most `width` cells."""
    used_width = 0
    for index in range(start, len(text)):
        used_width += width_of_char(text[index])
        if used_width > width:
            return index
    return len(text)
