"""The evidence register: the pieces, their faults and citations; adding and viewing."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.rows.content import RowsPage
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.rows.screen import RowsScreen
from assess.tui.evidence.content import EvidenceContent
from assess.tui.evidence.pieces import PieceViewCommands
from assess.tui.evidence.proving import ProvingCommands
from assess.tui.evidence.registration import EvidenceRegistration


def make_evidence_page(context: RowsContext) -> RowsPage:
    """Return the parts of the evidence register."""
    content = EvidenceContent(context)
    registration, views = (
        EvidenceRegistration(context, content),
        PieceViewCommands(context, content),
    )
    proving = ProvingCommands(context, content)
    return RowsPage(
        content,
        {**registration.handlers(), **views.handlers(), **proving.handlers()},
        open_form=registration.open_form,
    )


class EvidenceScreen(RowsScreen):
    """The register, row by row."""

    SCOPE: ClassVar[Scope] = "evidence"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("evidence")]

    def __init__(self, form: str = "") -> None:
        super().__init__(make_evidence_page, form)
