"""Which items of a sheet are shown: all, or those that one looks for; plain functions."""

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
}
"""The filters as people read them, in the order of their digits."""


class Seen(NamedTuple):
    """What a filter looks at: an item, its result now, whose it is, what the last round left."""

    state: ItemState
    result: Result | None
    mine: bool
    unreasoned: bool = False
    """Whether it is said not to apply, and not why."""
    pressing: bool = False
    """Whether the last round left it with open remediation, not met or partly met."""


def to_review(state: ItemState, result: Result | None) -> bool:
    """Whether an item waits for a reviewer: answered, and nothing said of it as it stands."""
    return result is not None and (state.work == "answered" or result != state.result)


_HOLDS: Mapping[FilterName, Callable[[Seen], bool]] = {
    "all": lambda _seen: True,
    "unanswered": lambda seen: seen.result is None or seen.unreasoned,
    "unmet": lambda seen: seen.result in ("partial", "unmet"),
    "high": lambda seen: seen.state.risk == "high" and seen.result in ("partial", "unmet"),
    "stale": lambda seen: seen.state.stale,
    "returned": lambda seen: seen.state.work == "returned",
    "mine": lambda seen: seen.mine,
    "overdue": lambda seen: seen.state.overdue,
    "recheck": lambda seen: seen.state.recheck_due,
    "review": lambda seen: to_review(seen.state, seen.result),
    "past": lambda seen: seen.pressing and seen.result is None,
}


def holds(wanted: FilterName, seen: Seen) -> bool:
    """Whether an item is among those that a filter shows."""
    return _HOLDS[wanted](seen)
