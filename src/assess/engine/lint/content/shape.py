"""How long an item's parts are, and that it asks one thing."""

from __future__ import annotations

import re

from assess.engine.kinds.values import scores
from assess.engine.lint.content.texts import Located
from assess.engine.rulebook import Collector
from assess.i18n import LANGS
from assess.model.base import Bilingual, Text

TITLE = {"zh": 20, "en": 60}
REQUIREMENT = {"zh": 60, "en": 200}
STEPS = range(2, 7)
"""Characters of titles and requirements, steps of a check: docs/writing-checklists.md."""

_TWO = {
    "zh": re.compile("[。；].|，(?:并|且|而且|此外|以及)(?!不)|并(?:定期|每年|每季度|每月)"),
    "en": re.compile(r"[.;] \w|, and (?:must|shall|should|also)\b|\band \w+ it regularly\b"),
}


def lint_shape(out: Collector, at: Located) -> None:
    """Note titles, requirements and checks that are too long or too short, and double demands."""
    _length(out, "title-long", at.item.title, TITLE, at)
    _length(out, "requirement-long", at.item.requirement, REQUIREMENT, at)
    if scores(at.item) and at.item.check and len(at.item.check) not in STEPS:
        out.add("check-steps", (*at.path, "check"), given=len(at.item.check))
    # A clause of the standard is one item there, however much it holds.
    if at.item.letter is None:
        _one_demand(out, at)


def _length(out: Collector, rule: str, text: Text, limits: dict[str, int], at: Located) -> None:
    field = rule.removesuffix("-long")
    for lang, limit in limits.items():
        words = getattr(text, lang, None) or ""
        if len(words) > limit:
            out.add(rule, (*at.path, field, lang), given=len(words), limit=limit)


def _one_demand(out: Collector, at: Located) -> None:
    text = at.item.requirement
    for lang in LANGS:
        words = (getattr(text, lang) or "") if isinstance(text, Bilingual) else ""
        match = _TWO[lang].search(words)
        if match is not None:
            around = words[max(0, match.start() - 8) : match.end() + 8]
            out.add("two-requirements", (*at.path, "requirement", lang), given=around)
