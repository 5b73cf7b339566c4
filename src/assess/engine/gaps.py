"""What may be missing at an item: the gaps of Finish, of the filters and of the review."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from assess.model.answer import Answer
from assess.model.results import ItemState, Result

Gap = Literal[
    "unanswered",
    "returned",
    "conflict",
    "reason",
    "remediation",
    "high_evidence",
    "facts",
    "stale",
    "evidence",
    "met_without_evidence",
    "review",
]
GAPS: tuple[Gap, ...] = get_args(Gap)
"""What may be missing at an item, the most urgent first."""


class AnsweredItem(NamedTuple):
    """An item with its answer as it is now; `state` may be of before the last changes."""

    state: ItemState
    answer: Answer
    result: Result | None
    missing_evidence: tuple[str, ...]
    """Ids of required proofs that nothing serves."""
    conflicted: bool = False
    """Whether a merge left a conflict in the answer."""


def make_item_with_stored_answer(state: ItemState, *, conflicted: bool = False) -> AnsweredItem:
    """Return an item with its answer on disk."""
    answer = state.answer or Answer()
    return AnsweredItem(state, answer, state.result, state.missing_evidence, conflicted)


def list_item_gaps_by_urgency(item: AnsweredItem) -> tuple[Gap, ...]:
    """Return the gaps of an item, the most urgent first."""
    state, answer, result = item.state, item.answer, item.result
    finding, high = result in ("partial", "unmet"), state.item.high_risk is not None
    checks: tuple[tuple[Gap, bool], ...] = (
        ("unanswered", result is None),
        ("returned", state.work == "returned" and answer == state.answer),
        ("conflict", item.conflicted),
        ("reason", (finding or result == "not_applicable") and not answer.has_note),
        ("remediation", finding and answer.remediation is None),
        ("high_evidence", bool(item.missing_evidence) and high),
        ("facts", bool(state.missing_facts)),
        ("stale", state.stale),
        ("evidence", bool(item.missing_evidence) and not high),
        ("met_without_evidence", result == "met" and not answer.evidence),
        ("review", state.review_outdated),
    )
    return tuple(gap for gap, is_there in checks if is_there)
