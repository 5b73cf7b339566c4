"""The remediation board: all findings of the round, changed one or many at a time."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.tui.board.choices import BoardCommands
from assess.tui.board.content import BoardContent
from assess.tui.board.plans import RemediationPlans
from assess.tui.board.undoing import BoardUndo
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.rows.content import RowsPage
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.rows.screen import RowsScreen


def make_board_page(context: RowsContext) -> RowsPage:
    """Return the parts of the board."""
    content = BoardContent(context)
    choices, plans = BoardCommands(context, content), RemediationPlans(context, content)
    undoing = BoardUndo(context, content)
    return RowsPage(
        content,
        {**choices.handlers(), **plans.handlers(), **undoing.handlers()},
        take_saved_sheet=content.take_saved_sheet,
        is_ready=content.are_changes_written,
    )


class BoardScreen(RowsScreen):
    """The findings of the round, row by row."""

    SCOPE: ClassVar[Scope] = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("board")]

    def __init__(self) -> None:
        super().__init__(make_board_page)
