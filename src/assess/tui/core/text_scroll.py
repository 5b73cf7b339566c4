"""Commands that scroll the text of a dialog: by a line, and by a page."""

from __future__ import annotations

from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.widgets.lines import LinesView


class TextScroll:
    """Scrolls the lines of `view`."""

    def __init__(self, view: LinesView) -> None:
        self._view = view

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "line_up": lambda: self._view.scroll_up(animate=False),
            "line_down": lambda: self._view.scroll_down(animate=False),
            "scroll_up": lambda: self._view.scroll_page_up(animate=False),
            "scroll_down": lambda: self._view.scroll_page_down(animate=False),
        }
