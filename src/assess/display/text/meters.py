"""Meters: how much is done, and how answers are spread, drawn in a fixed number of cells.

Each kind of answer has its own sign, so that a meter reads without colours. A kind that occurs has
at least one cell, and a meter is full only when all is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assess.display.text.styled import LinePart, StyledLine, StyleName
from assess.i18n import Lang, translator

METER_WIDTH = 10
"""Cells of a meter."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_EMPTY = "░"


class MeterShares(NamedTuple):
    """The numbers of items of a stacked meter."""

    met: int = 0
    partial: int = 0
    unmet: int = 0
    unanswered: int = 0


_SIGNS: Sequence[tuple[str, str, StyleName]] = (
    ("v", "█", "good"),
    ("+", "▓", "warn"),
    ("x", "▒", "bad"),
    (".", "░", "dim"),
)
"""The plain and the fine sign of each share, and its style."""


def done_meter(
    done: int, total: int, width: int = METER_WIDTH, style: StyleName = "good"
) -> StyledLine:
    """Return a meter of what is done, in eighths of a cell where the terminal draws them."""
    eighths = done * width * 8 // total if total else 0
    eighths = max(eighths, 1) if done else 0
    full, rest = divmod(eighths, 8)
    plain_full = done * width // total if total else 0
    open_cells = width - full - (rest > 0)
    filled = "#" * plain_full + "." * (full + (rest > 0) - plain_full)
    fine = _FULL * full + (_EIGHTHS[rest] if rest else "")
    parts = (
        LinePart(filled, style, fine, "track"),
        LinePart("." * open_cells, "track", _EMPTY * open_cells, "track"),
    )
    return tuple(part for part in parts if part.text)


def stacked_meter(shares: MeterShares, width: int = METER_WIDTH) -> StyledLine:
    """Return a meter of answers by result; empty cells where there is nothing to answer."""
    cells = _split_cells_by_shares(shares, width)
    return tuple(
        LinePart(sign * count, style, fine * count)
        for count, (sign, fine, style) in zip(cells, _SIGNS, strict=True)
        if count
    ) or (LinePart(" " * width),)


def meter_legend(lang: Lang) -> StyledLine:
    """Return the signs of a stacked meter with their meaning."""
    _ = translator(lang)
    words = (_("met"), _("partly met"), _("not met"), _("unanswered"))
    return tuple(
        part
        for (sign, fine, style), word in zip(_SIGNS, words, strict=True)
        for part in (LinePart(sign, style, fine), LinePart(f" {word}  ", "dim"))
    )


def _split_cells_by_shares(shares: MeterShares, width: int) -> list[int]:
    """Return the cells of each share: at least one for each that occurs, `width` together."""
    total = sum(shares)
    if not total:
        return [0] * len(shares)
    cells = [max(1, share * width // total) if share else 0 for share in shares]
    while sum(cells) != width:
        step = 1 if sum(cells) < width else -1
        errors = [
            (share * width / total - count) * step if share and count + step > 0 else -width
            for share, count in zip(shares, cells, strict=True)
        ]
        cells[errors.index(max(errors))] += step
    return cells
