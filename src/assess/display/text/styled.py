"""Lines of styled text as plain values, independent of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.wrap import fit_width, remove_emoji_joiners, wrap_text
from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang, plural_translator, translator

StyleName = Literal["plain", "title", "label", "key", "dim", "line", "good", "warn", "bad", "track"]
"""The colour and weight of words; no meaning depends on them alone.

title: a heading, or where one is. label: the name of what follows. key: a key to press. dim: what
matters least, as hints, ids and zeros. line: a line between parts. good, warn and bad: met, partly
met or due soon, not met or wrong. track: the empty part of a meter.
"""

Ground = Literal["", "raised", "focus", "chosen", "track"]
"""What words stand on.

raised: what frames the content. focus: where one is. chosen: what is ticked, or holds. track: the
empty part of a meter.
"""


_NUMBER = re.compile(r"[0-9*]{1,2}\. ")


class LinePart(NamedTuple):
    """A part of a line in one style.

    `fine` has the same width and replaces the text if the terminal draws finer signs.
    """

    text: str
    style: StyleName = "plain"
    fine: str = ""
    ground: Ground = ""


StyledLine = tuple[LinePart, ...]


class DrawnLines(NamedTuple):
    """The lines of a view, and the index of the line that must be in sight."""

    lines: Sequence[StyledLine]
    cursor: int | None = None


class HiddenLines(NamedTuple):
    """The numbers of lines of a text that do not show: above and below those that do."""

    above: int
    below: int


def styled_line(text: str, style: StyleName = "plain") -> StyledLine:
    """Return a line in one style."""
    return (LinePart(text, style),)


def line_width(line: StyledLine) -> int:
    """Return the number of cells of a line."""
    return sum(width_of(part.text) for part in line)


def fill_line(line: StyledLine, width: int, ground: Ground = "") -> StyledLine:
    """Return a line padded to `width` cells, all of it on a ground."""
    padded = (*line, LinePart(" " * max(0, width - line_width(line))))
    return tuple(part._replace(ground=ground or part.ground) for part in padded if part.text)


def cut_line(line: StyledLine, width: int) -> StyledLine:
    """Return a line in at most `width` cells: the part that does not fit is cut with `..`."""
    parts: list[LinePart] = []
    free = width
    for part in line:
        cells = width_of(part.text)
        if cells <= free:
            parts.append(part)
            free -= cells
            continue
        if free:
            parts.append(part._replace(text=fit_width(part.text, free), fine=""))
        break
    return tuple(parts)


def row_line(line: StyledLine, width: int, *, focused: bool) -> StyledLine:
    """Return a row of a list: its first cell is free, or marks the row that one is in.

    The ground of the focus takes the whole width.
    """
    if not focused:
        return cut_line((LinePart("  "), *line), width)
    edge = LinePart("> ", "key", "▌ ")
    return fill_line(cut_line((edge, *line), width), width, "focus")


def dash_line(width: int, words: str = "") -> StyledLine:
    """Return a line of dashes, with words in it if there are any."""
    if not words:
        return (LinePart("-" * width, "line", "─" * width),)
    shown_words = fit_width(f" {words} ", min(width_of(words) + 2, max(0, width - 2)))
    rest = max(0, width - 2 - width_of(shown_words))
    return (
        LinePart("--", "line", "──"),
        LinePart(shown_words, "good"),
        LinePart("-" * rest, "line", "─" * rest),
    )


def total_count_line(count: int, lang: Lang) -> StyledLine:
    """Return the line below a shortened list: the number of all entries."""
    _ = translator(lang)
    return styled_line(" .. " + _("{count} in all").format(count=count), "dim")


def count_lines_below(count: int, lang: Lang) -> LinePart:
    """Return how many lines are below those that show, for the line above the keys; '' for 0."""
    _n = plural_translator(lang)
    text = _n("{count} more line below", "{count} more lines below", count) if count else ""
    return LinePart(text.format(count=count), "dim")


def labelled_lines(
    label: str, texts: Iterable[str], width: int, style: StyleName = "plain"
) -> Iterator[StyledLine]:
    """Yield a label with texts at its right, each wrapped into the width that is left.

    The texts come from files, so they are made visible; their line breaks stay. Text after a
    leading number is indented by the number's width.
    """
    indent = width_of(label) + 2 if label else 0
    head = label + "  " if label else ""
    for text in texts:
        number = _NUMBER.match(text)
        hang = len(number.group()) if number else 0
        for index, piece in enumerate(
            wrap_text(
                escape_and_replace_tabs(remove_emoji_joiners(text[hang:])), width - indent - hang
            )
        ):
            before = text[:hang] if index == 0 else " " * hang
            yield (LinePart(fit_width(head, indent), "label"), LinePart(before + piece, style))
            head = ""


def number_texts_if_several(texts: Iterable[str], *, start: int = 1) -> list[str]:
    """Return the texts with numbers, if there are several."""
    listed = list(texts)
    if len(listed) < 2:  # noqa: PLR2004  # one needs no number
        return listed
    return [f"{number}. {text}" for number, text in enumerate(listed, start)]


def join_lines_without_styles(lines: Iterable[StyledLine]) -> str:
    """Return the lines as text without styles."""
    return "\n".join("".join(part.text for part in styled) for styled in lines)
