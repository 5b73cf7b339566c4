"""Dialogs that show a text, and a planned change with its effects."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assess.display.text.styled import DrawnLines, StyledLine, line_width, styled_line
from assess.display.text.wrap import wrap_text
from assess.harmless import escape_and_replace_tabs
from assess.tui.commands.registry import Scope, footer_chips, make_bindings
from assess.tui.core.text_scroll import TextScroll
from assess.tui.core.widgets.dialog_box import DIALOG_SIDES, WIDEST_DIALOG, DialogBox
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView

_SCROLLBAR = 1
"""Cells of the scrollbar."""


class ReadingScreen(AppModal[bool]):
    """Shows a text; closing it returns False."""

    SCOPE: ClassVar[Scope] = "help"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("help")]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self.view = LinesView(id="rows", grows=True)
        self.handlers = {
            **TextScroll(self.view).handlers(),
            "close": lambda: self._close_with_answer(agrees=False),
        }

    def compose(self) -> ComposeResult:
        """Lay out title, text and hints."""
        with DialogBox(self._title, footer_chips(self.SCOPE, self.lang)):
            yield self.view
        self.view.draw_lines(lambda width: DrawnLines(self._text_lines(width)))

    def _text_lines(self, width: int) -> list[StyledLine]:
        paragraphs = escape_and_replace_tabs(self._text).split("\n")
        return [styled_line(piece) for text in paragraphs for piece in wrap_text(text, width)]

    def on_resize(self) -> None:
        """Let the dialog be as large as its text, and leave room for title and keys."""
        lines = self._text_lines(WIDEST_DIALOG - DIALOG_SIDES)
        box = self.query_one(DialogBox)
        box.fit_width_to_content(max(map(line_width, lines)) + _SCROLLBAR)
        self.view.styles.max_height = box.rows_that_fit()

    def _close_with_answer(self, *, agrees: bool) -> None:
        self.dismiss(agrees)


class ConfirmScreen(ReadingScreen, inherit_bindings=False):
    """Shows a planned change; returns whether the user agrees."""

    SCOPE: ClassVar[Scope] = "confirm"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("confirm")]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, text)
        self.handlers = {
            **TextScroll(self.view).handlers(),
            "yes": lambda: self._close_with_answer(agrees=True),
            "no": lambda: self._close_with_answer(agrees=False),
        }
