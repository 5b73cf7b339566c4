"""Lint of conditions: facts are defined; operators and operands fit the type of the fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from assess.engine.lint.common import expected_fact_format_text, has_type_of_fact
from assess.engine.number_text import decimal_text
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.conditions import SYSTEM_FACTS
from assess.i18n import N_
from assess.model.base import Number
from assess.model.checklist import Checklist, FactDef, FactOption
from assess.model.condition import Condition
from assess.model.config import Exposure, Hosting
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


def lint_condition(
    out: ProblemCollector, checklist: Checklist, condition: Condition | None, path: TreePath
) -> None:
    """Note what can't be right in a condition of the checklist, at every depth."""
    if condition is None:
        return
    lint_condition(out, checklist, condition.not_, (*path, "not"))
    for name, parts in (("all", condition.all), ("any", condition.any)):
        for index, part in enumerate(parts or ()):
            lint_condition(out, checklist, part, (*path, name, index))
    if condition.fact is not None:
        fact = _find_fact(out, checklist, condition.fact, (*path, "fact"))
        if fact is not None:
            _lint_comparison(out, condition, fact, path)


def _find_fact(
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


def _lint_comparison(
    out: ProblemCollector, condition: Condition, fact: FactDef, path: TreePath
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
            out.add_broken_rule("operator-type", where, given=condition.fact, **words)
        elif operator != "in":
            _lint_operand(out, condition, fact, operand, where)
        else:
            for index, choice in enumerate(operand):
                _lint_operand(out, condition, fact, choice, (*where, index))


def _lint_operand(
    out: ProblemCollector, condition: Condition, fact: FactDef, operand: Any, path: TreePath
) -> None:
    # A count may be compared with 2.5, though it never is 2.5.
    kind = "number" if fact.type == "integer" and path[-1] in _OPERATORS[2:] else fact.type
    if has_type_of_fact(FactDef(type=kind, question="", options=fact.options), operand):
        return
    shown = decimal_text(operand) if isinstance(operand, Number) else operand
    form = expected_fact_format_text(fact, out.lang)
    out.add_broken_rule("operand-type", path, operand=shown, given=condition.fact, form=form)
