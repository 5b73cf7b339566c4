"""A list that is searched by typing, such as options of an item or commands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from assess.display.text.input_method import convert_full_width_text
from assess.display.text.styled import DrawnLines, StyledLine, StyleName, styled_line
from assess.display.text.wrap import fit_width, wrap_text
from assess.harmless import one_line
from assess.tui.commands.registry import Scope, footer_text, make_bindings
from assess.tui.core.pasting import join_lines
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.frame import AppModal, rows_that_fit
from assess.tui.core.widgets.lines import LinesView
from assess.workspace.core.pinyin_initials import load_pinyin_letters


class PickerScreen(AppModal[str | None]):
    """Returns the value of the chosen row; None if the list was closed."""

    SCOPE: ClassVar[Scope] = "picker"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("picker")]

    def __init__(
        self,
        title: str,
        find_rows: Callable[[str], Sequence[ListRow]],
        notes: Sequence[str] = (),
        *,
        tall: bool = False,
    ) -> None:
        """Make the screen; `notes`: what stands below the rows, a paragraph each.

        The dialog is as tall as its first rows. `tall`: as the screen, because typing lists more.
        """
        super().__init__()
        self._tall = tall
        self._notes = notes
        self._title = title
        self._find_rows = find_rows
        self._rows: Sequence[ListRow] = ()
        self._cursor = 0
        self._has_digits = False
        self._pasted = False
        self.view = LinesView(id="rows")
        self.handlers = {
            "pick_up": lambda: self._move_by(-1),
            "pick_down": lambda: self._move_by(1),
            "take": self._take_row,
            "close": self._close_list,
        }

    def compose(self) -> ComposeResult:
        """Lay out title, search line, rows and hints."""
        lang = self.lang
        with Vertical(classes="box tall" if self._tall else "box"):
            yield Static(one_line(self._title), markup=False)
            yield Input(id="words")
            yield self.view
            yield Static(footer_text(self.SCOPE, lang, 74), classes="hints", markup=False)

    async def on_mount(self) -> None:
        """Show all rows."""
        self.set_focus(self.query_one(Input))
        self._search_rows("")
        self.run_worker(asyncio.to_thread(load_pinyin_letters), group="pinyin")

    def on_resize(self) -> None:
        """Give the rows the height that all of them need, as far as there is room."""
        if not self._tall:
            width = self.view.lines_width
            count = sum(len(self._row_texts(row, width - 2)) for row in self._find_rows(""))
            count += len(list(self._note_lines(width)))
            room = rows_that_fit(self.size.height) - 1
            self.view.styles.height = max(1, min(count, room))

    def convert_paste_for_field(self, text: str) -> str:
        """Return a pasted text as search words: it takes no row."""
        self._pasted = True
        return join_lines(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that contain the words; a typed digit takes its row."""
        pasted, self._pasted = self._pasted, False
        typed = convert_full_width_text(event.value)
        row = next((row for row in self._rows if row.key and row.key == typed), None)
        if row is not None and not pasted:
            self.dismiss(row.value)
        else:
            self._search_rows(event.value)

    def _search_rows(self, words: str) -> None:
        self._rows = self._find_rows(words)
        self._has_digits = any(row.key for row in self._rows)
        self._cursor = 0
        self._draw_rows()

    def _draw_rows(self) -> None:
        self.view.draw_lines(self._row_lines)

    def _row_lines(self, width: int) -> DrawnLines:
        """Return the rows and the notes; the last line of the chosen row must be in sight."""
        if not self._rows and self.query_one(Input).value.strip():
            nothing = fit_width("  " + self._("nothing found"), width)
            return DrawnLines([styled_line(nothing, "dim")], 0)
        lines: list[StyledLine] = []
        last_line = 0
        for index, row in enumerate(self._rows):
            chosen = index == self._cursor
            mark = "> " if chosen else "  "
            style: StyleName = "cursor" if chosen else "plain"
            for text in self._row_texts(row, width - 2):
                lines.append(styled_line(fit_width(mark + text, width), style))
                mark = "  "
            last_line = len(lines) - 1 if chosen else last_line
        return DrawnLines([*lines, *self._note_lines(width)], last_line)

    def _row_texts(self, row: ListRow, width: int) -> list[str]:
        """Return the lines of a row: with digits all of it, else what fits."""
        words = self._row_text(row)
        if not self._has_digits:
            return [fit_width(words, width)]
        first, *rest = wrap_text(words, width - 2)
        return [f"{row.key or ' '} {first}", *(f"  {text}" for text in rest)]

    def _row_text(self, row: ListRow) -> str:
        return one_line(row.words)

    def _note_lines(self, width: int) -> Iterator[StyledLine]:
        if self._notes:
            yield ()
        for note in self._notes:
            yield from (styled_line(text, "dim") for text in wrap_text(note, width))

    def _move_by(self, step: int) -> None:
        self._cursor = max(0, min(len(self._rows) - 1, self._cursor + step))
        self._draw_rows()

    async def _take_row(self) -> None:
        """Return the row."""
        if self._rows:
            self.dismiss(self._rows[self._cursor].value)

    def _close_list(self) -> None:
        """Return nothing."""
        self.dismiss(None)
