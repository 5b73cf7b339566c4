"""Commands that move the cursor of a screen of rows."""

from __future__ import annotations

from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.widgets.lines import LinesView


class RowMoves:
    """Moves the cursor by a row or by a page."""

    def __init__(self, context: RowsContext, view: LinesView) -> None:
        self._context = context
        self._view = view

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "next_row": lambda: self._move_by(1),
            "previous_row": lambda: self._move_by(-1),
            "scroll_down": lambda: self._move_by(self._page_size()),
            "scroll_up": lambda: self._move_by(-self._page_size()),
        }

    def _move_by(self, step: int) -> None:
        self._context.move_cursor_to(self._context.cursor + step)

    def _page_size(self) -> int:
        return max(1, self._view.size.height - 1)
