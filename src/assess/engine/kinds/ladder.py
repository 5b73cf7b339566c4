"""Ladder: answered by the id of a rung; the degree is the rung's own."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from assess.engine.kinds.kind import (
    AnswerKind,
    CheckContext,
    ValueFault,
    ValueFaults,
    always_has_degree,
)
from assess.engine.kinds.lint_parts import lint_degree_range, lint_reserved_and_repeated_ids
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.errors import find_nearest_names
from assess.i18n import N_, Lang
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.checklist import FactDef, FactOption, Scoring
from assess.model.item import Ladder
from assess.problem import TreePath


def _check_rung(item: Ladder, raw: Any, _context: CheckContext) -> ValueFaults:
    known = list(_rung_ids(item))
    if raw not in known:
        words = {"given": raw, "known": ", ".join(known)}
        yield ValueFault("rung-unknown", words, near=tuple(find_nearest_names(str(raw), known)))


def _rung_ids(item: Ladder) -> Iterator[str]:
    return (rung.id for rung in item.rungs)


def _rung_degree(item: Ladder, answer: Answer, _scoring: Scoring) -> Fraction | None:
    degrees = (Fraction(rung.degree) for rung in item.rungs if rung.id == answer.value)
    return next(degrees, None)


def _rung_text_or_raw_value(item: Ladder, raw: Any, lang: Lang) -> str:
    return next((pick_text(rung.text, lang) for rung in item.rungs if rung.id == raw), str(raw))


def _lint_rungs(out: ProblemCollector, item: Ladder, path: TreePath) -> None:
    lint_reserved_and_repeated_ids(out, item.rungs, (*path, "rungs"))
    for index, rung in enumerate(item.rungs):
        where = (*path, "rungs", index)
        lint_degree_range(out, rung.degree, (*where, "degree"))
        if index and rung.degree > item.rungs[index - 1].degree:
            out.add_broken_rule("rungs-order", (*where, "degree"), given=rung.id)


def _answered_rung_id(item: Ladder, answer: Answer) -> str | None:
    return answer.value if answer.value in list(_rung_ids(item)) else None


def _rungs_as_fact_definition(item: Ladder) -> FactDef:
    options = tuple(FactOption(id=rung.id, text=rung.text) for rung in item.rungs)
    return FactDef(type="choice", question=item.title, options=options)


KIND = AnswerKind[Ladder](
    form=N_("the id of a rung"),
    rule_fields=("rungs",),
    check=_check_rung,
    scores=always_has_degree,
    degree=_rung_degree,
    value_text=_rung_text_or_raw_value,
    public_text=_rung_text_or_raw_value,
    lint=_lint_rungs,
    answer_ids=_rung_ids,
    comparable_value=_answered_rung_id,
    comparable_as=_rungs_as_fact_definition,
    value_rules={
        "rung-unknown": LintRule(
            N_("there is no rung “{given}” on this ladder"), N_("it has: {known}")
        )
    },
    item_rules={
        "rungs-order": LintRule(
            N_("the rung “{given}” is better than the one before it"),
            N_("the best rung comes first"),
        )
    },
)
