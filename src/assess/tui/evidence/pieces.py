"""Commands of the evidence register that look at a piece: its file, and what cites it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from assess.display.evidence.lines import list_citing_items_and_findings
from assess.i18n import translator
from assess.model.base import pick_text
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.piece_file import open_evidence_copy_on_desktop, read_start_of_evidence_text
from assess.tui.core.row_search import open_or_pick_place
from assess.tui.core.rows.context import RowsContext
from assess.tui.evidence.content import EvidenceContent


class PieceViewCommands:
    """Shows the file of the chosen piece, and goes to what cites it."""

    def __init__(self, context: RowsContext, content: EvidenceContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"view": self._view_chosen_evidence, "cited_by": self._open_citing_item_or_finding}

    def _view_chosen_evidence(self) -> None:
        """Show the file: a text here, other kinds in the desktop's program."""
        context, piece = self._context, self._content.chosen_evidence
        if piece is None:
            return
        workspace = context.shell.session.workspace
        if piece.row.file is None:
            _ = translator(context.lang)
            context.show_message(_("on paper: {place}").format(place=piece.row.paper or ""))
        elif piece.kind == "text":
            title = pick_text(piece.row.title, context.lang)
            context.jobs.run_job(
                lambda: read_start_of_evidence_text(workspace, piece.row, context.lang),
                lambda text: context.shell.dialogs.show_text(title, text),
            )
        else:
            context.jobs.run_job(
                lambda: open_evidence_copy_on_desktop(workspace, piece.row, context.lang),
                context.show_message,
            )

    def _open_citing_item_or_finding(self) -> None:
        """Open what cites the piece, an item or a finding of others; one of several is picked."""
        shell, piece = self._context.shell, self._content.chosen_evidence
        _, lang = translator(self._context.lang), self._context.lang
        if piece is None or not piece.citation_count:
            self._context.show_message(_("cited by no item"))
            return
        openings: list[Callable[[], None]] = [
            partial(shell.navigation.show_sheet, *where) for where in piece.cited
        ]
        openings += [partial(shell.navigation.show_board, key) for key, _finding in piece.findings]
        texts = list_citing_items_and_findings(piece, self._content.titles, lang)
        open_or_pick_place(shell, _("Cited by"), list(zip(texts, openings, strict=True)))
