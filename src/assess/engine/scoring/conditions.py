"""Conditions over facts and answers, in three values: true, false, unknown.

A fact without a value is unknown, never false. The logic is Kleene's: `all` is false if a part is
false, and `any` is true if a part is true, even if other parts are unknown. Otherwise an unknown
part makes the whole unknown. If the whole is decided, no fact is reported as missing, because its
value would change nothing.

An answer is unknown while the item is unanswered, not applicable, or not asked itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any, NamedTuple

from assess.model.condition import Condition
from assess.model.config import Config

SYSTEM_FACTS = ("level", "s", "a", "exposure", "hosting")
"""What `system.NAME` reaches: the grade's levels, and two fields of the system."""


AnswerLookup = Callable[[str], Any]
"""Returns the value that conditions compare of an item's answer, by id; None where unknown."""


class ConditionVerdict(NamedTuple):
    """The result of a condition: None is unknown, `missing` names the facts that would decide."""

    value: bool | None
    missing: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    """The items whose answers would decide."""


def return_no_answer(_item_id: str) -> Any:
    """Return None: no answer is known."""
    return None


def evaluate_condition(
    condition: Condition, facts: Mapping[str, Any], answer_of: AnswerLookup = return_no_answer
) -> ConditionVerdict:
    """Return whether the condition holds; a fact that is not in `facts` is unknown.

    `answer_of` returns the value of an answer; that of several ticks is the set of their ids.
    """
    if condition.item is not None:
        return _evaluate_answer_comparison(condition, condition.item, answer_of(condition.item))
    if condition.fact is not None:
        return _evaluate_fact_comparison(condition, condition.fact, facts)
    if condition.not_ is not None:
        inner = evaluate_condition(condition.not_, facts, answer_of)
        return inner._replace(value=None if inner.value is None else not inner.value)
    decisive = condition.all is None
    parts = [
        evaluate_condition(part, facts, answer_of) for part in condition.all or condition.any or ()
    ]
    if any(part.value is decisive for part in parts):
        return ConditionVerdict(decisive)
    if any(part.value is None for part in parts):
        return ConditionVerdict(
            None,
            unique_names(name for part in parts for name in part.missing),
            unique_names(name for part in parts for name in part.unanswered),
        )
    return ConditionVerdict(not decisive)


def facts_of_scope(config: Config, system_id: str | None) -> dict[str, Any]:
    """Return the facts that conditions see for the organization, or for one of its systems.

    A bare name is looked up in the own scope: the system's profile where a system is assessed, the
    organization's otherwise. `organization.NAME` reaches the organization's from both; a system
    also has `system.level`, `.s`, `.a`, `.exposure` and `.hosting`. What is not given is absent:
    a system without a grade has no levels.
    """
    facts = {f"organization.{name}": value for name, value in config.profile.items()}
    if system_id is None:
        return facts | config.profile
    system = config.systems.get(system_id)
    if system is None:
        return facts
    grade = system.grade
    fields = {
        "level": grade and grade.level,
        "s": grade and grade.s,
        "a": grade and grade.a,
        "exposure": system.exposure,
        "hosting": system.hosting,
    }
    system_facts = {f"system.{name}": value for name, value in fields.items() if value is not None}
    return facts | system_facts | system.profile


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names once each, in the order of their first occurrence."""
    return tuple(dict.fromkeys(names))


def list_fact_names(condition: Condition | None) -> tuple[str, ...]:
    """Return the names of the facts that a condition reads, once each."""
    return unique_names(part.fact for part in list_comparisons(condition) if part.fact is not None)


def list_parent_item_ids(condition: Condition | None) -> tuple[str, ...]:
    """Return the ids of the items whose answers a condition reads, once each."""
    return unique_names(part.item for part in list_comparisons(condition) if part.item is not None)


def list_comparisons(condition: Condition | None) -> Iterator[Condition]:
    """Yield the comparisons of a condition at every depth, in their order."""
    if condition is None:
        return
    if condition.fact is not None or condition.item is not None:
        yield condition
    for part in (condition.not_, *(condition.all or ()), *(condition.any or ())):
        yield from list_comparisons(part)


def _evaluate_fact_comparison(
    condition: Condition, name: str, facts: Mapping[str, Any]
) -> ConditionVerdict:
    holds = _compare_with_operand(condition, facts[name]) if name in facts else None
    # A fact of the wrong type says nothing, so it counts as not given; lint names it.
    return ConditionVerdict(None, (name,)) if holds is None else ConditionVerdict(holds)


def _evaluate_answer_comparison(condition: Condition, item_id: str, value: Any) -> ConditionVerdict:
    """Compare an answer; of several ticks, `is` and `in` ask whether one of the named is ticked."""
    if isinstance(value, AbstractSet):
        named = (condition.is_,) if condition.in_ is None else condition.in_
        return ConditionVerdict(any(option_id in value for option_id in named))
    holds = None if value is None else _compare_with_operand(condition, value)
    return (
        ConditionVerdict(None, unanswered=(item_id,)) if holds is None else ConditionVerdict(holds)
    )


def _compare_with_operand(condition: Condition, value: Any) -> bool | None:
    """Compare a value with the operand; None where they can't be compared."""
    if condition.is_ is not None:
        return are_plain_values_equal(value, condition.is_)
    if condition.in_ is not None:
        return any(are_plain_values_equal(value, operand) for operand in condition.in_)
    return _satisfies_order(condition, value)


def are_plain_values_equal(first: Any, other: Any) -> bool:
    """Return whether two plain values are equal; true and 1 are not, 1 and 1.0 are."""
    return isinstance(first, bool) is isinstance(other, bool) and bool(first == other)


def _satisfies_order(condition: Condition, value: Any) -> bool | None:
    """Compare by order: numbers with numbers, texts (so ISO dates) with texts; else None."""
    comparisons = (
        (condition.at_least, (0, 1)),
        (condition.at_most, (-1, 0)),
        (condition.above, (1,)),
        (condition.below, (-1,)),
    )
    operand, holds_at = next(pair for pair in comparisons if pair[0] is not None)
    order = _order_sign_if_comparable(value, operand)
    return None if order is None else order in holds_at


def _order_sign_if_comparable(first: Any, other: Any) -> int | None:
    if not (_is_number(first) and _is_number(other)) and not (
        isinstance(first, str) and isinstance(other, str)
    ):
        return None
    return int(first > other) - int(first < other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
