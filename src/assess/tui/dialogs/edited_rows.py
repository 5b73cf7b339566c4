"""The rows of a table while they are edited: the focused cell, and the steps for undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from assess.display.table.grid import GridPlace
from assess.tui.core.shell import Rows

_MOST_STEPS: Final = 100
"""Number of steps that can be taken back."""


class EditedRows:
    """Rows, the focused cell, and what they were before each step."""

    def __init__(self, column_count: int) -> None:
        self.rows: Rows = []
        self.row = 0
        self.column = 0
        self._column_count = column_count
        self._steps: list[tuple[Rows, int]] = []

    @property
    def focused_cell(self) -> GridPlace:
        """The focused cell."""
        return GridPlace(self.row, self.column)

    def load_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Begin with rows; nothing can be taken back."""
        self.rows = [dict(row) for row in rows]
        self._steps.clear()
        self.move_focus_by(0, 0)

    def move_focus_by(self, rows: int, columns: int) -> None:
        """Move the focus; it stays inside."""
        self.row = max(0, min(len(self.rows) - 1, self.row + rows))
        self.column = max(0, min(self._column_count - 1, self.column + columns))

    def replace_or_append_row(self, index: int, row: Mapping[str, Any]) -> None:
        """Change a row, or add one after the last."""
        self._remember_step()
        self.rows = [*self.rows[:index], dict(row), *self.rows[index + 1 :]]
        self.row = index

    def add_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows below, as one step; the first of them is in focus."""
        self._remember_step()
        self.row = len(self.rows)
        self.rows = [*self.rows, *(dict(row) for row in rows)]

    def delete_focused_row(self) -> None:
        """Delete the focused row."""
        if self.rows:
            self._remember_step()
            self.rows = [*self.rows[: self.row], *self.rows[self.row + 1 :]]
            self.move_focus_by(0, 0)

    def undo_step(self) -> bool:
        """Take the last step back; return whether there was one."""
        if not self._steps:
            return False
        self.rows, self.row = self._steps.pop()
        return True

    def _remember_step(self) -> None:
        self._steps = [*self._steps[1 - _MOST_STEPS :], (self.rows, self.row)]
