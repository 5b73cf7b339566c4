"""Lint of conditions: what they read is defined; operators and operands fit its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, get_args

from assess.engine.lint.common import expected_fact_format_text, has_type_of_fact
from assess.engine.lint.parents import PARENT_RULES, ItemOrder, lint_parent_and_return_definition
from assess.engine.number_text import decimal_text
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.conditions import SYSTEM_FACTS
from assess.i18n import N_
from assess.model.base import Number
from assess.model.checklist import Checklist, FactDef, FactOption
from assess.model.condition import Condition
from assess.model.config import Exposure, Hosting
from assess.model.item import Item
from assess.problem import TreePath

CONDITION_RULES: Final[Mapping[str, LintRule]] = {
    "fact-unknown": LintRule(
        N_("the condition reads the fact “{given}”, which nothing defines"),
        N_("define it in `profile`"),
    ),
    "fact-scope": LintRule(
        N_("“{given}” exists only in checklists for a system"), N_("`scope` here is organization")
    ),
    "operator-type": LintRule(
        N_("“{operator}” does not go with the fact “{given}”"),
        N_("of a fact of type {type}, ask: {known}"),
    ),
    "operand-type": LintRule(N_("“{operand}” can never be the fact “{given}”"), N_("it is {form}")),
    "answer-operator": LintRule(
        N_("“{operator}” does not go with the answer to “{given}”"), N_("ask: {known}")
    ),
    "answer-operand": LintRule(
        N_("“{operand}” can never be the answer to “{given}”"), N_("it is {form}")
    ),
    "case-reads-answer": LintRule(
        N_("a high-risk case can't depend on the answer to “{given}”"),
        N_("let it read facts, or make an item of its own that has the case"),
    ),
    **PARENT_RULES,
}

_OPERATORS = ("is", "in", "at_least", "at_most", "above", "below")
"""In the order of `Condition.list_operands`."""

_EQUALITY = _OPERATORS[:2]
_ORDERED_TYPES = ("integer", "number", "date")


def _make_choice_fact(*ids: str) -> FactDef:
    options = tuple(FactOption(id=option_id, text=option_id) for option_id in ids)
    return FactDef(type="choice", question="", options=options)


_LEVEL = FactDef(type="integer", question="", min=Number(1), max=Number(4))
_SYSTEM = {
    "level": _LEVEL,
    "s": _LEVEL,
    "a": _LEVEL,
    "exposure": _make_choice_fact(*get_args(Exposure)),
    "hosting": _make_choice_fact(*get_args(Hosting)),
}


def lint_applies_when(
    out: ProblemCollector, checklist: Checklist, order: ItemOrder, item: Item, path: TreePath
) -> None:
    """Note what can't be right in the condition of an item, at every depth."""
    for condition, where in _list_located_comparisons(item.applies_when, path):
        if condition.item is not None:
            parent = lint_parent_and_return_definition(
                out, order, item, condition.item, (*where, "item")
            )
            if parent is not None:
                _lint_operators_and_operands(out, condition, parent, where, _ANSWER_CODES)
        else:
            _lint_fact_comparison(out, checklist, condition, where)


def lint_high_risk_case_condition(
    out: ProblemCollector, checklist: Checklist, condition: Condition | None, path: TreePath
) -> None:
    """Note what can't be right in the condition of a high-risk case, which reads facts alone."""
    for part, where in _list_located_comparisons(condition, path):
        if part.item is not None:
            out.add_broken_rule("case-reads-answer", (*where, "item"), given=part.item)
        else:
            _lint_fact_comparison(out, checklist, part, where)


def _list_located_comparisons(
    condition: Condition | None, path: TreePath
) -> Iterator[tuple[Condition, TreePath]]:
    """Yield the comparisons of a condition at every depth, with their places."""
    if condition is None:
        return
    yield from _list_located_comparisons(condition.not_, (*path, "not"))
    for name, parts in (("all", condition.all), ("any", condition.any)):
        for index, part in enumerate(parts or ()):
            yield from _list_located_comparisons(part, (*path, name, index))
    if condition.fact is not None or condition.item is not None:
        yield condition, path


def _lint_fact_comparison(
    out: ProblemCollector, checklist: Checklist, condition: Condition, path: TreePath
) -> None:
    fact = _find_fact_or_add_problem(out, checklist, condition.fact or "", (*path, "fact"))
    if fact is not None:
        _lint_operators_and_operands(out, condition, fact, path, _FACT_CODES)


def _find_fact_or_add_problem(
    out: ProblemCollector, checklist: Checklist, name: str, path: TreePath
) -> FactDef | None:
    """Return the fact that a name reaches; note a name that reaches none.

    A checklist for a system can't know which facts others ask of the organization.
    """
    scope, _, bare = name.rpartition(".")
    if scope == "system" and bare in _SYSTEM:
        if checklist.scope != "system":
            out.add_broken_rule("fact-scope", path, given=name)
        return _SYSTEM[bare]
    if scope == "organization" and checklist.scope == "system" and bare:
        return None
    local_name = bare if scope == "organization" else name
    if local_name in checklist.profile:
        return checklist.profile[local_name]
    known = [*checklist.profile, *(f"system.{fact_name}" for fact_name in SYSTEM_FACTS)]
    out.add_broken_rule("fact-unknown", path, near=out.find_similar_names(name, known), given=name)
    return None


class _Codes(NamedTuple):
    """The rules that a comparison may break."""

    operator: str
    operand: str


_FACT_CODES = _Codes("operator-type", "operand-type")
_ANSWER_CODES = _Codes("answer-operator", "answer-operand")


def _lint_operators_and_operands(
    out: ProblemCollector, condition: Condition, fact: FactDef, path: TreePath, codes: _Codes
) -> None:
    allowed = _OPERATORS if fact.type in _ORDERED_TYPES else _EQUALITY
    for operator, operand in zip(_OPERATORS, condition.list_operands(), strict=True):
        if operand is None:
            continue
        where = (*path, operator)
        if operator not in allowed:
            words: dict[str, Any] = {
                "operator": operator,
                "type": fact.type,
                "known": ", ".join(allowed),
            }
            name = condition.fact or condition.item
            out.add_broken_rule(codes.operator, where, given=name, **words)
            continue
        places = [(operand, where)]
        if operator == "in":
            places = [(choice, (*where, index)) for index, choice in enumerate(operand)]
        for choice, place in places:
            if not _can_compare_fact_with_operand(fact, choice, operator):
                _add_operand_problem(out, condition, fact, choice, (codes.operand, place))


def _can_compare_fact_with_operand(fact: FactDef, operand: Any, operator: str) -> bool:
    """Return whether an operand can be the fact, or stand beside it in an order."""
    # A count may be compared with 2.5, though it never is 2.5.
    kind = "number" if fact.type == "integer" and operator in _OPERATORS[2:] else fact.type
    return has_type_of_fact(FactDef(type=kind, question="", options=fact.options), operand)


def _add_operand_problem(
    out: ProblemCollector,
    condition: Condition,
    fact: FactDef,
    operand: Any,
    rule: tuple[str, TreePath],
) -> None:
    code, path = rule
    shown = decimal_text(operand) if isinstance(operand, Number) else operand
    form = expected_fact_format_text(fact, out.lang)
    name = condition.fact or condition.item
    out.add_broken_rule(code, path, operand=shown, given=name, form=form)
