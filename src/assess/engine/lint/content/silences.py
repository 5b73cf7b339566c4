"""Silenced rules: an item names them, with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from assess.engine.lint.content.texts import LocatedItem, list_items
from assess.engine.rulebook import Collector, Rule
from assess.i18n import N_
from assess.model.checklist import Checklist
from assess.problem import Path, Problem

SILENCE_RULES: Final[Mapping[str, Rule]] = {
    "silence-reason": Rule(N_("the rule “{given}” is silenced without a reason")),
    "silence-unknown": Rule(N_("there is no rule “{given}” to silence")),
}

NEVER_SILENT: Final = frozenset(SILENCE_RULES)


def drop_silenced(problems: Iterable[Problem], checklist: Checklist) -> list[Problem]:
    """Return the problems except those whose rule their item silences with a reason."""
    silent = {
        (path, silence.rule)
        for item, path in list_items(checklist)
        for silence in item.silence
        if silence.reason.strip() and silence.rule not in NEVER_SILENT
    }
    return [
        problem for problem in problems if (item_path(problem.path), problem.code) not in silent
    ]


def item_path(path: Path) -> Path:
    """Return the path of the item that a path leads into: `sections, 0, items, 3`."""
    return path[:4]


def lint_silences(out: Collector, located: LocatedItem, known: Collection[str]) -> None:
    """Note silenced rules that are none of the `known` ones, and those without a reason."""
    for index, silence in enumerate(located.item.silence):
        path = (*located.path, "silence", index)
        if silence.rule not in known:
            near = out.find_near(silence.rule, known)
            out.add_broken_rule("silence-unknown", (*path, "rule"), near=near, given=silence.rule)
        if not silence.reason.strip():
            out.add_broken_rule("silence-reason", (*path, "reason"), given=silence.rule)
