"""The graphics state of a PDF page: what its operators set for all that is drawn after them."""

from __future__ import annotations

from dataclasses import dataclass

from assess.report.render.drawn_boxes import EVERYWHERE, IDENTITY, Box, Matrix
from assess.report.render.drawn_font import FontReader


@dataclass(frozen=True)
class GraphicsState:
    """What the operator `q` saves and `Q` restores."""

    matrix: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    alpha: float = 1
    line_alpha: float = 1
    is_plain: bool = True
    """Whether nothing but these two changes how colours are put down."""
    is_black: bool = True
    is_white: bool = False
    line_width: float = 1
    has_spikes: bool = True
    """Whether lines that meet at an angle are drawn on to where their sides meet."""
    spike: float = 10
    """How far they may be drawn on, in widths of the line."""
    font: FontReader | None = None
    font_size: float = 0
    text_mode: int = 0

    @property
    def half_line(self) -> float:
        """Half of the width of lines, as they are drawn."""
        a, b, c, d, _e, _f = map(abs, self.matrix)
        return self.line_width * max(a + c, b + d) / 2

    @property
    def reach_of_joints(self) -> float:
        """How far lines that meet at an angle are drawn beyond their points."""
        return self.half_line * (max(1, self.spike) if self.has_spikes else 1)
