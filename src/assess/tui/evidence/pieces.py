"""Commands of the evidence register that look at a piece: its file, the items that cite it."""

from __future__ import annotations

import os
from pathlib import Path

from assess.errors import UsageError
from assess.i18n import translator
from assess.model.base import pick_text
from assess.tui.core.desktop_open import open_in_desktop_program
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.row_search import open_or_pick_item
from assess.tui.core.rows.context import RowsContext
from assess.tui.evidence.content import EvidenceContent
from assess.workspace.evidence import register_view
from assess.workspace.evidence.register_view import EvidenceStatus

_MAX_TEXT_BYTES = 256 * 1024
"""Maximum number of bytes of a text file that are shown."""


class PieceViewCommands:
    """Shows the file of the chosen piece, and goes to the items that cite it."""

    def __init__(self, context: RowsContext, content: EvidenceContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"view": self._view_piece, "cited_by": self._go_to_item}

    def _view_piece(self) -> None:
        """Show the file: a text here, other kinds in the desktop's program."""
        context, piece = self._context, self._content.chosen_piece
        if piece is None:
            return
        if piece.row.file is None:
            _ = translator(context.lang)
            context.show_message(_("on paper: {place}").format(place=piece.row.paper or ""))
        elif piece.kind == "text":
            title = pick_text(piece.row.title, context.lang)
            context.jobs.run_job(
                lambda: self._read_text(piece),
                lambda text: context.shell.dialogs.show_text(title, text),
            )
        else:
            context.jobs.run_job(lambda: self._open_piece(piece), context.show_message)

    def _find_path(self, piece: EvidenceStatus) -> Path:
        path = register_view.find_registered_file_path(
            self._context.shell.session.workspace, piece.row.file
        )
        if path is None:
            _ = translator(self._context.lang)
            raise UsageError(_("the file is missing"))
        return path

    def _read_text(self, piece: EvidenceStatus) -> str:
        with self._find_path(piece).open("rb") as stream:
            return stream.read(_MAX_TEXT_BYTES).decode("utf-8", "replace")

    def _open_piece(self, piece: EvidenceStatus) -> str:
        context, path = self._context, self._find_path(piece)
        copy = register_view.make_read_only_copy(context.shell.session.workspace, path)
        open_in_desktop_program(copy, path, os.environ, context.lang)
        name = Path(piece.row.file.path_without_hash).name if piece.row.file else path.name
        _ = translator(context.lang)
        return _("opened: {path}").format(path=name)

    def _go_to_item(self) -> None:
        """Open an item that cites the piece; the user picks one of several."""
        shell, piece = self._context.shell, self._content.chosen_piece
        _ = translator(self._context.lang)
        if piece is None or not piece.cited:
            self._context.show_message(_("cited by no item"))
            return
        open_or_pick_item(shell, _("Cited by"), piece.cited, self._content.titles)
