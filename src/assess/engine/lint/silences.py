"""Silenced rules: an item or the head of a checklist names them, with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from assess.engine.lint.texts import list_items_with_paths
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_
from assess.model.checklist import Checklist
from assess.model.item import Silence
from assess.problem import Problem, TreePath

SILENCE_RULES: Final[Mapping[str, LintRule]] = {
    "silence-reason": LintRule(
        N_("the rule “{given}” is silenced without a reason"), "", "warning"
    ),
    "silence-unknown": LintRule(N_("there is no rule “{given}” to silence"), "", "warning"),
}

NEVER_SILENT: Final = frozenset(SILENCE_RULES)


STYLE_RULES: Final = frozenset(
    {
        "check-steps",
        "each-round-missing",
        "problem-missing",
        "problem-negated",
        "punctuation-en",
        "punctuation-zh",
        "requirement-long",
        "requirement-near",
        "term-avoid",
        "title-long",
        "two-requirements",
        "verdict-in-steps",
        "verdict-missing",
        "verdict-negated",
        "verdict-shared",
        "verdict-vague",
    }
)
"""Rules of wording: not applied to a checklist whose wording is quoted (`verbatim: true`).

What is quoted says neither which result counts nor what a fault is called.
"""


def drop_silenced_and_quoted_problems(
    problems: Iterable[Problem], checklist: Checklist, *, with_errors: bool = False
) -> list[Problem]:
    """Return the problems that are neither silenced with a reason nor wording of a quoted text.

    A silence at the head is for the whole checklist, one of an item for that item. Errors are
    left out only `with_errors`: those of structure never are.
    """
    whole_file = _rules_silenced_with_reason(checklist.silence) | (
        STYLE_RULES if checklist.verbatim else set()
    )
    of_items = {
        path: _rules_silenced_with_reason(item.silence)
        for item, path in list_items_with_paths(checklist)
    }
    return [
        problem
        for problem in problems
        if not _may_be_silenced(problem, with_errors=with_errors)
        or problem.code not in whole_file | of_items.get(_path_up_to_item(problem.path), set())
    ]


def _rules_silenced_with_reason(silences: Iterable[Silence]) -> set[str]:
    return {silence.rule for silence in silences if silence.reason.strip()}


def _may_be_silenced(problem: Problem, *, with_errors: bool) -> bool:
    return problem.code not in NEVER_SILENT and (with_errors or problem.severity == "warning")


def _path_up_to_item(path: TreePath) -> TreePath:
    """Return the path of the item that a path leads into: `sections, 0, items, 3`."""
    return path[:4]


def lint_silences(
    out: ProblemCollector, silences: Iterable[Silence], known_rules: Collection[str], path: TreePath
) -> None:
    """Note silenced rules that are none of `known_rules`, and those without a reason."""
    for index, silence in enumerate(silences):
        where = (*path, "silence", index)
        if silence.rule not in known_rules:
            near = out.find_similar_names(silence.rule, known_rules)
            out.add_broken_rule("silence-unknown", (*where, "rule"), near=near, given=silence.rule)
        if not silence.reason.strip():
            out.add_broken_rule("silence-reason", (*where, "reason"), given=silence.rule)
