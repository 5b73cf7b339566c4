"""Lint rules: their definition and their texts.

A rule has an id (the problem's code), a message, a hint and a severity. The texts are English
message ids with {words} in braces; the catalogue has the Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from assess.engine.punctuation import enumeration_comma_sign
from assess.errors import find_nearest_names
from assess.i18n import N_, Lang, translator
from assess.problem import Problem, Severity, TreePath

DID_YOU_MEAN = N_("did you mean {near}?")

_MOST_LOOKUPS = 20
"""Near names are looked up so often in one file: the search is slow, and a file full of unknown
ids answers another checklist anyway."""


class LintRule(NamedTuple):
    """The texts and the severity of a broken rule."""

    message: str
    hint: str = ""
    severity: Severity = "error"


def rule_message_and_hint(
    rule: LintRule, lang: Lang, words: Mapping[str, Any], near: Iterable[str] = ()
) -> list[str]:
    """Return message and hint in `lang`; near names make the hint a question."""
    _ = translator(lang)
    names = enumeration_comma_sign(lang).join(near)
    hint = _(DID_YOU_MEAN) if names else rule.hint and _(rule.hint)
    return [_(rule.message).format(**words), hint.format(near=names, **words)]


class ProblemCollector:
    """Gathers the problems of one file."""

    def __init__(self, file: str, lang: Lang, rules: Mapping[str, LintRule]) -> None:
        self.file = file
        self.lang = lang
        self.rules = rules
        self.problems: list[Problem] = []
        self._lookups = 0

    def add_broken_rule(
        self,
        code: str,
        path: TreePath,
        *,
        near: Iterable[str] = (),
        severity: Severity | None = None,
        **words: Any,
    ) -> None:
        """Note that a rule is broken at `path`; `severity` overrides the rule's own."""
        rule = self.rules[code]
        message, hint = rule_message_and_hint(rule, self.lang, words, near)
        self.add_problem(code, message, hint, path, severity or rule.severity)

    def add_problem(
        self, code: str, message: str, hint: str, path: TreePath, severity: Severity = "error"
    ) -> None:
        """Note a problem whose texts are ready."""
        self.problems.append(Problem(self.file, code, message, hint, severity, path))

    def find_similar_names(self, wanted: str, known: Iterable[str]) -> list[str]:
        """Return the known names nearest to the wanted one, as long as looking pays."""
        self._lookups += 1
        return find_nearest_names(wanted, known) if self._lookups <= _MOST_LOOKUPS else []
