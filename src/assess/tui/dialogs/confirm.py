"""Dialogs that show a text, and a planned change with its effects."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assess.display.text.styled import DrawnLines, styled_line
from assess.display.text.wrap import wrap_text
from assess.harmless import make_visible
from assess.tui.commands.registry import Scope, footer_chips, make_bindings
from assess.tui.core.text_scroll import TextScroll
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


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
        with DialogBox(self._title):
            yield self.view
            yield self.make_keys(footer_chips(self.SCOPE, self.lang))
        lines = make_visible(self._text).split("\n")
        self.view.draw_lines(
            lambda width: DrawnLines(
                [styled_line(piece) for paragraph in lines for piece in wrap_text(paragraph, width)]
            )
        )

    def on_resize(self) -> None:
        """Let the text be as tall as it is, and leave room for title and keys."""
        self.view.styles.max_height = self.rows_that_fit()

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
