"""How long an item's parts are, and that it asks one thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assess.engine.kinds.values import can_answers_have_degree
from assess.engine.lint.texts import LocatedItem
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import LANGS, N_
from assess.model.base import Bilingual, Text

SHAPE_RULES: Final[Mapping[str, LintRule]] = {
    "title-long": LintRule(
        N_("the title has {given} characters, {limit} at most"), N_("name the outcome"), "warning"
    ),
    "requirement-long": LintRule(
        N_("the requirement has {given} characters, {limit} at most"),
        N_("one sentence, one demand"),
        "warning",
    ),
    "check-steps": LintRule(
        N_("the check has {given} steps; two to six are right"),
        N_("one action each, then what one should see"),
        "warning",
    ),
    "two-requirements": LintRule(
        N_("the requirement holds two: “{given}”"),
        N_("make two items if each half can be met without the other"),
        "warning",
    ),
}

TITLE = {"zh": 20, "en": 60}
REQUIREMENT = {"zh": 60, "en": 200}
STEPS = range(2, 7)
"""Characters of titles and requirements, steps of a check: docs/writing-checklists.md."""

_TWO_DEMANDS = {
    "zh": re.compile("[。；].|，(?:并|且|而且|此外|以及)(?!不)|并(?:定期|每年|每季度|每月)"),
    "en": re.compile(r"[.;] \w|, and (?:must|shall|should|also)\b|\band \w+ it regularly\b"),
}


def lint_lengths_and_double_demands(out: ProblemCollector, located: LocatedItem) -> None:
    """Note titles, requirements and checks that are too long or too short, and double demands."""
    _lint_overlong_text(out, "title-long", located.item.title, TITLE, located)
    _lint_overlong_text(out, "requirement-long", located.item.requirement, REQUIREMENT, located)
    if (
        can_answers_have_degree(located.item)
        and located.item.check
        and len(located.item.check) not in STEPS
    ):
        out.add_broken_rule("check-steps", (*located.path, "check"), given=len(located.item.check))
    # A clause of the standard is one item there, however much it holds.
    if located.item.letter is None:
        _lint_double_demand(out, located)


def _lint_overlong_text(
    out: ProblemCollector, rule: str, text: Text, limits: dict[str, int], located: LocatedItem
) -> None:
    field = rule.removesuffix("-long")
    for lang, limit in limits.items():
        words = getattr(text, lang, None) or ""
        if len(words) > limit:
            out.add_broken_rule(rule, (*located.path, field, lang), given=len(words), limit=limit)


def _lint_double_demand(out: ProblemCollector, located: LocatedItem) -> None:
    text = located.item.requirement
    for lang in LANGS:
        words = (getattr(text, lang) or "") if isinstance(text, Bilingual) else ""
        match = _TWO_DEMANDS[lang].search(words)
        if match is not None:
            around = words[max(0, match.start() - 8) : match.end() + 8]
            out.add_broken_rule(
                "two-requirements", (*located.path, "requirement", lang), given=around
            )
