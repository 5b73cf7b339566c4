"""Lint of a file of limits: values that can't be met, categories and checklists that are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from assess.engine.lint.office import CONFLICT_RULES, lint_conflicts
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_, Lang
from assess.model.base import Number
from assess.model.conflict import Conflict
from assess.model.office import OfficeFile
from assess.model.thresholds import SCORE_FIGURES, SHARE_FIGURES, Limit, ThresholdsFile
from assess.problem import Problem, TreePath

THRESHOLD_RULES: Final[Mapping[str, LintRule]] = {
    **CONFLICT_RULES,
    "limit-without-value": LintRule(
        N_("the limit says neither at_least nor at_most"), N_("write one of the two")
    ),
    "limit-share": LintRule(
        N_("{given} is no share from 0 to 1"), N_("95 percent is written 0.95")
    ),
    "limit-negative": LintRule(N_("{given} is less than 0"), N_("no figure is less than 0")),
    "limit-order": LintRule(
        N_("no value is at least {least} and at most {most}"), N_("one of the two is wrong")
    ),
    "limit-categories": LintRule(
        N_("the limit has both category and each_category"), N_("remove one of the two")
    ),
    "limit-category": LintRule(
        N_("no unit has the category “{given}”"), N_("write a category of office.yaml")
    ),
    "limit-checklist": LintRule(
        N_("no campaign has the checklist “{given}”"),
        N_("write the id of a checklist that was issued"),
    ),
    "limit-of-no-checklist": LintRule(
        N_("{figure} is not reckoned by checklist"), N_("remove checklist; scores alone have it")
    ),
}


def lint_thresholds(
    thresholds: ThresholdsFile,
    file: str,
    office: OfficeFile,
    lang: Lang,
    *,
    conflicts: Iterable[Conflict] = (),
) -> list[Problem]:
    """Return what is wrong in a file of limits; `file` is its name in the problems."""
    out = ProblemCollector(file, lang, THRESHOLD_RULES)
    lint_conflicts(out, conflicts)
    categories = {unit.category for unit in office.units.values() if unit.category}
    issued = {row.id for campaign in office.campaigns.values() for row in campaign.checklists}
    for index, limit in enumerate(thresholds.limits):
        path = ("limits", index)
        _lint_values(out, path, limit)
        _lint_place(out, path, limit, categories, issued)
    return out.problems


def _lint_values(out: ProblemCollector, path: TreePath, limit: Limit) -> None:
    values = {"at_least": limit.at_least, "at_most": limit.at_most}
    stated = {key: value for key, value in values.items() if value is not None}
    for key, value in stated.items():
        _lint_value(out, (*path, key), limit, value)
    if not stated:
        out.add_broken_rule("limit-without-value", (*path, "figure"))
    if limit.at_least is not None and limit.at_most is not None and limit.at_least > limit.at_most:
        where = (*path, "at_most")
        out.add_broken_rule("limit-order", where, least=limit.at_least, most=limit.at_most)


def _lint_value(out: ProblemCollector, path: TreePath, limit: Limit, value: Number) -> None:
    if limit.figure in SHARE_FIGURES and not 0 <= value <= 1:
        out.add_broken_rule("limit-share", path, given=value)
    elif value < 0:
        out.add_broken_rule("limit-negative", path, given=value)


def _lint_place(
    out: ProblemCollector,
    path: TreePath,
    limit: Limit,
    categories: Iterable[str],
    issued: Iterable[str],
) -> None:
    if limit.category is not None and limit.each_category:
        out.add_broken_rule("limit-categories", (*path, "each_category"))
    if limit.category is not None and limit.category not in categories:
        near = out.find_similar_names(limit.category, categories)
        where = (*path, "category")
        out.add_broken_rule("limit-category", where, near=near, given=limit.category)
    if limit.checklist is None:
        return
    where = (*path, "checklist")
    if limit.figure not in SCORE_FIGURES:
        out.add_broken_rule("limit-of-no-checklist", where, figure=limit.figure)
    elif limit.checklist not in issued:
        near = out.find_similar_names(limit.checklist, issued)
        out.add_broken_rule("limit-checklist", where, near=near, given=limit.checklist)
