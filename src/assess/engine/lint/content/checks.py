"""The content rules of one checklist, put together."""

from __future__ import annotations

from collections.abc import Iterable

from assess.engine.lint.content.reach import lint_reach
from assess.engine.lint.content.references import lint_references
from assess.engine.lint.content.rules import CONTENT_RULES, KNOWN_RULES, NEVER_SILENT
from assess.engine.lint.content.shape import lint_shape
from assess.engine.lint.content.tables import Tables
from assess.engine.lint.content.texts import LocatedItem, find_texts, list_items
from assess.engine.lint.content.wording import lint_wording
from assess.engine.rulebook import Collector
from assess.i18n import Lang
from assess.model.checklist import Checklist
from assess.problem import Path, Problem


def lint_content(
    checklist: Checklist, tables: Tables, lang: Lang, *, file: str = ""
) -> list[Problem]:
    """Return what could be better in a checklist by itself; silenced rules are left out."""
    out = Collector(file, lang, CONTENT_RULES)
    lint_wording(out, find_texts(checklist), tables.glossary)
    _lint_bases(out, checklist)
    for located in list_items(checklist):
        lint_shape(out, located)
        lint_references(out, checklist, located, tables)
        lint_reach(out, checklist, located)
        _lint_silences(out, located)
    return drop_silenced(out.problems, checklist)


def drop_silenced(problems: Iterable[Problem], checklist: Checklist) -> list[Problem]:
    """Return the problems whose rule the item they stand at does not silence with a reason."""
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


def _lint_bases(out: Collector, checklist: Checklist) -> None:
    cited = {ref.basis for item in checklist.items().values() for ref in item.refs}
    for basis in checklist.basis:
        if basis not in cited:
            out.add_broken_rule("basis-unused", ("basis", basis), given=basis)


def _lint_silences(out: Collector, located: LocatedItem) -> None:
    for index, silence in enumerate(located.item.silence):
        path = (*located.path, "silence", index)
        if silence.rule not in KNOWN_RULES:
            near = out.find_near(silence.rule, KNOWN_RULES)
            out.add_broken_rule("silence-unknown", (*path, "rule"), near=near, given=silence.rule)
        if not silence.reason.strip():
            out.add_broken_rule("silence-reason", (*path, "reason"), given=silence.rule)
