"""The content rules of one checklist, put together."""

from __future__ import annotations

from collections.abc import Iterable

from assess.engine.lint.content.reach import lint_reach
from assess.engine.lint.content.references import lint_references
from assess.engine.lint.content.rules import CONTENT_RULES, KNOWN_RULES, NEVER_SILENT
from assess.engine.lint.content.shape import lint_shape
from assess.engine.lint.content.tables import Tables
from assess.engine.lint.content.texts import Located, items_of, texts_of
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
    lint_wording(out, texts_of(checklist), tables.glossary)
    _basis(out, checklist)
    for at in items_of(checklist):
        lint_shape(out, at)
        lint_references(out, checklist, at, tables)
        lint_reach(out, checklist, at)
        _silence(out, at)
    return unsilenced(out.problems, checklist)


def unsilenced(problems: Iterable[Problem], checklist: Checklist) -> list[Problem]:
    """Return the problems whose rule the item they stand at does not silence with a reason."""
    silent = {
        (path, one.rule)
        for item, path in items_of(checklist)
        for one in item.silence
        if one.reason.strip() and one.rule not in NEVER_SILENT
    }
    return [one for one in problems if (item_path(one.path), one.code) not in silent]


def item_path(path: Path) -> Path:
    """Return the path of the item that a path leads into: `sections, 0, items, 3`."""
    return path[:4]


def _basis(out: Collector, checklist: Checklist) -> None:
    cited = {ref.basis for item in checklist.items().values() for ref in item.refs}
    for basis in checklist.basis:
        if basis not in cited:
            out.add("basis-unused", ("basis", basis), given=basis)


def _silence(out: Collector, at: Located) -> None:
    for index, one in enumerate(at.item.silence):
        path = (*at.path, "silence", index)
        if one.rule not in KNOWN_RULES:
            near = out.near(one.rule, KNOWN_RULES)
            out.add("silence-unknown", (*path, "rule"), near=near, given=one.rule)
        if not one.reason.strip():
            out.add("silence-reason", (*path, "reason"), given=one.rule)
