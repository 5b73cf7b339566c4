"""What would be done, with its effects, before it is done; and texts to be read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from assess.display.text.safe import one_line, visible
from assess.display.text.styled import Drawn, line
from assess.display.text.wrap import wrap
from assess.tui.commands.registry import Scope, bindings, footer
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


class ReadingScreen(AppModal[bool]):
    """Shows a text; closing it gives False."""

    SCOPE: ClassVar[Scope] = "help"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("help")]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self.view = LinesView(id="rows")

    def compose(self) -> ComposeResult:
        """Lay out title, text and hints."""
        with Vertical(classes="box tall"):
            yield Static(one_line(self._title), markup=False)
            yield self.view
            yield Static(footer(self.SCOPE, self.lang, 74), classes="hints", markup=False)
        lines = visible(self._text).split("\n")
        self.view.draw(
            lambda width: Drawn([line(piece) for one in lines for piece in wrap(one, width)])
        )

    def action_line_up(self) -> None:
        """Scroll up."""
        self.view.scroll_page_up(animate=False)

    def action_line_down(self) -> None:
        """Scroll down."""
        self.view.scroll_page_down(animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(False)


class ConfirmScreen(ReadingScreen, inherit_bindings=False):
    """Gives whether it is to be done."""

    SCOPE: ClassVar[Scope] = "confirm"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Leave everything as it is."""
        self.dismiss(False)
