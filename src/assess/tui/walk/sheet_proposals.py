"""The proposals for the items of the sheet of a walk; independent of screens."""

from __future__ import annotations

from collections.abc import Mapping

from assess.engine.proposals.proposal import Proposal, ProposalContext
from assess.engine.proposals.sources import (
    choose_default_proposal,
    find_first_proposed_note,
    has_source_changed,
    list_best_useful_proposals,
)
from assess.model.answer import Answer
from assess.model.item import Item


class SheetProposals:
    """Makes proposals from a context; until it is read there are none."""

    def __init__(self) -> None:
        self._context: ProposalContext | None = None
        self._offered: dict[str, tuple[Answer, Proposal | None]] = {}
        """By item: the answer, and what is offered for it. Every draw and filter asks again."""

    def set_context(self, context: ProposalContext, answers: Mapping[str, Answer]) -> None:
        """Set what proposals are made from; `answers` are those of the sheet as they are now."""
        self._context = context.with_answers_of_sheet(answers)
        self._offered.clear()

    def replace_answers(self, answers: Mapping[str, Answer]) -> None:
        """Use the answers of the sheet as they are now: other items take values from them."""
        if self._context is not None:
            self._context = self._context.with_answers_of_sheet(answers)
            self._offered.clear()

    def list_proposals_for_item(self, item: Item, answer: Answer) -> tuple[Proposal, ...]:
        """Return the proposals for an item, best first."""
        return list_best_useful_proposals(item, answer, self._context) if self._context else ()

    def default_proposal_for_item(self, item: Item, answer: Answer) -> Proposal | None:
        """Return the proposal that one key takes."""
        if self._context is None:
            return None
        known = self._offered.get(item.id)
        if known is None or known[0] != answer:
            known = answer, choose_default_proposal(item, answer, self._context)
            self._offered[item.id] = known
        return known[1]

    def proposed_note_for_item(self, item: Item) -> str:
        """Return the note that is proposed for an item; '' for none."""
        return find_first_proposed_note(item, self._context) if self._context else ""

    def is_source_changed(self, item: Item, answer: Answer) -> bool:
        """Return whether an answer was taken over from something that is another now."""
        if self._context is None or answer.taken_from is None:
            return False
        return has_source_changed(item, answer.taken_from, self._context)
