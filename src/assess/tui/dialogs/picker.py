"""A list that is searched by typing, such as options of an item or commands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from assess.display.text.cells import width_of
from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    StyledLine,
    count_lines_below,
    line_width,
    row_line,
    styled_line,
)
from assess.display.text.wrap import fit_width, wrap_text
from assess.engine.kinds.typed_text import convert_full_width_to_ascii
from assess.harmless import escape_as_single_line
from assess.tui.commands.registry import Scope, footer_chips, make_bindings
from assess.tui.core.pasting import join_lines
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.dialog_box import DIALOG_SIDES, WIDEST_DIALOG, DialogBox
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView
from assess.workspace.core.pinyin_initials import load_pinyin_letters

_BETWEEN = "  "
"""Cells between columns."""
_DIGIT = 2
"""Cells of the digit of a row, and the space after it."""
_ROW_SIDES = 3
"""Cells before a row, and of the scrollbar."""


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
        self._first_widths: Sequence[int] = ()
        self._column_widths: Sequence[int] = ()
        self._cursor = 0
        self._has_digits = False
        self._pasted = False
        self._shows_end = False
        """Whether one went on below the last row: the notes are in sight."""
        self.view = LinesView(id="rows")
        self.view.resized = self.view.scrolled = self._show_hidden_count
        self.handlers = {
            "pick_up": lambda: self._move_by(-1),
            "pick_down": lambda: self._move_by(1),
            "pick_page_up": lambda: self._move_by(-self.view.size.height // 2),
            "pick_page_down": lambda: self._move_by(self.view.size.height // 2),
            "pick_first": lambda: self._move_by(-len(self._rows)),
            "pick_last": lambda: self._move_by(len(self._rows)),
            "take": self._accept_choice,
            "close": self._close_list,
        }

    def compose(self) -> ComposeResult:
        """Lay out title, search line, rows and hints."""
        chips = footer_chips(self.SCOPE, self.lang)
        with DialogBox(self._title, chips, classes="tall" if self._tall else ""):
            words = Input(id="words", placeholder=self._("type to search"))
            words.cursor_blink = False
            yield words
            yield self.view

    async def on_mount(self) -> None:
        """Show all rows."""
        self.set_focus(self.query_one(Input))
        self._first_widths = _measure_columns(self._find_rows(""))
        self._search_rows("")
        self.run_worker(asyncio.to_thread(load_pinyin_letters), group="pinyin")

    def on_resize(self) -> None:
        """Give the rows the room that all of them need, as far as there is any."""
        if self._tall:
            return
        rows = self._find_rows("")
        widest = max((line_width(self._row_line_in_columns(row)) for row in rows), default=0)
        notes = [*self._note_lines(WIDEST_DIALOG - DIALOG_SIDES)]
        box = self.query_one(DialogBox)
        box.fit_width_to_content(max([widest + _ROW_SIDES, *map(line_width, notes)]))
        width = WIDEST_DIALOG - DIALOG_SIDES
        count = sum(len(self._lines_of_row(row, width)) for row in rows) + len(notes)
        self.view.styles.height = max(1, min(count, box.rows_that_fit() - 1))

    def convert_paste_for_field(self, text: str) -> str:
        """Return a pasted text as search words: it takes no row."""
        self._pasted = True
        return join_lines(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that contain the words; a typed digit takes its row."""
        pasted, self._pasted = self._pasted, False
        typed = convert_full_width_to_ascii(event.value)
        row = next((row for row in self._rows if row.key and row.key == typed), None)
        if row is not None and not pasted:
            self.dismiss(row.value)
        else:
            self._search_rows(event.value)

    def _search_rows(self, words: str) -> None:
        self._rows = self._find_rows(words)
        self._has_digits = any(row.key for row in self._rows)
        # A list that is searched keeps its columns; one that is found has columns of its own.
        self._column_widths = self._first_widths or _measure_columns(self._rows)
        self._cursor = 0
        self._shows_end = False
        self._draw_rows()

    def _draw_rows(self) -> None:
        self.view.draw_lines(self._row_lines)
        self._show_hidden_count()

    def _show_hidden_count(self) -> None:
        """Show in the frame how many lines are below those that show."""
        count = self.view.hidden_lines.below
        text = count_lines_below(count, self.lang).text
        for box in self.query(DialogBox):
            box.set_remark(text)

    def _row_lines(self, width: int) -> DrawnLines:
        """Return the rows and the notes; the last line of the chosen row must be in sight."""
        if not self._rows and self.query_one(Input).value.strip():
            nothing = fit_width("  " + self._("nothing found"), width)
            return DrawnLines([styled_line(nothing, "dim")], 0)
        lines: list[StyledLine] = []
        last_line = 0
        for index, row in enumerate(self._rows):
            focused = index == self._cursor
            lines += [
                row_line(words, width, focused=focused)
                for words in self._lines_of_row(row, width - _ROW_SIDES)
            ]
            last_line = len(lines) - 1 if focused else last_line
        lines += self._note_lines(width)
        return DrawnLines(lines, len(lines) - 1 if self._shows_end else last_line)

    def _lines_of_row(self, row: ListRow, width: int) -> list[StyledLine]:
        """Return the lines of a row: with digits all of it, else the first."""
        if not self._has_digits:
            return [self._row_line_in_columns(row)]
        first, *rest = wrap_text(self._row_text(row), width - _DIGIT)
        digit = LinePart(f"{row.key or ' '} ", "key")
        return [(digit, LinePart(first)), *((LinePart(" " * _DIGIT + text),) for text in rest)]

    def _row_line_in_columns(self, row: ListRow) -> StyledLine:
        """Return the words of a row; its columns are as wide as in the widest row."""
        if not row.columns:
            return styled_line(self._row_text(row))
        *others, last = (
            part._replace(text=escape_as_single_line(part.text)) for part in row.columns
        )
        padded = (
            part._replace(text=fit_width(part.text, cells) + _BETWEEN)
            for part, cells in zip(others, self._column_widths, strict=False)
        )
        return (*padded, last)

    def _row_text(self, row: ListRow) -> str:
        return escape_as_single_line(row.words)

    def _note_lines(self, width: int) -> Iterator[StyledLine]:
        if self._notes:
            yield ()
        for note in self._notes:
            yield from (styled_line(text, "dim") for text in wrap_text(note, width))

    def _move_by(self, step: int) -> None:
        """Move to another row; below the last one the notes are read."""
        last = max(0, len(self._rows) - 1)
        self._shows_end = self._cursor + step > last
        self._cursor = max(0, min(last, self._cursor + step))
        self._draw_rows()

    async def _accept_choice(self) -> None:
        """Return the row."""
        if self._rows:
            self.dismiss(self._rows[self._cursor].value)

    def _close_list(self) -> None:
        """Return nothing."""
        self.dismiss(None)


def _measure_columns(rows: Sequence[ListRow]) -> list[int]:
    """Return the width of each column but the last."""
    lists = [
        [width_of(escape_as_single_line(part.text)) for part in row.columns[:-1]] for row in rows
    ]
    return [max(cells) for cells in zip_longest(*lists, fillvalue=0)]
