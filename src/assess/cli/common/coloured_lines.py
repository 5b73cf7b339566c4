"""Lines with colours, and how they are wrapped at the width of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.wrap import split_into_unbreakable_units

Colour = Literal["red", "yellow", "green", "dim"]

_INDENT = 2
"""Cells by which the rest of a wrapped line stands further in than its beginning."""

_LEAST_ROOM = 20
"""A terminal with less room than this wraps by itself."""


class ColouredText(NamedTuple):
    """A part of a line; `colour` None is the terminal's own."""

    text: str
    colour: Colour | None = None


class ColouredLine(NamedTuple):
    """A line in parts that have colours of their own."""

    parts: tuple[ColouredText, ...]


def wrap_coloured_line(line: ColouredLine, width: int) -> Iterator[ColouredLine]:
    """Yield a line in pieces of at most `width` cells; the rest is indented.

    Parts stay whole where they fit into a piece. Chinese text breaks between its characters, other
    text between words; a word that is longer than a piece is left whole, so that a path or a
    command can be copied.
    """
    text = "".join(part.text for part in line.parts)
    indent = " " * (len(text) - len(text.lstrip(" ")) + _INDENT)
    room = width - len(indent)
    if width_of(text.rstrip(" ")) <= width or room < _LEAST_ROOM:
        yield line
        return
    piece, used = list[ColouredText](), 0
    for part in line.parts:
        if piece and used + width_of(part.text.rstrip(" ")) > width:
            yield ColouredLine(tuple(piece))
            piece, used = [ColouredText(indent)], len(indent)
            part = part._replace(text=part.text.lstrip(" "))  # noqa: PLW2901  # the gap is the indent now
        *full, last = _wrap_part(part.text, width - used, room)
        for number, words in enumerate(full):
            start = piece if not number else [ColouredText(indent)]
            yield ColouredLine((*start, part._replace(text=words)))
        if full:
            piece, used = [ColouredText(indent)], len(indent)
        piece.append(part._replace(text=last))
        used += width_of(last)
    yield ColouredLine(tuple(piece))


def _wrap_part(text: str, first_room: int, room: int) -> list[str]:
    """Return a text in pieces; the first of them may have another room than the others."""
    pieces, current = list[str](), ""
    for unit in split_into_unbreakable_units(text):
        limit = room if pieces else first_room
        if current.strip(" ") and width_of((current + unit).rstrip(" ")) > limit:
            pieces.append(current.rstrip(" "))
            current = unit.lstrip(" ")
        else:
            current += unit
    return [*pieces, current]
