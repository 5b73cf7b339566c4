"""Finish: gaps, narrative, report and commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import BindingType

from assess.engine.walk import list_ids_of_unanswered_items
from assess.i18n import translator
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.gap_tour import plan_tour
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.content import RowsPage
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.rows.screen import RowsScreen
from assess.tui.finish.commit_command import CommitCommand
from assess.tui.finish.content import FinishContent
from assess.tui.finish.data import FinishData
from assess.tui.finish.report_commands import ReportCommands
from assess.tui.finish.report_state import ReportState
from assess.tui.finish.round_forms import RoundForms
from assess.tui.overview.closed_rounds import offer_closed_round_actions
from assess.tui.round_change.closing import RoundCloser
from assess.tui.round_change.starting import offer_next_round

RowActions = Mapping[str, Callable[[FinishData], None]]
"""What is done with a row, by its key."""


class FinishCommands:
    """Goes to what is missing, and runs the action of the chosen row."""

    def __init__(self, context: RowsContext, content: FinishContent, actions: RowActions) -> None:
        self._context = context
        self._content = content
        self._actions = actions

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "act": self._run_action_of_row,
            "next_unanswered": self._open_first_unanswered_sheet,
        }

    def open_form(self, form: str) -> None:
        """Open the form of a row; do nothing if the row is gone."""
        index = self._content.index_of_row(form)
        if index is not None:
            self._context.move_cursor_to(index)
            self._run_action_of_row()

    def _run_action_of_row(self) -> None:
        """Run the action of the chosen row."""
        data, key = self._content.data, self._content.chosen_row.key
        if data is None:
            return
        if key in self._actions:
            self._actions[key](data)
        elif key.startswith("gap:"):
            self._context.shell.navigation.show_items_with_gap(plan_tour(data.find_gap(key)))

    def _open_first_unanswered_sheet(self) -> None:
        """Open the first sheet of the round with an unanswered item."""
        data = self._content.data
        for name, assessment in data.sheets.items() if data else ():
            if list_ids_of_unanswered_items(assessment):
                self._context.shell.navigation.show_sheet(name, opened_by_next_key=True)
                return
        _ = translator(self._context.lang)
        self._context.show_message(_("everything is answered"))


def make_finish_page(context: RowsContext) -> RowsPage:
    """Return the parts of Finish."""
    state = ReportState()
    content = FinishContent(context, state)
    report, commit = ReportCommands(context, content, state), CommitCommand(context, content)
    forms, closer = RoundForms(context), RoundCloser(context, commit.ask_commit)
    actions: RowActions = {
        "profile": lambda data: context.shell.navigation.show_profile(data.facts.form_of_questions),
        "gap:facts": lambda data: context.shell.navigation.show_profile(
            data.facts.form_of_questions
        ),
        "systems": lambda _data: context.shell.navigation.show_profile("new_system"),
        "people": forms.ask_missing_sheet_people,
        "work": lambda data: forms.ask_narrative(data, "work"),
        "suggestions": lambda data: forms.ask_narrative(data, "suggestions"),
        "report": lambda _data: report.ask_and_start_report(),
        "commit": lambda _data: commit.ask_commit(),
        "close_round": lambda _data: closer.start_closing_round(),
        "new_round": lambda _data: offer_next_round(context),
        "round": lambda _data: context.start_worker(
            offer_closed_round_actions(context), "ways", exclusive=True
        ),
    }
    commands = FinishCommands(context, content, actions)
    return RowsPage(
        content,
        {
            **commands.handlers(),
            **report.handlers(),
            "keep": commit.ask_commit,
            "close_round": closer.start_closing_round,
            "new_round": lambda: offer_next_round(context),
        },
        open_form=commands.open_form,
        take_saved_sheet=content.mark_answers_changed,
        on_resume=content.reread_if_answers_changed,
    )


class FinishScreen(RowsScreen):
    """What is left to do until the round is finished, row by row."""

    SCOPE: ClassVar[Scope] = "finish"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("finish")]

    def __init__(self, form: str = "") -> None:
        super().__init__(make_finish_page, form)
