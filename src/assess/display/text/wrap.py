"""Lines of mixed Chinese and Latin text by cells: wrapped, cut and padded.

Closing punctuation never starts a line, opening brackets never end one (GB/T 15834 §5.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size

_NO_START = frozenset("，。、；：？！）】》〉」』”’％…—·,.;:?!)]}%")
_NO_END = frozenset("（【《〈「『“‘([{")
_FIRST_IDEOGRAPHIC = 0x2000
"""From here on (general punctuation, Han, full-width forms) a line may break at every sign."""

CUT = ".."
"""Shows that a text goes on; the ellipsis sign is two cells wide in some terminals."""


WIDEST = 120
"""Cells of a table at most: a wider one would tear names and numbers apart."""


def width_of(text: str) -> int:
    """Return how many cells `text` takes."""
    return cell_len(text)


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells: padded with spaces, or cut with `..` at its end."""
    taken = cell_len(text)
    if taken > width:
        text = _head(text, max(0, width - len(CUT))) + CUT[: max(0, width)]
        taken = cell_len(text)
    return text + " " * (width - taken)


def spread(left: str, right: str, width: int) -> str:
    """Return both texts on one line, `right` at its end; `left` gives way where room lacks."""
    right = right if cell_len(right) <= width else fit(right, width)
    return fit(left, width - cell_len(right)) + right


def whole_parts(text: str, width: int) -> str:
    """Return `text` without its last parts, set apart by two spaces, for which room lacks."""
    while cell_len(text) > width and "  " in text:
        text = text.rpartition("  ")[0].rstrip()
    return text


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of `text` in at most `width` cells each; an empty text gives one line."""
    width = max(2, width)  # one Han character must fit
    return [line for part in text.split("\n") for line in _wrap_paragraph(part, width)]


def _wrap_paragraph(text: str, width: int) -> Iterator[str]:
    line, taken = "", 0
    for unit in _units(text):
        size = cell_len(unit)
        if taken + cell_len(unit.rstrip()) <= width:
            line, taken = line + unit, taken + size
            continue
        if line:
            yield line.rstrip()
        unit = unit.lstrip()  # noqa: PLW2901  # a line doesn't start with the space it broke at
        while cell_len(unit.rstrip()) > width:
            head = _head(unit, width)
            yield head
            unit = unit[len(head) :]  # noqa: PLW2901  # what is left of the same unit
        line, taken = unit, cell_len(unit)
    yield line.rstrip()


def _units(text: str) -> Iterator[str]:
    """Give the pieces between which a line may break; spaces stay at the end of theirs."""
    unit = ""
    for char in text:
        if unit and _breaks(unit[-1], char):
            yield unit
            unit = ""
        unit += char
    if unit:
        yield unit


def _breaks(before: str, after: str) -> bool:
    if after == " " or after in _NO_START or before in _NO_END:
        return False
    if before == " ":
        return True
    return ord(before) >= _FIRST_IDEOGRAPHIC or ord(after) >= _FIRST_IDEOGRAPHIC


def _head(text: str, width: int) -> str:
    taken = 0
    for index, char in enumerate(text):
        taken += get_character_cell_size(char)
        if taken > width:
            return text[:index]
    return text
