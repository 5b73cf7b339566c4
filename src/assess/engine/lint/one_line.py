"""Lint of the names in a checklist, which stand on one line wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from assess.engine.lint.texts import LocatedText, list_items_with_paths
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.harmless import has_line_break
from assess.i18n import LANGS, N_
from assess.model.checklist import Checklist
from assess.problem import TreePath

ONE_LINE_RULES: Final[Mapping[str, LintRule]] = {
    "line-break": LintRule(
        N_("`{given}` is a name on one line, and has a line break"),
        N_("write it on one line; a text of several lines belongs into `requirement`"),
    )
}

_NAMES: Final = frozenset({"title", "group", "label", "unit"})
"""Fields that are names, not sentences."""


def lint_line_breaks_in_names(
    out: ProblemCollector, checklist: Checklist, texts: Iterable[LocatedText]
) -> None:
    """Note line breaks in titles, groups, labels, units and the version.

    The program prints such a name on a line of its own, where the rest would pass for other lines.
    """
    for path, field, text in _list_names(checklist, texts):
        if has_line_break(text.strip()):
            out.add_broken_rule("line-break", path, given=field)


def _list_names(
    checklist: Checklist, texts: Iterable[LocatedText]
) -> Iterator[tuple[TreePath, str, str]]:
    yield ("version",), "version", checklist.version
    for item, path in list_items_with_paths(checklist):
        if item.label is not None:
            yield (*path, "label"), "label", item.label
    for path, field, text in texts:
        if field in _NAMES:
            for lang in LANGS:
                yield path, field, getattr(text, lang) or ""
