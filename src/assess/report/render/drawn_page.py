"""What a PDF page draws, as far as texts depend on it: texts, and what covers or underlies them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from assess.report.render.drawn_boxes import Box, contains_box, do_boxes_overlap

OPAQUE: Final = 0.95
"""The least opacity that counts as full."""
_FAINT: Final = 0.3
"""Opacity up to which what lies beneath a text leaves it readable."""


@dataclass
class DrawnText:
    """A run of signs that a page draws at once."""

    text: str
    box: Box
    size: float
    is_upright: bool
    is_black: bool
    is_cut: bool
    """Whether it is drawn beyond the area that drawing is limited to."""
    order: int
    """How many things the page draws before it."""


class DrawnPage:
    """What a page draws, as far as texts depend on it."""

    def __init__(self) -> None:
        self.texts: list[DrawnText] = []
        self.covers: list[Cover] = []

    def opacity_over(self, text: DrawnText) -> float:
        """Return the opacity of all that is drawn over a text afterwards."""
        return sum(cover.alpha for cover in self.covers[text.order :] if cover.covers_box(text.box))

    def is_on_white(self, text: DrawnText) -> bool:
        """Return whether a text stands on the white of the page, or on white that was drawn."""
        opacity = 0.0
        for cover in reversed(self.covers[: text.order - 1]):
            if not cover.covers_box(text.box):
                continue
            if not cover.is_white:
                opacity += cover.alpha
            elif cover.alpha >= OPAQUE and contains_box(cover.area, text.box):
                break
        return opacity <= _FAINT


class Cover(NamedTuple):
    """An area that is drawn upon, and how opaque that is."""

    area: Box
    alpha: float
    rings: tuple[Box, ...] = ()
    """Boxes within each other, of which each second one is a hole."""
    is_white: bool = False
    """Whether it fills a box, and nothing but a box, with white."""

    def covers_box(self, box: Box) -> bool:
        """Return whether some of a box is drawn upon."""
        if not do_boxes_overlap(self.area, box):
            return False
        around = [ring for ring in self.rings if do_boxes_overlap(ring, box)]
        is_in_hole = len(around) % 2 == 0 and all(contains_box(ring, box) for ring in around)
        return not (self.rings and is_in_hole)
