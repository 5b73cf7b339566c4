"""Whether a condition can hold at all: tried out on every set of facts and answers that matters.

For each fact and answer that a condition reads, the values that can make a difference are those it
is compared with, their neighbours, and what its definition allows. Conditions read few of them, so
all combinations are tried; where there are too many, the condition is believed. An answer counts
only where its item is asked itself, so the conditions of its item are tried with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations, pairwise, product
from math import prod
from typing import Any, Final, NamedTuple, get_args

from assess.engine.kinds.reading import read_date, read_number
from assess.engine.kinds.registry import answer_kind
from assess.engine.lint.parents import ItemOrder
from assess.engine.lint.texts import LocatedItem
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.conditions import (
    evaluate_condition,
    list_comparisons,
    list_parent_item_ids,
)
from assess.i18n import N_
from assess.model.checklist import Checklist, FactDef
from assess.model.condition import Condition
from assess.model.config import Exposure, Hosting
from assess.model.item import Item

REACH_RULES: Final[Mapping[str, LintRule]] = {
    "never-applies": LintRule(
        N_("this condition can never hold"), N_("no system or unit has such facts"), "warning"
    ),
    "never-opens": LintRule(
        N_("no facts and answers can ever open this item"),
        N_("compare with what can be answered at the same time"),
    ),
    "parent-never-applies": LintRule(
        N_("this item is never asked, because “{given}” never is"),
        N_("correct the condition of “{given}” first"),
    ),
}

MOST = 20_000
"""Combinations that are tried."""

_MOST_COMPARISONS = 100
"""Comparisons of a condition and of its items' own conditions; one with more is believed."""

_MOST_TICKS = 8
"""Options of one item that are tried in all combinations."""

_OWN_WORDS = ""
"""Stands for an answer that is none of the options; no id is empty."""

_LEVELS = (1, 2, 3, 4)
_SYSTEM: dict[str, tuple[Any, ...]] = {
    "system.level": _LEVELS,
    "system.s": _LEVELS,
    "system.a": _LEVELS,
    "system.exposure": get_args(Exposure),
    "system.hosting": get_args(Hosting),
}


class _Operands(NamedTuple):
    """What conditions compare with, by the name of the fact or the id of the item."""

    by_fact: dict[str, list[Any]]
    by_item: dict[str, list[Any]]


def lint_impossible_conditions(
    out: ProblemCollector, checklist: Checklist, order: ItemOrder, located: LocatedItem
) -> None:
    """Note conditions of an item, and of its high-risk case within it, that can never hold."""
    applies_when, risk = located.item.applies_when, located.item.high_risk
    ancestors = order.find_ancestors(applies_when, _MOST_COMPARISONS)
    if ancestors is None or any(item.id == located.item.id for item in ancestors):
        return  # believed, or a cycle, which is reported as one
    if applies_when is not None and not may_condition_ever_hold(applies_when, checklist, order):
        _note_impossible_condition(out, checklist, order, located)
    elif risk is not None and risk.applies_when is not None:
        both = tuple(
            condition for condition in (applies_when, risk.applies_when) if condition is not None
        )
        if not may_condition_ever_hold(Condition(all=both), checklist, order):
            out.add_broken_rule("never-applies", (*located.path, "high_risk", "applies_when"))


def _note_impossible_condition(
    out: ProblemCollector, checklist: Checklist, order: ItemOrder, located: LocatedItem
) -> None:
    """Note that a condition never holds; name the parent that is never asked, where one is not."""
    path = (*located.path, "applies_when")
    parents = list_parent_item_ids(located.item.applies_when)
    for name in parents:
        parent = order.items.get(name)
        condition = parent.applies_when if parent is not None else None
        if condition is not None and not may_condition_ever_hold(condition, checklist, order):
            out.add_broken_rule("parent-never-applies", path, given=name)
            return
    out.add_broken_rule("never-opens" if parents else "never-applies", path)


def may_condition_ever_hold(condition: Condition, checklist: Checklist, order: ItemOrder) -> bool:
    """Return whether some facts and answers make the condition true.

    A grade's level is that of S or A. A condition that reads what opens nothing is believed, and so
    is one that reads too much.
    """
    ancestors = order.find_ancestors(condition, _MOST_COMPARISONS)
    if ancestors is None:
        return True
    operands = _collect_operands([condition, *(item.applies_when for item in ancestors)])
    if not all(_can_try_answers_of_parent(name, operands, order) for name in operands.by_item):
        return True
    names = list(operands.by_fact)
    if any(name.startswith("system.") for name in names):
        names = list(dict.fromkeys([*names, "system.level", "system.s", "system.a"]))
    values = [_list_fact_values_to_try(name, operands, checklist) for name in names]
    answers = [_list_answers_to_try(item, operands.by_item.get(item.id, [])) for item in ancestors]
    if prod(len(choices) for choices in (*values, *answers)) > MOST:
        return True
    ids = [item.id for item in ancestors]
    return any(
        _does_condition_hold(condition, facts, dict(zip(ids, combination, strict=True)), order)
        for facts in _list_possible_facts(names, values)
        for combination in product(*answers)
    )


def _collect_operands(conditions: Iterable[Condition | None]) -> _Operands:
    """Return what the facts and the answers of conditions are compared with, in one pass."""
    operands = _Operands({}, {})
    for part in chain.from_iterable(map(list_comparisons, conditions)):
        compared = [operand for operand in part.list_operands() if operand is not None]
        for by_name, name in ((operands.by_fact, part.fact), (operands.by_item, part.item)):
            if name is not None:
                values = compared[0] if isinstance(compared[0], tuple) else compared
                by_name.setdefault(name, []).extend(values)
    return operands


def _can_try_answers_of_parent(name: str, operands: _Operands, order: ItemOrder) -> bool:
    """Return whether a parent is one, and its answers are few enough to be tried."""
    item = order.items.get(name)
    if item is None or answer_kind(item).comparable_as(item) is None:
        return False
    several = answer_kind(item).has_several_values
    return not several or len(set(operands.by_item[name])) < _MOST_TICKS


def _does_condition_hold(
    condition: Condition, facts: Mapping[str, Any], answers: Mapping[str, Any], order: ItemOrder
) -> bool:
    """Return whether a condition holds over facts and answers, of which only those asked count."""
    asked: dict[str, Any] = {}
    for name, answer in answers.items():
        opens = order.items[name].applies_when
        if opens is None or evaluate_condition(opens, facts, asked.get).value is True:
            asked[name] = answer
    return evaluate_condition(condition, facts, asked.get).value is True


def _list_possible_facts(names: list[str], values: list[list[Any]]) -> list[dict[str, Any]]:
    chosen_facts = (dict(zip(names, chosen, strict=True)) for chosen in product(*values))
    return [facts for facts in chosen_facts if _is_grade_possible_or_absent(facts)]


def _list_answers_to_try(item: Item, compared: list[Any]) -> list[Any]:
    """Return the answers to a parent that can make a difference, as conditions compare them."""
    definition = answer_kind(item).comparable_as(item)
    if definition is None or not answer_kind(item).has_several_values:
        own_words = [_OWN_WORDS] if getattr(item, "other", None) is not None else []
        values = _list_test_values_of_fact(definition, compared) if definition else [None]
        return values + own_words
    ids = [option.id for option in definition.options]
    apart = [option_id for option_id in ids if option_id not in compared]
    tried = [*(option_id for option_id in ids if option_id in compared), *apart[:1]]
    counts = range(1, len(tried) + 1)
    return [frozenset(ticks) for count in counts for ticks in combinations(tried, count)]


def _is_grade_possible_or_absent(facts: dict[str, Any]) -> bool:
    """Return whether a grade is one: GB/T 22240-2020 takes the higher of the two levels."""
    if "system.level" not in facts:
        return True
    return bool(facts["system.level"] == max(facts["system.s"], facts["system.a"]))


def _list_fact_values_to_try(name: str, operands: _Operands, checklist: Checklist) -> list[Any]:
    if name in _SYSTEM:
        return list(_SYSTEM[name])
    compared = operands.by_fact[name]
    fact = checklist.profile.get(name.removeprefix("organization."))
    if fact is None:
        values = [value for operand in compared for value in _list_boundary_test_values(operand)]
        return [*values, *_list_midpoints(values)]
    return _list_test_values_of_fact(fact, compared)


def _list_test_values_of_fact(fact: FactDef, compared: list[Any]) -> list[Any]:
    if fact.type == "boolean":
        return [True, False]
    if fact.type == "choice":
        return [option.id for option in fact.options]
    limits = [end for end in (fact.min, fact.max) if end is not None]
    values = [
        value for operand in (*compared, *limits) for value in _list_boundary_test_values(operand)
    ]
    return [
        value
        for value in (*values, *_list_midpoints(values))
        if _is_nonnumber_or_allowed_number(fact, value)
    ]


def _list_midpoints(values: list[Any]) -> list[Decimal]:
    """Return a number between each two neighbours: above 0 and below 1 is possible."""
    numbers = sorted({Decimal(value) for value in values if read_number(value) is not None})
    return [(low + high) / 2 for low, high in pairwise(numbers)]


def _list_boundary_test_values(operand: Any) -> Iterator[Any]:
    """Yield a value and its nearest neighbours on both sides."""
    yield operand
    number = read_number(operand)
    day = read_date(operand)
    if isinstance(operand, bool):
        yield not operand
    elif number is not None:
        yield from (Decimal(number) - 1, Decimal(number) + 1)
    elif day is not None:
        yield from (_shift_to_iso_date(day, -1), _shift_to_iso_date(day, 1))
    else:
        yield f"{operand}-"


def _shift_to_iso_date(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


def _is_nonnumber_or_allowed_number(fact: FactDef, value: Any) -> bool:
    number = read_number(value)
    if number is None:
        return True
    if fact.type == "integer" and number != int(number):
        return False
    return (fact.min is None or number >= fact.min) and (fact.max is None or number <= fact.max)
