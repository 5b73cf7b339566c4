"""A list to take one row of, searched by typing: the options of an item, the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, line
from assess.display.text.wrap import fit
from assess.tui.commands.registry import Scope, bindings, footer
from assess.tui.core.pasting import in_one_line
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


class PickerScreen(AppModal[str | None]):
    """Gives the value of the row that was taken, None where none was."""

    SCOPE: ClassVar[Scope] = "picker"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("picker")]

    def __init__(self, title: str, found: Callable[[str], Sequence[ListRow]]) -> None:
        super().__init__()
        self._title = title
        self._found = found
        self._rows: Sequence[ListRow] = ()
        self._cursor = 0
        self.view = LinesView(id="rows")

    def compose(self) -> ComposeResult:
        """Lay out title, search line, rows and hints."""
        lang = self.lang
        with Vertical(classes="box tall"):
            yield Static(one_line(self._title), markup=False)
            yield Input(id="words")
            yield self.view
            yield Static(footer("picker", lang, 74), classes="hints", markup=False)

    async def on_mount(self) -> None:
        """Show all rows."""
        self.set_focus(self.query_one(Input))
        self._search("")

    def pasted_text(self, text: str) -> str:
        """Return a pasted text as the words to search for."""
        return in_one_line(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that have the words."""
        self._search(event.value)

    def _search(self, words: str) -> None:
        self._rows = self._found(words)
        self._cursor = 0
        self._draw()

    def _draw(self) -> None:
        self.view.draw(lambda width: Drawn(self._lines(width), self._cursor))

    def _lines(self, width: int) -> list[Line]:
        if not self._rows and self.query_one(Input).value.strip():
            return [line(fit("  " + self._("nothing found"), width), "dim")]
        return [
            line(fit(("> " if index == self._cursor else "  ") + one_line(row.words), width),
                 "cursor" if index == self._cursor else "plain")
            for index, row in enumerate(self._rows)
        ]  # fmt: skip

    def action_pick_up(self) -> None:
        """Go one row up."""
        self._cursor = max(0, self._cursor - 1)
        self._draw()

    def action_pick_down(self) -> None:
        """Go one row down."""
        self._cursor = max(0, min(len(self._rows) - 1, self._cursor + 1))
        self._draw()

    async def action_take(self) -> None:
        """Give the row."""
        if self._rows:
            self.dismiss(self._rows[self._cursor].value)

    def action_close(self) -> None:
        """Give nothing."""
        self.dismiss(None)
