"""The frame of a dialog: as large as its content, with the title in its border."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from assess.display.text.bars import KeyChip, key_lines, message_lines
from assess.display.text.cells import width_of
from assess.display.text.styled import DrawnLines, StyledLine, line_width
from assess.display.text.wrap import fit_width
from assess.harmless import escape_as_single_line
from assess.tui.core.widgets.lines import LinesView
from assess.tui.core.widgets.terminal_cursor import TerminalCursor

WIDEST_DIALOG = 80
"""Maximum number of cells of a dialog."""

DIALOG_SIDES = 4
"""Cells of a dialog's border and of the air inside it."""

_NARROWEST = 44
"""Cells of the narrowest dialog: a message has room in it."""

_BORDER = 2
"""Lines of a dialog's border."""

_STRIPS = 16
"""Minimum number of cells on both sides of a dialog that is narrower than the screen."""

_AROUND_TITLE = 6
"""Cells of the border's corners, and of the line and the space on each side of the title."""


class DialogBox(Vertical):
    """A dialog's frame, with its keys below the content.

    A title that does not fit is cut. The remark stands in the lower border.
    """

    def __init__(
        self, title: str, chips: Sequence[KeyChip], *, classes: str = "", remark: str = ""
    ) -> None:
        super().__init__(classes=f"box {classes}")
        self._chips = chips
        self._message = ""
        self._keys = LinesView(id="keys", grows=True)
        self.set_remark(remark)
        self.set_title(title)

    def compose(self) -> ComposeResult:
        """Lay out the keys; the content of the dialog stands above them."""
        self.show_message("")
        yield self._keys

    def on_mount(self) -> None:
        """Let the terminal's cursor follow the fields of the dialog."""
        TerminalCursor(self.screen).start_following_focus()

    def show_message(self, message: str) -> None:
        """Show a message above the keys; an empty one removes it."""
        self._message = message
        self._keys.draw_lines(lambda width: DrawnLines(self._message_and_key_lines(width)))

    def _message_and_key_lines(self, width: int) -> list[StyledLine]:
        """Return the message, if there is one, and the keys."""
        above = message_lines(self._message, width) if self._message else ()
        return [*above, *key_lines(self._chips, width)]

    def rows_that_fit(self) -> int:
        """Return how many rows can stand between the border and the message or the keys."""
        size = self.screen.size
        width = min(size.width, WIDEST_DIALOG) - DIALOG_SIDES
        return max(1, size.height - _BORDER - len(self._message_and_key_lines(width)))

    def set_remark(self, remark: str) -> None:
        """Show a remark in the lower border; '' removes it."""
        self.border_subtitle = Content(remark) if remark else None

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title = escape_as_single_line(title)
        self._draw_title()

    def fit_width_to_content(self, content_width: int) -> None:
        """Be as wide as the content, the title and the keys, within what a dialog may be."""
        keys = max(map(line_width, key_lines(self._chips, WIDEST_DIALOG - DIALOG_SIDES)))
        title = width_of(self._title) + _AROUND_TITLE
        width = max(_NARROWEST, content_width + DIALOG_SIDES, keys + DIALOG_SIDES, title)
        width = min(WIDEST_DIALOG, width)
        # A narrow strip of a chosen row below would look like a cursor at the screen's edge.
        leaves_strip = width > self.screen.size.width - _STRIPS
        self.styles.width = WIDEST_DIALOG if leaves_strip else width

    def on_resize(self) -> None:
        """Cut the title to the width."""
        self._draw_title()

    def _draw_title(self) -> None:
        if not self.outer_size.width:  # before the first layout
            self.border_title = Content(self._title)
            return
        room = max(2, self.outer_size.width - _AROUND_TITLE)
        self.border_title = Content(fit_width(self._title, min(room, width_of(self._title))))
