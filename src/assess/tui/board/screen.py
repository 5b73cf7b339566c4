"""The remediation board: all findings of the round, changed one or many at a time."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.tui.board.choices import BoardCommands
from assess.tui.board.content import BoardContent
from assess.tui.board.outside import OutsideFindingCommands
from assess.tui.board.plans import RemediationPlans
from assess.tui.board.undoing import BoardUndo
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.rows.content import RowsPage
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.rows.screen import RowsScreen


def make_board_page(context: RowsContext, finding_id: str = "") -> RowsPage:
    """Return the parts of the board; the cursor begins at a finding of others, if it is named."""
    content = BoardContent(context, finding_id)
    choices, plans = BoardCommands(context, content), RemediationPlans(context, content)
    undoing = BoardUndo(context, content)
    outside = OutsideFindingCommands(context, content, plans.handlers())
    return RowsPage(
        content,
        {**choices.handlers(), **outside.handlers(), **undoing.handlers()},
        take_saved_sheet=content.replace_sheet_and_redraw,
        is_ready=content.are_writes_finished_or_failed,
    )


class BoardScreen(RowsScreen):
    """The findings of the round, row by row."""

    SCOPE: ClassVar[Scope] = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("board")]

    def __init__(self, finding_id: str = "") -> None:
        """`finding_id` is the finding of others at which the cursor begins."""
        super().__init__(lambda context: make_board_page(context, finding_id))
