"""Reading what the proposals of a sheet are made from, with the sheets of the session."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from assess.engine.proposals.proposal import EarlierSheet, ProposalContext
from assess.engine.proposals.sources import choose_default_proposal, has_source_changed
from assess.errors import AssessError
from assess.model.answer import Answer
from assess.model.item import Item
from assess.tui.core.session import InterfaceSession
from assess.workspace import SheetName
from assess.workspace.answers.proposal_context import (
    list_other_sheets_of_same_scope,
    make_proposal_context,
    read_earlier_sheet,
)


def read_proposal_context(
    session: InterfaceSession, sheet: SheetName, earlier: EarlierSheet | None
) -> ProposalContext:
    """Return what proposals are made from; sheets that can't be read are left out."""
    others = {}
    for name in list_other_sheets_of_same_scope(session.workspace, sheet, session.round_id):
        with suppress(AssessError):
            others[name] = session.read_sheet_unless_cached(name).open_sheet
    open_sheet = session.read_sheet_unless_cached(sheet).open_sheet
    return make_proposal_context(
        session.workspace, open_sheet, earlier, others, session.today, session.lang
    )


def has_answers_taken_over(answers: Iterable[Answer]) -> bool:
    """Return whether any answer was taken over."""
    return any(answer.taken_from is not None for answer in answers)


def find_items_with_changed_source(session: InterfaceSession, sheet: SheetName) -> list[Item]:
    """Return the items of a sheet whose answers were taken over from what is another now.

    Where the round before can't be read, its answers are not compared.
    """
    context = _read_context_with_last_round(session, sheet)
    states = session.read_sheet_unless_cached(sheet).assessment.items
    return [
        state.item
        for state in states
        if state.applies != "no"
        and state.answer is not None
        and state.answer.taken_from is not None
        and has_source_changed(state.item, state.answer.taken_from, context)
    ]


def count_unanswered_with_proposal(session: InterfaceSession, sheet: SheetName) -> int:
    """Return how many unanswered items of a sheet can take something over."""
    context = _read_context_with_last_round(session, sheet)
    return sum(
        choose_default_proposal(state.item, state.answer or Answer(), context) is not None
        for state in session.read_sheet_unless_cached(sheet).assessment.items
        if state.applies != "no" and state.result is None
    )


def _read_context_with_last_round(session: InterfaceSession, sheet: SheetName) -> ProposalContext:
    """Return what proposals are made from; without the last round where it can't be read."""
    earlier = None
    with suppress(AssessError):
        earlier = read_earlier_sheet(session.workspace, sheet, session.round_id)
    return read_proposal_context(session, sheet, earlier)
