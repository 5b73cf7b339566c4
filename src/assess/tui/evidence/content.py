"""The content of the evidence register: the pieces, their faults and citations."""

from __future__ import annotations

from pathlib import Path

from assess.display.evidence.lines import (
    content_mismatch_warning,
    evidence_detail_lines,
    register_lines,
)
from assess.display.text.styled import DrawnLines, LinePart
from assess.engine.finding_name import item_label_and_title
from assess.i18n import plural_translator, translator
from assess.model.results import Assessment
from assess.tui.core.rows.context import RowsContext
from assess.workspace import SheetName
from assess.workspace.evidence import register_view
from assess.workspace.evidence.register_view import EvidenceStatus


class EvidenceContent:
    """Shows the register, row by row."""

    def __init__(self, context: RowsContext) -> None:
        self._context = context
        self.pieces: list[EvidenceStatus] = []
        self.sheets: dict[SheetName, Assessment] = {}
        self.titles: dict[str, str] = {}
        """The titles of all items of the round."""
        self.written_id = ""
        """The piece that was just written; the cursor moves to it once it is read."""

    def load_data(self) -> None:
        """Read the register, and the sheets that cite it."""
        session = self._context.shell.session
        sheets = {name: sheet.assessment for name, sheet in session.read_all_sheets().items()}
        self.sheets = sheets
        self.pieces = session.run_job_exclusively(
            lambda workspace: register_view.list_evidence_statuses(workspace, sheets, session.today)
        )
        self.titles = {
            state.item.id: item_label_and_title(state.item, session.lang)
            for sheet in sheets.values()
            for state in sheet.items
        }

    def update_rows_and_cursor(self) -> None:
        """Move to the piece that was just written, and warn of a misleading name."""
        index = self.row_index_of_evidence(self.written_id)
        if index is not None:
            self._context.cursor = index
            self.written_id = ""
            self._warn_if_content_mismatch(self.pieces[index])

    def _warn_if_content_mismatch(self, evidence: EvidenceStatus) -> None:
        if "misnamed" in evidence.faults and evidence.row.file is not None:
            name = Path(evidence.row.file.path_without_hash).name
            self._context.show_message(content_mismatch_warning(name, self._context.lang))

    def row_index_of_evidence(self, evidence_id: str) -> int | None:
        """Return the index of the row of a piece; None if it is not registered."""
        ids = [piece.id for piece in self.pieces]
        return ids.index(evidence_id) if evidence_id in ids else None

    def head_crumbs_and_right_parts(self) -> tuple[list[str], list[LinePart]]:
        """Return the screen, and the number of pieces."""
        _ = translator(self._context.lang)
        _n = plural_translator(self._context.lang)
        count = _n("{count} piece", "{count} pieces", len(self.pieces)).format(
            count=len(self.pieces)
        )
        return [_("Evidence register")], [LinePart(count, "dim")]

    def count_rows(self) -> int:
        """Return the number of pieces."""
        return len(self.pieces)

    def row_lines(self, width: int) -> DrawnLines:
        """Return one line for each piece."""
        return register_lines(self.pieces, self._context.cursor, self._context.lang, width)

    def detail_lines(self, width: int) -> DrawnLines:
        """Return the details of the chosen piece."""
        piece = self.chosen_evidence
        if piece is None:
            return DrawnLines(())
        people = self._context.shell.session.people
        return DrawnLines(
            evidence_detail_lines(piece, self.titles, people, self._context.lang, width)
        )

    @property
    def chosen_evidence(self) -> EvidenceStatus | None:
        """The piece at the cursor; None without pieces."""
        return self.pieces[self._context.cursor] if self.pieces else None
