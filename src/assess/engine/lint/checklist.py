"""Lint of a checklist: profile, scoring, sections; lint.item checks the items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from assess.engine.kinds.lint_parts import (
    PART_RULES,
    lint_degree_range,
    lint_limits_order,
    lint_reserved_and_repeated_ids,
    lint_reserved_id,
)
from assess.engine.kinds.registry import KINDS
from assess.engine.lint.common import COMMON_RULES, lint_undecided_conflicts
from assess.engine.lint.condition import CONDITION_RULES
from assess.engine.lint.field_checks import FIELD_CHECK_RULES, lint_field_checks
from assess.engine.lint.item import ITEM_RULES, lint_item
from assess.engine.lint.languages import LANGUAGE_RULES, lint_missing_languages
from assess.engine.lint.one_line import ONE_LINE_RULES, lint_line_breaks_in_names
from assess.engine.lint.parents import ItemOrder
from assess.engine.lint.silences import drop_silenced_and_quoted_problems
from assess.engine.lint.texts import list_located_texts
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_, Lang
from assess.model.base import Number
from assess.model.checklist import Band, Checklist, FactDef
from assess.model.conflict import Conflict
from assess.problem import Problem, TreePath

_OWN_RULES: Final[Mapping[str, LintRule]] = {
    "duplicate-item": LintRule(
        N_("the item id “{given}” is used before, in section “{section}”"),
        N_("give it another id"),
    ),
    "cap-range": LintRule(N_("{given} is not between 0 and 100")),
    "bands-order": LintRule(
        N_("the band “{given}” does not come below the one before it"),
        N_("order bands from the highest threshold down"),
    ),
    "band-form": LintRule(
        N_("a band has at_least or above, one of the two"),
        N_("only the last may have neither"),
    ),
    "bands-gap": LintRule(
        N_("some scores come into no band"), N_("let the last band say `at_least: 0`"), "warning"
    ),
    "options-missing": LintRule(N_("a choice needs options")),
    "options-unused": LintRule(N_("options stand only beside `type: choice`"), "", "warning"),
    "attention-unused": LintRule(
        N_("`attention` means something only where the method is deduction"), "", "warning"
    ),
    "domain-missing": LintRule(
        N_("under `deduction` a section is technical or management"), N_("add `domain`")
    ),
}


STRUCTURE_RULES: Final[Mapping[str, LintRule]] = {
    **_OWN_RULES,
    **PART_RULES,
    **LANGUAGE_RULES,
    **ITEM_RULES,
    **CONDITION_RULES,
    **FIELD_CHECK_RULES,
    **ONE_LINE_RULES,
    **{code: rule for kind in KINDS.values() for code, rule in kind.item_rules.items()},
}
"""The rules about the structure of a checklist."""

CHECKLIST_RULES: Final[Mapping[str, LintRule]] = {**COMMON_RULES, **STRUCTURE_RULES}
"""All rules of a checklist by itself."""


def lint_checklist(
    checklist: Checklist,
    lang: Lang,
    *,
    file: str = "",
    conflicts: Iterable[Conflict] = (),
) -> list[Problem]:
    """Return what is wrong in a checklist by itself, and (warnings) what its author forgot.

    What is silenced with a reason is left out, except errors.
    """
    out = ProblemCollector(file, lang, CHECKLIST_RULES)
    lint_undecided_conflicts(out, conflicts)
    lint_reserved_id(out, checklist.id, ("id",))
    for name, fact in checklist.profile.items():
        _lint_fact_limits_and_options(out, fact, ("profile", name))
    _lint_scoring(out, checklist)
    _lint_sections_and_items(out, checklist)
    lint_field_checks(out, checklist)
    texts = list_located_texts(checklist)
    lint_missing_languages(out, checklist, texts)
    lint_line_breaks_in_names(out, checklist, texts)
    return drop_silenced_and_quoted_problems(out.problems, checklist)


def _lint_fact_limits_and_options(out: ProblemCollector, fact: FactDef, path: TreePath) -> None:
    lint_limits_order(out, fact.min, fact.max, path)
    lint_reserved_and_repeated_ids(out, fact.options, (*path, "options"))
    if fact.type == "choice" and not fact.options:
        out.add_broken_rule("options-missing", path)
    elif fact.type != "choice" and fact.options:
        out.add_broken_rule("options-unused", (*path, "options"))


def _lint_scoring(out: ProblemCollector, checklist: Checklist) -> None:
    scoring = checklist.scoring
    path: TreePath = ("scoring",)
    lint_degree_range(out, scoring.partial, (*path, "partial"))
    lint_degree_range(out, scoring.attention, (*path, "attention"))
    if scoring.attention is not None and scoring.method != "deduction":
        out.add_broken_rule("attention-unused", (*path, "attention"))
    cap = scoring.high_risk.caps_at if scoring.high_risk is not None else Number(0)
    if not 0 <= cap <= 100:  # noqa: PLR2004  # scores go from 0 to 100
        out.add_broken_rule("cap-range", (*path, "high_risk", "caps_at"), given=cap)
    lint_reserved_and_repeated_ids(out, scoring.bands, (*path, "bands"))
    _lint_band_thresholds(out, scoring.bands, (*path, "bands"))


def _lint_band_thresholds(out: ProblemCollector, bands: Sequence[Band], path: TreePath) -> None:
    last = len(bands) - 1
    before: tuple[Any, ...] | None = None
    for index, band in enumerate(bands):
        where = (*path, index)
        both = band.at_least is not None and band.above is not None
        if both or (_comparable_band_threshold(band) is None and index != last):
            out.add_broken_rule("band-form", where)
            continue
        threshold = _comparable_band_threshold(band)
        if before is not None and threshold is not None and threshold > before:
            out.add_broken_rule("bands-order", where, given=band.id)
        before = threshold
    if bands and not _applies_to_every_score(bands[-1]):
        out.add_broken_rule("bands-gap", (*path, last))


def _comparable_band_threshold(band: Band) -> tuple[Number, bool] | None:
    """Return a threshold that can be compared: above 90 is higher than at least 90."""
    if band.above is not None:
        return band.above, True
    return None if band.at_least is None else (band.at_least, False)


def _applies_to_every_score(band: Band) -> bool:
    threshold = _comparable_band_threshold(band)
    return band.without is None and (threshold is None or threshold <= (Number(0), False))


def _lint_sections_and_items(out: ProblemCollector, checklist: Checklist) -> None:
    lint_reserved_and_repeated_ids(out, checklist.sections, ("sections",))
    first: dict[str, str] = {}
    order = ItemOrder(checklist)
    for index, section in enumerate(checklist.sections):
        path = ("sections", index)
        if checklist.scoring.method == "deduction" and section.domain is None:
            out.add_broken_rule("domain-missing", path)
        for place, item in enumerate(section.items):
            where = (*path, "items", place)
            lint_reserved_id(out, item.id, (*where, "id"))
            if item.id in first:
                words: dict[str, Any] = {"given": item.id, "section": first[item.id]}
                out.add_broken_rule("duplicate-item", (*where, "id"), **words)
            first.setdefault(item.id, section.id)
            lint_item(out, checklist, item, order, where)
