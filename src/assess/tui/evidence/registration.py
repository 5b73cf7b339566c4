"""Commands of the evidence register that write it: add a piece, change it, remove it."""

from __future__ import annotations

from collections.abc import Callable

from assess.display.evidence.lines import (
    evidence_details_form,
    evidence_row_fields_from_form,
    new_evidence_file_form,
    new_paper_evidence_form,
)
from assess.display.text.forms import FormValues, InputForm, expand_typed_path
from assess.errors import UsageError
from assess.i18n import translator
from assess.model.base import Bilingual, pick_text
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.context import DropDraft, RowsContext
from assess.tui.core.session import InterfaceSession
from assess.tui.evidence.content import EvidenceContent
from assess.workspace import Workspace
from assess.workspace.evidence import register_view

RegisterWriter = Callable[[Workspace, FormValues], str]
"""Writes the typed values and returns the id of their row."""


class EvidenceRegistration:
    """Adds, changes and removes pieces."""

    def __init__(self, context: RowsContext, content: EvidenceContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "add": self._pick_file_to_register,
            "add_paper": self._ask_paper_to_register,
            "edit": self._edit_chosen_evidence,
            "drop": self._confirm_and_remove_evidence,
        }

    def open_form(self, form: str) -> None:
        """Open the form of a new piece, or of a registered one that still exists."""
        index = self._content.row_index_of_evidence(form)
        if form == "file":
            self._ask_details_and_register_file("")
        elif form == "paper":
            self._ask_paper_to_register()
        elif index is not None:
            self._context.move_cursor_to(index)
            self._edit_chosen_evidence()

    def _pick_file_to_register(self) -> None:
        """Pick a file, describe it, and register it."""
        self._context.shell.dialogs.pick_file(self._ask_details_and_register_file)

    def _ask_details_and_register_file(self, path: str) -> None:
        session = self._context.shell.session
        form = new_evidence_file_form(self._context.lang, path, session.today)
        self._ask_form_and_write_row(
            form, "file", lambda workspace, values: _register_file(workspace, session, values)
        )

    def _ask_paper_to_register(self) -> None:
        """Describe a paper record and where it is kept, and register it."""
        session = self._context.shell.session
        form = new_paper_evidence_form(self._context.lang, session.today)
        self._ask_form_and_write_row(
            form, "paper", lambda workspace, values: _register_paper(workspace, session, values)
        )

    def _edit_chosen_evidence(self) -> None:
        """Change title, location and dates of the chosen piece; without one, add a file."""
        lang, piece = self._context.lang, self._content.chosen_evidence
        if piece is None:
            self._pick_file_to_register()
            return

        def write_row(workspace: Workspace, values: FormValues) -> str:
            typed = evidence_row_fields_from_form(values)
            if isinstance(piece.row.title, Bilingual):
                typed[f"title.{lang}"] = typed.pop("title")
            register_view.change_register_row(workspace, piece.id, typed)
            return piece.id

        self._ask_form_and_write_row(
            evidence_details_form(piece.row, piece.id, lang), piece.id, write_row
        )

    def _ask_form_and_write_row(self, form: InputForm, name: str, write: RegisterWriter) -> None:
        """Show a form; write its values, then move to their row."""
        context = self._context

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            def go_to_row(row_id: str) -> None:
                self._content.written_id = row_id
                drop_draft()

            context.jobs.write_shared_files_and_reread(
                lambda workspace: write(workspace, values), go_to_row
            )

        context.ask_form_with_draft(form, name, write_values)

    def _confirm_and_remove_evidence(self) -> None:
        """Remove a piece that nothing cites from the register, after confirmation."""
        context, piece = self._context, self._content.chosen_evidence
        _ = translator(context.lang)
        if piece is None:
            return
        if piece.citation_count:
            text = _("still cited ({count}): g shows by what")
            context.show_message(text.format(count=piece.citation_count))
            return
        text = _("The row goes, and its file in evidence/. Commits keep both.")
        context.shell.dialogs.ask_confirmation(
            _("Remove {id}?").format(id=piece.id),
            f"{pick_text(piece.row.title, context.lang)}\n\n{text}",
            lambda: context.jobs.write_shared_files_and_reread(
                lambda workspace: register_view.remove_register_row_and_unshared_file(
                    workspace, piece.id
                )
            ),
        )


def _register_file(workspace: Workspace, session: InterfaceSession, values: FormValues) -> str:
    """Register a file; refuse content that is registered already."""
    added = register_view.add_evidence_file(
        workspace,
        expand_typed_path(values["file"]),
        title=values["title"].strip(),
        round_id=session.round_id,
        by=session.person,
        now=session.now(),
    )
    if added.known:
        _ = translator(session.lang)
        text = _("this content is registered already: {id} {title}")
        title = pick_text(added.row.title, session.lang)
        raise UsageError(text.format(id=added.id, title=title))
    register_view.change_register_row(workspace, added.id, evidence_row_fields_from_form(values))
    return added.id


def _register_paper(workspace: Workspace, session: InterfaceSession, values: FormValues) -> str:
    typed = evidence_row_fields_from_form(values)
    row_id, _row = workspace.register_paper_evidence(
        typed["paper"], title=typed["title"], by=session.person, now=session.now()
    )
    register_view.change_register_row(workspace, row_id, typed)
    return row_id
