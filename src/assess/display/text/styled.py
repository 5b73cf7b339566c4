"""Lines of styled text as plain values: what screens are drawn from, without a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from assess.display.text.safe import visible
from assess.display.text.wrap import fit, width_of, wrap
from assess.i18n import Lang, translator

StyleName = Literal["plain", "title", "label", "dim", "good", "warn", "bad", "cursor", "bar"]
"""Styles add to what the words say; no meaning hangs on one alone."""


_NUMBER = re.compile(r"[0-9*]{1,2}\. ")


class Part(NamedTuple):
    """A piece of a line in one style.

    `fine` is of the same width and shown instead where the terminal draws finer signs.
    """

    text: str
    style: StyleName = "plain"
    fine: str = ""


Line = tuple[Part, ...]


class Drawn(NamedTuple):
    """The lines of a view, and the one that must be in sight."""

    lines: Sequence[Line]
    cursor: int | None = None


def line(text: str, style: StyleName = "plain") -> Line:
    """Return a line in one style."""
    return (Part(text, style),)


def rule(width: int, words: str = "") -> Line:
    """Return a line of dashes, with words in it where there are any."""
    if not words:
        return (Part("-" * width, "dim", "─" * width),)
    said = fit(f" {words} ", min(width_of(words) + 2, max(0, width - 2)))
    rest = max(0, width - 2 - width_of(said))
    return (Part("--", "dim", "──"), Part(said, "good"), Part("-" * rest, "dim", "─" * rest))


def in_all(count: int, lang: Lang) -> Line:
    """Return the line below the first of many: how many they are."""
    _ = translator(lang)
    return line(" .. " + _("{count} in all").format(count=count), "dim")


def labelled(
    label: str, texts: Iterable[str], width: int, style: StyleName = "plain"
) -> Iterator[Line]:
    """Give a label with texts at its right, each wrapped into the room that is left.

    Texts come from files: they are made visible here, line breaks in them stay. What follows a
    number at a text's start hangs beside it.
    """
    indent = width_of(label) + 2 if label else 0
    head = label + "  " if label else ""
    for text in texts:
        number = _NUMBER.match(text)
        hang = len(number.group()) if number else 0
        for at, piece in enumerate(wrap(visible(text[hang:]), width - indent - hang)):
            before = text[:hang] if at == 0 else " " * hang
            yield (Part(fit(head, indent), "label"), Part(before + piece, style))
            head = ""


def numbered(texts: Iterable[str], *, start: int = 1) -> list[str]:
    """Return the texts with their numbers before them, where there are several."""
    listed = list(texts)
    if len(listed) < 2:  # noqa: PLR2004  # one needs no number
        return listed
    return [f"{number}. {text}" for number, text in enumerate(listed, start)]


def plain(lines: Iterable[Line]) -> str:
    """Return the lines as text without styles."""
    return "\n".join("".join(part.text for part in one) for one in lines)
