"""A list whose rows are ticked, searched by typing; ticks stay while others are searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from assess.engine.punctuation import enumeration_comma_sign
from assess.harmless import escape_as_single_line
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.dialogs.picker import PickerScreen

_NAMED = 3
"""Number of rows without a tick that a message names; the others are counted."""


class TickListScreen(PickerScreen, inherit_bindings=False):
    """Returns the values of the ticked rows, a line each; None if the list was closed."""

    SCOPE: ClassVar[Scope] = "ticks"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("ticks")]

    def __init__(self, title: str, find_rows: Callable[[str], Sequence[ListRow]]) -> None:
        super().__init__(title, find_rows, tall=True)
        self.ticked: dict[str, None] = {}
        """The values of the ticked rows, in the order of the ticks."""
        self.handlers = {
            **self.handlers,
            "tick": self._toggle_tick_and_move_down,
            "tick_all": self._toggle_all_ticks,
            "save": self._accept_choice,
        }

    def _row_text(self, row: ListRow) -> str:
        box = " - " if row.refusal else "[x]" if row.value in self.ticked else "[ ]"
        return f"{box} {super()._row_text(row)}" + (f"  {row.refusal}" if row.refusal else "")

    def _toggle_tick_and_move_down(self) -> None:
        """Tick or untick the row at the cursor, and move to the next one."""
        self.show_message("")
        if not self._rows:
            return
        row = self._rows[self._cursor]
        if row.refusal:
            self.show_message(escape_as_single_line(f"{row.words}  {row.refusal}"))
        elif row.value in self.ticked:
            del self.ticked[row.value]
        else:
            self.ticked[row.value] = None
        self._move_by(1)
        self._draw_title()

    def _toggle_all_ticks(self) -> None:
        """Tick all rows of the list that can be ticked; untick them if all are ticked."""
        if not self._rows:  # nothing found, or the list is only being opened
            return
        values = [row.value for row in self._rows if not row.refusal]
        if self.ticked.keys() >= set(values):
            for value in values:
                del self.ticked[value]
        else:
            self.ticked |= dict.fromkeys(values)
        self.show_message(self._refused_rows_text())
        self._draw_rows()
        self._draw_title()

    def _refused_rows_text(self) -> str:
        """Return which rows of the list can't be ticked; '' if all can."""
        refused = [escape_as_single_line(row.words) for row in self._rows if row.refusal]
        if not refused:
            return ""
        text = self._("{count} can't be ticked: {rows}")
        rows = enumeration_comma_sign(self.lang).join(refused[:_NAMED])
        return text.format(count=len(refused), rows=rows + " .." * (len(refused) > _NAMED))

    def _draw_title(self) -> None:
        count = self._("{count} ticked").format(count=len(self.ticked))
        self.query_one(DialogBox).set_title(f"{self._title}  {count}")

    async def _accept_choice(self) -> None:
        """Return the ticked rows."""
        if self.ticked:
            self.dismiss("\n".join(self.ticked))
        else:
            self.show_message(self._("nothing is ticked: Enter ticks the row"))
