"""What a PDF page draws: its texts, and the areas that it draws upon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from assess.report.render.drawn_boxes import Box, contains_box, do_boxes_overlap


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


class Cover(NamedTuple):
    """An area that is drawn upon, and how opaque that is."""

    area: Box
    alpha: float
    rings: tuple[Box, ...] = ()
    """Boxes within each other, of which each second one is a hole."""

    def covers_box(self, box: Box) -> bool:
        """Return whether some of a box is drawn upon."""
        if not do_boxes_overlap(self.area, box):
            return False
        around = [ring for ring in self.rings if do_boxes_overlap(ring, box)]
        is_in_hole = len(around) % 2 == 0 and all(contains_box(ring, box) for ring in around)
        return not (self.rings and is_in_hole)


class DrawnPage:
    """What a page draws, as far as texts depend on it."""

    def __init__(self) -> None:
        self.texts: list[DrawnText] = []
        self.covers: list[Cover] = []

    def opacity_over(self, text: DrawnText) -> float:
        """Return the opacity of all that is drawn over a text afterwards."""
        return sum(cover.alpha for cover in self.covers[text.order :] if cover.covers_box(text.box))
