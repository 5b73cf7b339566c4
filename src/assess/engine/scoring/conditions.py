"""Conditions over facts, in three values: true, false, unknown.

A fact without a value is unknown, never false. The logic is Kleene's: `all` is false if a part is
false, and `any` is true if a part is true, even if other parts are unknown. Otherwise an unknown
part makes the whole unknown. If the whole is decided, no fact is reported as missing, because its
value would change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from assess.model.condition import Condition
from assess.model.config import Config

SYSTEM_FACTS = ("level", "s", "a", "exposure", "hosting")
"""What `system.NAME` reaches: the grade's levels, and two fields of the system."""


class ConditionVerdict(NamedTuple):
    """The result of a condition: None is unknown, `missing` names the facts that would decide."""

    value: bool | None
    missing: tuple[str, ...] = ()


def evaluate_condition(condition: Condition, facts: Mapping[str, Any]) -> ConditionVerdict:
    """Return whether the condition holds over the facts; a fact not in `facts` is unknown."""
    if condition.fact is not None:
        return _evaluate_comparison(condition, condition.fact, facts)
    if condition.not_ is not None:
        inner = evaluate_condition(condition.not_, facts)
        return ConditionVerdict(None if inner.value is None else not inner.value, inner.missing)
    decisive = condition.all is None
    parts = [evaluate_condition(part, facts) for part in condition.all or condition.any or ()]
    if any(part.value is decisive for part in parts):
        return ConditionVerdict(decisive)
    if any(part.value is None for part in parts):
        return ConditionVerdict(None, unique_names(name for part in parts for name in part.missing))
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
    if condition is None:
        return ()
    if condition.fact is not None:
        return (condition.fact,)
    inner = (condition.not_,) if condition.not_ is not None else condition.all or condition.any
    return unique_names(name for part in inner or () for name in list_fact_names(part))


def _evaluate_comparison(
    condition: Condition, name: str, facts: Mapping[str, Any]
) -> ConditionVerdict:
    if name not in facts:
        return ConditionVerdict(None, (name,))
    value = facts[name]
    if condition.is_ is not None:
        return ConditionVerdict(are_plain_values_equal(value, condition.is_))
    if condition.in_ is not None:
        return ConditionVerdict(
            any(are_plain_values_equal(value, operand) for operand in condition.in_)
        )
    holds = _satisfies_order(condition, value)
    # A fact of the wrong type says nothing, so it counts as not given; lint names it.
    return ConditionVerdict(None, (name,)) if holds is None else ConditionVerdict(holds)


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
    order = _compare_order(value, operand)
    return None if order is None else order in holds_at


def _compare_order(first: Any, other: Any) -> int | None:
    if not (_is_number(first) and _is_number(other)) and not (
        isinstance(first, str) and isinstance(other, str)
    ):
        return None
    return int(first > other) - int(first < other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
