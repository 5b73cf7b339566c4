"""What is asked before a piece that is registered already is attached to one more item."""

from __future__ import annotations

from typing import NamedTuple

from assess.display.text.forms import expand_typed_path
from assess.engine.finding_name import item_label_and_title
from assess.model.base import pick_text
from assess.model.evidence import EvidenceRow
from assess.tui.core.session import InterfaceSession
from assess.workspace.evidence import register_view


class RegisteredPiece(NamedTuple):
    """A row of the register, and the items of the round that cite it."""

    id: str
    title: str
    uses: tuple[str, ...]


def find_registered_evidence(session: InterfaceSession, typed: str) -> RegisteredPiece | None:
    """Return the piece that a typed id, or the content of a typed file, stands for.

    It reads the register and the sheets of the round.

    Raises:
        FilesError: a file can't be read; it holds the problems.
    """
    rows = session.run_job_exclusively(
        lambda workspace: workspace.read_register_or_empty()
    ).evidence
    row_id: str | None = typed
    if typed not in rows:
        path = expand_typed_path(typed)
        row_id = session.run_job_exclusively(
            lambda workspace: register_view.find_row_of_file(workspace, path)
        )
    if row_id is None:
        return None
    return RegisteredPiece(
        row_id, _registered_title(rows[row_id], session), _list_citing_items(session, row_id)
    )


def _registered_title(row: EvidenceRow, session: InterfaceSession) -> str:
    return pick_text(row.title, session.lang)


def _list_citing_items(session: InterfaceSession, row_id: str) -> tuple[str, ...]:
    """Return id and title of the items that cite a row."""
    return tuple(
        f"{state.item.id} {item_label_and_title(state.item, session.lang)}"
        for sheet in session.read_all_sheets().values()
        for state in sheet.assessment.items
        if state.answer is not None and row_id in state.answer.evidence
    )
