"""Removing people and systems from the profile; what is in use is not lost."""

from __future__ import annotations

from collections.abc import Callable

from assess.display.profile.lines import ProfileRow, person_removal_refusal_text
from assess.i18n import plural_translator, translator
from assess.tui.core.rows.context import RowsContext
from assess.tui.profile.content import ProfileData
from assess.workspace import Workspace
from assess.workspace.setup import remove_entries


class EntryRemoval:
    """Removes a person or a system after confirmation."""

    def __init__(self, context: RowsContext) -> None:
        self._context = context

    def ask_to_remove_person(self, _data: ProfileData, row: ProfileRow) -> None:
        """Remove a person, or show which records name them."""

        def confirm_or_explain(uses: remove_entries.PersonUses) -> None:
            _ = translator(self._context.lang)
            if any(uses):
                title = _("{name} stays").format(name=row.text)
                self._context.shell.dialogs.show_text(
                    title, person_removal_refusal_text(uses, self._context.lang)
                )
                return
            text = _("No answer, review, sheet or evidence of an open round names this person.")
            self._confirm_and_remove(row, text, remove_entries.remove_person)

        self._context.jobs.run_on_workspace(
            lambda workspace: remove_entries.count_person_uses(workspace, row.id),
            confirm_or_explain,
        )

    def ask_to_remove_system(self, _data: ProfileData, row: ProfileRow) -> None:
        """Remove a system; one with answers only leaves the open rounds."""

        def confirm_system(answers: int) -> None:
            _ = translator(self._context.lang)
            _n = plural_translator(self._context.lang)
            if answers:
                text = _n(
                    "{count} answer is about it, so the system stays in assess.yaml. "
                    "Its sheets leave the open rounds; the answer stays on disk.",
                    "{count} answers are about it, so the system stays in assess.yaml. "
                    "Its sheets leave the open rounds; the answers stay on disk.",
                    answers,
                )
                self._confirm_and_remove(
                    row, text.format(count=answers), remove_entries.remove_system_from_open_rounds
                )
            else:
                text = _(
                    "It has no answers in an open round. Its facts and its sheets go with it; "
                    "git keeps what was committed."
                )
                self._confirm_and_remove(row, text, remove_entries.remove_system_and_round_sheets)

        self._context.jobs.run_on_workspace(
            lambda workspace: remove_entries.count_system_answers(workspace, row.id), confirm_system
        )

    def _confirm_and_remove(
        self, row: ProfileRow, text: str, drop: Callable[[Workspace, str], None]
    ) -> None:
        context = self._context
        _ = translator(context.lang)
        title = _("Take {name} out?").format(name=row.text)
        context.shell.dialogs.ask_confirmation(
            title,
            text,
            lambda: context.jobs.write_shared_files_and_reread(
                lambda workspace: drop(workspace, row.id)
            ),
        )
