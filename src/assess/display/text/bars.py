"""Head, foot, messages and key chips as lines: what frames each screen.

Each part stands on a ground, so no rule is needed between the bars and the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.styled import LinePart, StyledLine, StyleName, fill_line, line_width
from assess.display.text.wrap import fit_width, wrap_text
from assess.harmless import escape_as_single_line

_ENDS = 2
"""Number of parts of each side of the head line, and of chips of the foot, that go last."""
_CRUMB_SIGN = LinePart(" > ", "dim", " › ")
_BETWEEN = "  "
_EDGE = "▌"

MESSAGE_EDGE = 2
"""Cells before a message."""

_MOST_MESSAGE_LINES = 2
_USUAL_WIDTH = 80
"""Cells of a terminal whose foot sets which keys a narrower one shows."""


class KeyChip(NamedTuple):
    """A key with what it does."""

    key: str
    label: str


def screen_head_line(
    breadcrumbs: Sequence[str], right_parts: Sequence[LinePart], width: int
) -> StyledLine:
    """Return the head line without the parts that don't fit: crumbs left, facts right.

    First the crumbs between the ends are removed, then the facts but the last three, then the first
    crumb, then the third fact: of a sheet, how much is done stays longer than its round.
    """
    names, shown = (
        [escape_as_single_line(crumb) for crumb in breadcrumbs if crumb],
        [*filter(_has_text, right_parts)],
    )
    while True:
        left, right = _breadcrumb_parts(names), _space_right_parts(shown)
        free = width - line_width((*left, *right))
        if free > 0 or (len(names) == 1 and len(shown) <= _ENDS):
            break
        if len(names) > _ENDS:
            del names[1]
        elif len(shown) > _ENDS + 1:
            del shown[0]
        elif len(names) > 1:
            del names[0]
        else:
            del shown[0]
    if free < 0:
        left = _breadcrumb_parts([fit_width(names[0], max(2, width_of(names[0]) + free))])
        free = 0
    return fill_line((*left, LinePart(" " * free), *right), width, "raised")


def _has_text(part: LinePart) -> bool:
    return bool(part.text)


def _breadcrumb_parts(names: Sequence[str]) -> StyledLine:
    parts = [LinePart(" ")]
    for index, name in enumerate(names):
        is_last = index == len(names) - 1
        parts += [LinePart(name, "title" if is_last else "dim")]
        parts += [] if is_last else [_CRUMB_SIGN]
    return tuple(parts)


def _space_right_parts(right_parts: Sequence[LinePart]) -> StyledLine:
    return (
        *(
            part
            for fact in right_parts
            for part in (LinePart(_BETWEEN), fact._replace(text=escape_as_single_line(fact.text)))
        ),
        LinePart(" "),
    )


def foot_line(chips: Sequence[KeyChip], width: int) -> StyledLine:
    """Return the keys on one line: the first chips that fit, and always the last two.

    In a terminal narrower than usual it has the same keys as in a usual one, from the end on
    without words, as far as that is enough.
    """
    ends = list(chips[-_ENDS:])
    shown = _chips_that_fit(chips[:-_ENDS], ends, max(width, _USUAL_WIDTH))
    for index in reversed(range(len(shown))):
        if _do_chips_fit([*shown, *ends], width):
            break
        shown[index] = shown[index]._replace(label="")
    return fill_line(_chip_parts([*_chips_that_fit(shown, ends, width), *ends]), width, "raised")


def _chips_that_fit(chips: Sequence[KeyChip], ends: Sequence[KeyChip], width: int) -> list[KeyChip]:
    """Return the chips that fit beside those at the end; a shorter one takes the room left."""
    fitting: list[KeyChip] = []
    for chip in chips:
        if _do_chips_fit([*fitting, chip, *ends], width):
            fitting.append(chip)
    return fitting


def _do_chips_fit(chips: Sequence[KeyChip], width: int) -> bool:
    return line_width(_chip_parts(chips)) + 1 <= width


def key_lines(chips: Sequence[KeyChip], width: int) -> Iterator[StyledLine]:
    """Yield the keys of a dialog: all of them, on as many lines as they need."""
    row: list[KeyChip] = []
    for chip in chips:
        if row and line_width(_chip_parts([*row, chip])) > width:
            yield _chip_parts(row)
            row = []
        row.append(chip)
    yield _chip_parts(row)


def _chip_parts(chips: Sequence[KeyChip]) -> StyledLine:
    parts: list[LinePart] = []
    for chip in chips:
        parts += [LinePart(_BETWEEN if parts else " "), LinePart(chip.key, "key")]
        parts += [LinePart(f" {chip.label}", "dim")] if chip.label else []
    return tuple(parts)


def message_lines(message: str, width: int, style: StyleName = "label") -> list[StyledLine]:
    """Return a message with a coloured edge, on one or two lines.

    A message that begins with an exclamation mark is a warning.
    """
    edge: StyleName = "warn" if message.startswith("!") and style == "label" else style
    pieces = wrap_text(escape_as_single_line(message), width - MESSAGE_EDGE)
    if len(pieces) > _MOST_MESSAGE_LINES:
        pieces = [pieces[0], fit_width(" ".join(pieces[1:]), width - MESSAGE_EDGE)]
    shown_style: StyleName = "plain" if edge == "label" else edge
    return [(LinePart("| ", edge, f"{_EDGE} "), LinePart(piece, shown_style)) for piece in pieces]
