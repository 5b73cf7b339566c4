"""Whether a condition can hold at all: tried out on every set of facts that matters.

For each fact a condition reads, the values that can make a difference are those it is compared
with, their neighbours, and what its definition allows. Conditions read few facts, so all
combinations are tried; where there are too many, the condition is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import Any, Final, get_args

from assess.engine.kinds.reading import read_date, read_number
from assess.engine.lint.texts import LocatedItem
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.conditions import evaluate_condition, list_fact_names
from assess.i18n import N_
from assess.model.checklist import Checklist, FactDef
from assess.model.condition import Condition
from assess.model.config import Exposure, Hosting

REACH_RULES: Final[Mapping[str, LintRule]] = {
    "never-applies": LintRule(
        N_("this condition can never hold"), N_("no system or unit has such facts"), "warning"
    ),
}

MOST = 20_000
"""Combinations that are tried."""

_LEVELS = (1, 2, 3, 4)
_SYSTEM: dict[str, tuple[Any, ...]] = {
    "system.level": _LEVELS,
    "system.s": _LEVELS,
    "system.a": _LEVELS,
    "system.exposure": get_args(Exposure),
    "system.hosting": get_args(Hosting),
}


def lint_impossible_conditions(
    out: ProblemCollector, checklist: Checklist, located: LocatedItem
) -> None:
    """Note conditions of an item, and of its high-risk case within it, that can never hold."""
    applies_when, risk = located.item.applies_when, located.item.high_risk
    if applies_when is not None and not can_condition_hold(applies_when, checklist):
        out.add_broken_rule("never-applies", (*located.path, "applies_when"))
    elif risk is not None and risk.applies_when is not None:
        both = tuple(
            condition for condition in (applies_when, risk.applies_when) if condition is not None
        )
        if not can_condition_hold(Condition(all=both), checklist):
            out.add_broken_rule("never-applies", (*located.path, "high_risk", "applies_when"))


def can_condition_hold(condition: Condition, checklist: Checklist) -> bool:
    """Return whether some facts make the condition true; a grade's level is that of S or A."""
    names = list(list_fact_names(condition))
    if any(name.startswith("system.") for name in names):
        names = list(dict.fromkeys([*names, "system.level", "system.s", "system.a"]))
    values = [_list_fact_values_to_try(name, condition, checklist) for name in names]
    if prod(len(fact_values) for fact_values in values) > MOST:
        return True
    return any(
        evaluate_condition(condition, facts).value is True
        for combination in product(*values)
        if _is_possible_grade(facts := dict(zip(names, combination, strict=True)))
    )


def _is_possible_grade(facts: dict[str, Any]) -> bool:
    """Return whether a grade is one: GB/T 22240-2020 takes the higher of the two levels."""
    if "system.level" not in facts:
        return True
    return bool(facts["system.level"] == max(facts["system.s"], facts["system.a"]))


def _list_fact_values_to_try(name: str, condition: Condition, checklist: Checklist) -> list[Any]:
    if name in _SYSTEM:
        return list(_SYSTEM[name])
    compared = list(_find_operands(condition, name))
    fact = checklist.profile.get(name.removeprefix("organization."))
    if fact is None:
        values = [value for operand in compared for value in _value_and_neighbours(operand)]
        return [*values, *_numbers_between(values)]
    if fact.type == "boolean":
        return [True, False]
    if fact.type == "choice":
        return [option.id for option in fact.options]
    limits = [end for end in (fact.min, fact.max) if end is not None]
    values = [value for operand in (*compared, *limits) for value in _value_and_neighbours(operand)]
    return [
        value for value in (*values, *_numbers_between(values)) if _is_allowed_value(fact, value)
    ]


def _numbers_between(values: list[Any]) -> list[Decimal]:
    """Return a number between each two neighbours: above 0 and below 1 is possible."""
    numbers = sorted({Decimal(value) for value in values if read_number(value) is not None})
    return [(low + high) / 2 for low, high in pairwise(numbers)]


def _find_operands(condition: Condition, name: str) -> Iterator[Any]:
    for part in (*(condition.all or ()), *(condition.any or ()), condition.not_):
        if part is not None:
            yield from _find_operands(part, name)
    if condition.fact == name:
        operands = [operand for operand in condition.list_operands() if operand is not None]
        yield from operands[0] if isinstance(operands[0], tuple) else operands


def _value_and_neighbours(operand: Any) -> Iterator[Any]:
    """Yield a value and its nearest neighbours on both sides."""
    yield operand
    number = read_number(operand)
    day = read_date(operand)
    if isinstance(operand, bool):
        yield not operand
    elif number is not None:
        yield from (Decimal(number) - 1, Decimal(number) + 1)
    elif day is not None:
        yield from (_shift_day(day, -1), _shift_day(day, 1))
    else:
        yield f"{operand}-"


def _shift_day(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


def _is_allowed_value(fact: FactDef, value: Any) -> bool:
    number = read_number(value)
    if number is None:
        return True
    if fact.type == "integer" and number != int(number):
        return False
    return (fact.min is None or number >= fact.min) and (fact.max is None or number <= fact.max)
