"""Filters: which items of a sheet are shown; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from assess.engine.gaps import Gap
from assess.i18n import N_
from assess.model.results import ItemState, Result

FilterName = Literal[
    "all",
    "unanswered",
    "unmet",
    "high",
    "stale",
    "returned",
    "mine",
    "overdue",
    "recheck",
    "review",
    "past",
    "proposed",
    "reason",
    "remediation",
    "proof",
    "met_without_evidence",
    "high_evidence",
    "evidence",
    "facts",
    "conflict",
    "changed",
    "plan",
    "check",
]

NAMES: Mapping[FilterName, str] = {
    "all": N_("all items"),
    "unanswered": N_("unanswered"),
    "unmet": N_("partly met and not met"),
    "high": N_("high risk"),
    "stale": N_("text changed since"),
    "returned": N_("returned"),
    "mine": N_("assigned to me"),
    "overdue": N_("remediation overdue"),
    "recheck": N_("the day to look again has come"),
    "review": N_("to be reviewed"),
    "past": N_("open or not met last time"),
    "proposed": N_("with a proposal to take over"),
    "reason": N_("without the reason"),
    "remediation": N_("findings without remediation"),
    "proof": N_("lacking required evidence"),
    "met_without_evidence": N_("met without any evidence"),
    "high_evidence": N_("key items lacking required evidence"),
    "evidence": N_("other items lacking required evidence"),
    "facts": N_("depending on facts not given"),
    "conflict": N_("with a conflict"),
    "changed": N_("changed after the review"),
    "plan": N_("remediation without owner or due date"),
    "check": N_("answers that do not fit together"),
}
"""The names of the filters for users, in the order of their digits."""

OFFERED: tuple[FilterName, ...] = tuple(NAMES)[: tuple(NAMES).index("high_evidence")]
"""The filters that a user picks; the others are parts of them that rows of Finish lead to."""

FILTER_OF_GAP: Mapping[Gap, FilterName] = {
    "unanswered": "unanswered",
    "returned": "returned",
    "conflict": "conflict",
    "reason": "reason",
    "remediation": "remediation",
    "high_evidence": "high_evidence",
    "facts": "facts",
    "check": "check",
    "stale": "stale",
    "plan": "plan",
    "evidence": "evidence",
    "met_without_evidence": "met_without_evidence",
    "review": "changed",
}
"""The filter that shows the items with a gap."""

FILLED_IN_FORMS: tuple[FilterName, ...] = (
    "reason",
    "remediation",
    "proof",
    "high_evidence",
    "evidence",
    "met_without_evidence",
    "plan",
)
"""The filters whose items are filled in by a form: the walk leads on once it is."""

LEFT_AFTER_ANSWERS: tuple[FilterName, ...] = ("reason", "remediation", "proof", "plan")
"""What may be left once everything is answered, in the order in which `n` leads through it."""


class FilteredItem(NamedTuple):
    """The properties of an item that filters test."""

    state: ItemState
    result: Result | None
    mine: bool
    unreasoned: bool = False
    """Whether the item is not applicable and its reason is missing."""
    pressing: bool = False
    """Whether the item was partly met, not met, or had open remediation in the last round."""
    proposed: bool = False
    """Whether one key takes something over."""
    gaps: tuple[Gap, ...] = ()


def awaits_review(state: ItemState, result: Result | None) -> bool:
    """Return whether an item waits for a reviewer: answered, and not reviewed since."""
    return result is not None and (state.work == "answered" or result != state.result)


_FILTER_TESTS: Mapping[FilterName, Callable[[FilteredItem], bool]] = {
    "all": lambda _seen: True,
    "unanswered": lambda item: item.result is None or item.unreasoned,
    "unmet": lambda item: item.result in ("partial", "unmet"),
    "high": lambda item: item.state.risk == "high" and item.result in ("partial", "unmet"),
    "stale": lambda item: "stale" in item.gaps,
    "returned": lambda item: "returned" in item.gaps,
    "mine": lambda item: item.mine,
    "overdue": lambda item: item.state.overdue,
    "recheck": lambda item: item.state.recheck_due,
    "review": lambda item: awaits_review(item.state, item.result),
    "past": lambda item: item.pressing and item.result is None,
    "proposed": lambda item: item.proposed,
    "reason": lambda item: "reason" in item.gaps,
    "remediation": lambda item: "remediation" in item.gaps,
    "proof": lambda item: "evidence" in item.gaps or "high_evidence" in item.gaps,
    "met_without_evidence": lambda item: "met_without_evidence" in item.gaps,
    "high_evidence": lambda item: "high_evidence" in item.gaps,
    "evidence": lambda item: "evidence" in item.gaps,
    "facts": lambda item: "facts" in item.gaps,
    "conflict": lambda item: "conflict" in item.gaps,
    "changed": lambda item: "review" in item.gaps,
    "plan": lambda item: "plan" in item.gaps,
    "check": lambda item: "check" in item.gaps,
}


def passes_filter(filter_name: FilterName, item: FilteredItem) -> bool:
    """Return whether a filter shows an item."""
    return _FILTER_TESTS[filter_name](item)
