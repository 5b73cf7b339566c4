"""All sources of proposals, and the proposals of an item, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from assess.engine.proposals.fact import find_fact_digest, propose_inapplicable_by_fact
from assess.engine.proposals.known_value import find_known_value_digest, propose_known_values
from assess.engine.proposals.last_round import (
    find_earlier_answers_digest,
    propose_answer_of_last_round,
)
from assess.engine.proposals.proposal import Proposal, ProposalContext
from assess.engine.proposals.taking import make_taken_over_fields
from assess.model.answer import Answer, TakenFrom
from assess.model.item import Item

MOST_PROPOSALS: Final = 5

SOURCES: Final[tuple[Callable[[Item, ProposalContext], Iterable[Proposal]], ...]] = (
    propose_inapplicable_by_fact,
    propose_answer_of_last_round,
    propose_known_values,
)
"""The functions of all sources, the best first. A further source is a row here, a name in
`ProposalSource`, and a branch in `has_source_changed`."""


def list_best_useful_proposals(
    item: Item, answer: Answer | None, context: ProposalContext
) -> tuple[Proposal, ...]:
    """Return what an item can take over, best first, at most five.

    Of each source the first five count. Proposals with a whole answer come before those with note
    and evidence alone. A proposal that would change nothing in `answer` is left out.
    """
    proposals: list[Proposal] = []
    for source in SOURCES:
        useful = (
            proposal
            for proposal in source(item, context)
            if make_taken_over_fields(proposal, answer or Answer())
        )
        proposals += islice(useful, MOST_PROPOSALS)
    proposals.sort(key=lambda proposal: not proposal.proposes_complete_result)
    return tuple(proposals[:MOST_PROPOSALS])


def find_first_proposed_note(item: Item, context: ProposalContext) -> str:
    """Return the first note that is proposed for an item, whatever it has; '' for none."""
    notes = (proposal.note for source in SOURCES for proposal in source(item, context))
    return next((note for note in notes if note), "")


def choose_default_proposal(
    item: Item, answer: Answer, context: ProposalContext
) -> Proposal | None:
    """Return the proposal that one key takes: the best, of an answered item one without result.

    An answer that a person gave is not replaced by one key: the list of proposals does that.
    """
    proposals = list_best_useful_proposals(item, answer, context)
    if answer.is_given:
        proposals = tuple(
            proposal for proposal in proposals if proposal.status is None and proposal.value is None
        )
    return next(iter(proposals), None)


def has_source_changed(item: Item, taken_from: TakenFrom, context: ProposalContext) -> bool:
    """Return whether the source of an answer is another now, or is gone.

    The answer of an earlier round is compared only where that round can be read.
    """
    if taken_from.fact is not None:
        return find_fact_digest(taken_from.fact, context.facts) != taken_from.of
    if taken_from.value is not None:
        return find_known_value_digest(item, taken_from.value, context) != taken_from.of
    earlier = context.earlier
    if earlier is None or earlier.round != taken_from.round:
        return False
    return find_earlier_answers_digest(item, earlier) != taken_from.of
