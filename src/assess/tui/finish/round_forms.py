"""Forms of Finish: the people of the round's sheets, and the texts of the narrative."""

from __future__ import annotations

from assess.display.finish.forms import narrative_form, sheet_people_form
from assess.display.text.forms import FormValues
from assess.tui.core.rows.context import DropDraft, RowsContext
from assess.tui.finish.data import FinishData
from assess.workspace import Workspace
from assess.workspace.rounds import missing_answers


class RoundForms:
    """Asks for what the round lacks beside answers."""

    def __init__(self, context: RowsContext) -> None:
        self._context = context

    def ask_missing_sheet_people(self, data: FinishData) -> None:
        """Ask for the people of the sheets that name none."""
        context, round_id = self._context, self._context.shell.session.round_id

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            def write_people(workspace: Workspace) -> None:
                for name, roles in data.facts.people:
                    named = {role: values[role] for role in roles if values[role]}
                    if named:
                        missing_answers.write_people_into_sheets(workspace, round_id, [name], named)

            context.jobs.write_shared_files_and_reread(write_people, lambda _none: drop_draft())

        context.ask_form_with_draft(
            sheet_people_form(data.config.people, context.lang), "people", write_values
        )

    def ask_narrative(self, data: FinishData, field: str) -> None:
        """Ask for a text of the narrative."""
        context, session = self._context, self._context.shell.session

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            text = values["text"].strip()
            context.jobs.write_shared_files_and_reread(
                lambda workspace: missing_answers.write_narrative(
                    workspace, session.round_id, field, text, context.lang
                ),
                lambda _none: drop_draft(),
            )

        form = narrative_form(field, data.narrative_text(field, context.lang), context.lang)
        context.ask_form_with_draft(form, field, write_values)
