"""The scrollbar of all views: whole cells, with a sign at each end beyond which there is more."""

from __future__ import annotations

from typing import ClassVar

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender


class PlainScrollBar(ScrollBarRender):
    """A scrollbar of whole cells: the signs for parts of a cell have an ambiguous width.

    Its ends say without colour whether there is more above and below.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8

    @classmethod
    def render_bar(  # Textual's parameters
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,  # Textual's parameter
        back_color: Color = Color.parse("#555555"),  # noqa: B008  # Textual's default
        bar_color: Color = Color.parse("bright_magenta"),  # noqa: B008  # Textual's default
    ) -> Segments:
        """Return the bar with a sign at each end beyond which there is more."""
        bar = super().render_bar(
            size, virtual_size, window_size, position, thickness, vertical, back_color, bar_color
        )
        cells = list(bar.segments)
        if not vertical or not cells:
            return bar
        if position > 0:
            cells[0] = _sign_cell("^" * thickness, cells[0], bar_color)
        if position + window_size < virtual_size:
            cells[-1] = _sign_cell("v" * thickness, cells[-1], bar_color)
        return Segments(cells, new_lines=True)


def _sign_cell(sign: str, cell: Segment, color: Color) -> Segment:
    """Return a cell of the bar with a sign on its ground."""
    return Segment(sign, (cell.style or Style()) + Style(color=color))
