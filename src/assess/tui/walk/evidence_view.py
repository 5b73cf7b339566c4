"""The command that opens the evidence of the current item."""

from __future__ import annotations

import asyncio

from assess.errors import AssessError
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.model.base import pick_text
from assess.model.evidence import EvidenceRow
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.piece_file import (
    find_evidence_file_path,
    open_evidence_copy_on_desktop,
    read_start_of_evidence_text,
)
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow
from assess.tui.walk.context import WalkContext
from assess.workspace import Workspace
from assess.workspace.evidence import register_view


class EvidenceViewCommands:
    """Shows the evidence of the current item."""

    def __init__(self, context: WalkContext) -> None:
        self._context = context

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"view": self._view_evidence}

    def _view_evidence(self) -> None:
        """Show the cited piece; the user picks one of several."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        register = walk_state.opened.open_sheet.register.evidence
        cited = [
            key for key in walk_state.stored_answer(walk_state.item_id).evidence if key in register
        ]
        rows = [ListRow(key, pick_text(register[key].title, context.lang)) for key in cited]

        def show_row(row_id: str | None) -> None:
            if row_id is not None:
                context.start_worker(
                    self._show_or_open_evidence(register[row_id]), "view", exclusive=True
                )

        if not rows:
            context.show_message(_("no evidence is attached here"))
        elif len(rows) == 1:
            show_row(rows[0].value)
        else:
            context.shell.dialogs.pick_row(_("Evidence"), make_row_search(rows), show_row)

    async def _show_or_open_evidence(self, row: EvidenceRow) -> None:
        """Show where a paper is kept, or a text; open a file of another kind."""
        context, _ = self._context, translator(self._context.lang)
        if row.file is None:
            context.show_message(
                _("on paper: {place}").format(place=escape_as_single_line(row.paper or ""))
            )
            return
        workspace = context.shell.session.workspace
        try:
            text, message = await asyncio.to_thread(self._read_text_or_open_file, workspace, row)
        except AssessError as error:
            context.show_message(escape_as_single_line(str(error)))
            return
        if text is None:
            context.show_message(escape_as_single_line(message))
        else:
            context.shell.dialogs.show_text(pick_text(row.title, context.lang), text)

    def _read_text_or_open_file(
        self, workspace: Workspace, row: EvidenceRow
    ) -> tuple[str | None, str]:
        """Return the text of a file, or else open it and return what is to be said."""
        lang = self._context.lang
        kind = register_view.detect_openable_kind(find_evidence_file_path(workspace, row, lang))
        if kind == "text":
            return read_start_of_evidence_text(workspace, row, lang), ""
        if kind is None:
            _ = translator(lang)
            return None, _("not opened here: {path}").format(
                path=row.file.path_without_hash if row.file else ""
            )
        return None, open_evidence_copy_on_desktop(workspace, row, lang)
