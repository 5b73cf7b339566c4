"""The content rules of one checklist, put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.engine.lint.checklist import CHECKLIST_RULES
from assess.engine.lint.content.commands import COMMAND_RULES, lint_if_all_steps_unproved
from assess.engine.lint.content.library import LIBRARY_RULES
from assess.engine.lint.content.personal import PERSONAL_RULES, lint_missing_personal_marks
from assess.engine.lint.content.reach import REACH_RULES, lint_impossible_conditions
from assess.engine.lint.content.references import REFERENCE_RULES, lint_references_and_weight_reason
from assess.engine.lint.content.shape import SHAPE_RULES, lint_lengths_and_double_demands
from assess.engine.lint.content.tables import ContentTables
from assess.engine.lint.content.verdicts import VERDICT_RULES, lint_result_and_problem_texts
from assess.engine.lint.content.wording import WORDING_RULES, lint_wording
from assess.engine.lint.parents import ItemOrder
from assess.engine.lint.silences import (
    SILENCE_RULES,
    drop_silenced_and_quoted_problems,
    lint_silences,
)
from assess.engine.lint.texts import (
    convert_texts_to_bilingual,
    find_bilingual_texts_with_paths,
    list_items_with_paths,
)
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_, Lang
from assess.model.checklist import Checklist
from assess.problem import Problem

BASIS_RULES: Final[Mapping[str, LintRule]] = {
    "basis-unused": LintRule(
        N_("no item cites “{given}”"), N_("define only what is cited"), "warning"
    ),
}


CONTENT_RULES: Final[Mapping[str, LintRule]] = {
    **WORDING_RULES,
    **SHAPE_RULES,
    **VERDICT_RULES,
    **COMMAND_RULES,
    **REFERENCE_RULES,
    **REACH_RULES,
    **BASIS_RULES,
    **PERSONAL_RULES,
    **LIBRARY_RULES,
    **SILENCE_RULES,
}
"""All rules about the content of checklists. docs/lint-rules.md has reasons and examples."""

KNOWN_RULES: Final = frozenset(CHECKLIST_RULES) | frozenset(CONTENT_RULES)
"""The rules that an item may name in `silence`."""


def lint_content_quality(
    checklist: Checklist, tables: ContentTables, lang: Lang, *, file: str = ""
) -> list[Problem]:
    """Return what could be better in a checklist by itself; silenced rules are left out."""
    out = ProblemCollector(file, lang, CONTENT_RULES)
    checklist = convert_texts_to_bilingual(checklist)
    lint_wording(out, find_bilingual_texts_with_paths(checklist), tables.glossary)
    _lint_unused_bases(out, checklist)
    lint_silences(out, checklist.silence, KNOWN_RULES, ())
    order = ItemOrder(checklist)
    for located in list_items_with_paths(checklist):
        lint_lengths_and_double_demands(out, located)
        lint_missing_personal_marks(out, located)
        lint_result_and_problem_texts(out, located)
        lint_if_all_steps_unproved(out, located, tables.commands)
        lint_references_and_weight_reason(out, checklist, located, tables)
        lint_impossible_conditions(out, checklist, order, located)
        lint_silences(out, located.item.silence, KNOWN_RULES, located.path)
    return drop_silenced_and_quoted_problems(out.problems, checklist, with_errors=True)


def _lint_unused_bases(out: ProblemCollector, checklist: Checklist) -> None:
    cited = {ref.basis for item in checklist.items().values() for ref in item.refs}
    for basis in checklist.basis:
        if basis not in cited:
            out.add_broken_rule("basis-unused", ("basis", basis), given=basis)
