"""Filters: which items of a sheet are shown; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

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
}
"""The names of the filters for users, in the order of their digits."""


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


def awaits_review(state: ItemState, result: Result | None) -> bool:
    """Return whether an item waits for a reviewer: answered, and not reviewed since."""
    return result is not None and (state.work == "answered" or result != state.result)


_HOLDS: Mapping[FilterName, Callable[[FilteredItem], bool]] = {
    "all": lambda _seen: True,
    "unanswered": lambda item: item.result is None or item.unreasoned,
    "unmet": lambda item: item.result in ("partial", "unmet"),
    "high": lambda item: item.state.risk == "high" and item.result in ("partial", "unmet"),
    "stale": lambda item: item.state.stale,
    "returned": lambda item: item.state.work == "returned",
    "mine": lambda item: item.mine,
    "overdue": lambda item: item.state.overdue,
    "recheck": lambda item: item.state.recheck_due,
    "review": lambda item: awaits_review(item.state, item.result),
    "past": lambda item: item.pressing and item.result is None,
    "proposed": lambda item: item.proposed,
}


def passes_filter(filter_name: FilterName, item: FilteredItem) -> bool:
    """Return whether a filter shows an item."""
    return _HOLDS[filter_name](item)
