"""The only widget that draws text: a pure function makes its lines for a width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, get_args

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assess.display.text.styled import (
    DrawnLines,
    Ground,
    HiddenLines,
    LinePart,
    StyledLine,
    StyleName,
)

_DIVIDER = (LinePart("| ", "line", "│ "),)
_FAINT = ("dim", "line", "track")
_TALLEST = 200
"""Lines of the tallest terminal."""


LINE_STYLE_CLASSES: Final = frozenset(
    (
        *(f"lines--{name}" for name in get_args(StyleName)),
        *(f"lines--on-{ground}" for ground in get_args(Ground) if ground),
    )
)
"""The component classes of a screen with lines.

All views of a screen have the same styles. Textual works out the styles of each class anew for
every widget that names it, at each change of a class.
"""


class LinesView(ScrollView, can_focus=False):
    """Shows and scrolls lines of styled text, and makes them again for a new width."""

    def __init__(self, *, id: str | None = None, grows: bool = False) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._make_lines: Callable[[int], DrawnLines] = lambda _width: DrawnLines(())
        self._drawn = DrawnLines(())
        self._made_for = -1
        self._grows = grows
        self._height = 0
        self._fine = False
        self._base_style = Style()
        self.resized: Callable[[], None] | None = None
        """Called once the number of visible lines has changed."""
        self.scrolled: Callable[[], None] | None = None
        """Called once other lines are visible."""

    def draw_lines(
        self, make_lines: Callable[[int], DrawnLines], *, scroll_to_top: bool = False
    ) -> None:
        """Show the lines that `make_lines` returns for the width; scroll to the top if asked."""
        self._make_lines = make_lines
        self._remake_and_draw_lines()
        if scroll_to_top:
            self.scroll_to(y=0, animate=False, immediate=True)

    @property
    def text(self) -> str:
        """The whole content as plain text."""
        return "\n".join("".join(part.text for part in line) for line in self._drawn.lines)

    @property
    def hidden_lines(self) -> HiddenLines:
        """The numbers of lines above and below those that show."""
        above = self.scroll_offset.y
        return HiddenLines(above, max(0, len(self._drawn.lines) - self.size.height - above))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that the lines were scrolled."""
        super().watch_scroll_y(old_value, new_value)
        if self.scrolled is not None:
            self.scrolled()

    def on_resize(self, event: events.Resize) -> None:
        """Make the lines for the new width; keep the line at the cursor in sight."""
        if event.size.width and self.lines_width != self._made_for:
            self._remake_and_draw_lines()
        elif self._drawn.cursor is not None:
            self._scroll_to_line(self._drawn.cursor)
        if self.resized is not None:
            self.resized()

    def watch_show_vertical_scrollbar(self) -> None:
        """Make the lines again for the column of the scrollbar."""
        if self.lines_width != self._made_for:
            self._remake_and_draw_lines()

    @property
    def lines_width(self) -> int:
        """The number of cells of a line; 0 before the first layout."""
        return self.scrollable_content_region.width or self.size.width

    def _remake_and_draw_lines(self) -> None:
        width = self.lines_width
        if width <= 0:
            self._made_for = -1  # a hidden widget gets its lines once it is shown
            return
        redraws_all = self._made_for != width or self._fine != self.app.has_class("-fine")
        self._made_for, self._fine = width, self.app.has_class("-fine")
        before, top = self._drawn.lines, self.scroll_offset.y
        self._drawn = self._make_lines(width)
        self._fit_height(width)
        if (cursor := self._drawn.cursor) is not None:
            self._scroll_to_line(cursor)
        if redraws_all or self.scroll_offset.y != top:
            self.refresh()
        else:
            self._refresh_changed_lines(before)

    def _fit_height(self, width: int) -> None:
        """Set the height to that of the lines, only on a change: layout is expensive."""
        height = len(self._drawn.lines)
        if self._grows and self._height != max(1, height):
            self._height = max(1, height)
            self.styles.height = self._height
        if self.virtual_size != (size := Size(width, height)):
            self.virtual_size = size

    def _refresh_changed_lines(self, before: Sequence[StyledLine]) -> None:
        """Draw only the lines that changed."""
        now, top = self._drawn.lines, self.scroll_offset.y
        for y in range(self.size.height):
            index = y + top
            if before[index : index + 1] != now[index : index + 1]:
                self.refresh(Region(0, y, self.size.width, 1))

    def _scroll_to_line(self, line: int) -> None:
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if line < top:
            self.scroll_to(y=line, animate=False, immediate=True)
        elif height and line >= top + height:
            self.scroll_to(y=line - height + 1, animate=False, immediate=True)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the visible lines of a region.

        Textual works out the style of a widget from all widgets around it: once for all lines.
        """
        self._base_style = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return one visible line."""
        index = y + self.scroll_offset.y
        width = self.size.width
        base = self._base_style
        if index >= len(self._drawn.lines):
            return Strip.blank(width, base)
        fine = self.app.has_class("-fine")
        segments = [
            Segment(
                (fine and part.fine) or part.text,
                base + self.part_style(part),
            )
            for part in self._drawn.lines[index]
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def part_style(self, part: LinePart) -> Style:
        """Return the style of a part on its ground."""
        style = self._component_style(part.style)
        if not part.ground:
            return style
        ground = self._component_style(f"on-{part.ground}")
        if part.ground != "focus":
            return ground + style
        if self.app.has_class("-few-colours"):  # reversed colours would be patches in the row
            return ground
        # Quiet words are too faint on the ground of the focus.
        return ground if part.style in _FAINT else ground + style

    def _component_style(self, name: str) -> Style:
        return self.screen.get_component_rich_style(f"lines--{name}", partial=True)


class ColumnDivider(LinesView):
    """A line between two columns, as tall as they are."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self.draw_lines(lambda _width: DrawnLines([_DIVIDER] * _TALLEST))
