"""Whether an item is asked: by facts, and by the answers of the items that open it.

It is decided here alone. An item whose condition reads answers is a sub-question, and the items
that it reads are its parents. A sub-question is open while its condition is true. It is closed
while the condition is false, and while an answer that would decide is unknown: a parent that is
unanswered, not applicable or closed itself opens nothing. A parent stands before its
sub-questions, so one pass through the checklist decides all; lint refuses another order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from assess.engine.kinds.registry import answer_kind
from assess.engine.scoring.conditions import (
    AnswerLookup,
    ConditionVerdict,
    evaluate_condition,
    list_parent_item_ids,
    unique_names,
)
from assess.model.answer import Answer
from assess.model.item import Item
from assess.model.results import Applies, ItemState

_APPLIES: dict[bool | None, Applies] = {True: "yes", False: "no", None: "unknown"}

StateLookup = Callable[[str], ItemState | None]
"""Returns the state of an item that stands before, by id; None where none does."""


class Applicability(NamedTuple):
    """Whether an item is asked, and why not."""

    applies: Applies
    closed: bool = False
    """Whether answers leave it out, and other answers would open it."""
    missing_facts: tuple[str, ...] = ()
    """The facts to be given for it and for its high-risk case."""


def decide_applicability(
    item: Item, facts: Mapping[str, Any], state_of: StateLookup
) -> Applicability:
    """Return whether an item is asked, by facts and by the states of the items before it."""
    condition, missing = item.applies_when, tuple[str, ...]()
    verdict = ConditionVerdict(True)
    if condition is not None:
        verdict = evaluate_condition(condition, facts, make_answer_lookup(state_of))
        if verdict.value is False or verdict.unanswered:
            return Applicability("no", closed=_can_other_answers_open_item(item, facts, state_of))
        missing = verdict.missing
    reach = item.high_risk.applies_when if item.high_risk is not None else None
    if reach is not None:
        missing = (*missing, *evaluate_condition(reach, facts).missing)
    return Applicability(_APPLIES[verdict.value], missing_facts=unique_names(missing))


def make_answer_lookup(state_of: StateLookup) -> AnswerLookup:
    """Return the function that gives conditions the answers of the items before."""

    def find_comparable_value(item_id: str) -> Any:
        state = state_of(item_id)
        if state is None or state.applies == "no" or state.result in (None, "not_applicable"):
            return None
        return answer_kind(state.item).comparable_value(state.item, state.answer or Answer())

    return find_comparable_value


def may_item_apply(item: Item, facts: Mapping[str, Any]) -> bool:
    """Return whether an item applies, or may apply once more facts and answers are given."""
    condition = item.applies_when
    return condition is None or evaluate_condition(condition, facts).value is not False


def _can_other_answers_open_item(
    item: Item, facts: Mapping[str, Any], state_of: StateLookup
) -> bool:
    """Return whether other answers would open an item: facts exclude neither it nor all parents."""
    parents = list_parent_item_ids(item.applies_when)
    if not parents or not may_item_apply(item, facts):
        return False
    states = map(state_of, parents)
    return any(state is not None and (state.closed or state.applies != "no") for state in states)
