from __future__ import annotations

from pathlib import Path

import make_lint_docs
import pytest

from assess.engine.lint.content.checks import CONTENT_RULES
from assess.i18n import LANGS, Lang

BETWEEN_FILES = {"basis-differs", "basis-twice", "fact-differs", "basis-unknown"}
"""Rules that no example breaks by the way: a file of one's own is held against the library."""

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lang", LANGS)
def test_pages_are_up_to_date(lang: Lang) -> None:
    """The committed pages are what the script makes of the code and the examples."""
    made = make_lint_docs
    assert made.FILES[lang].read_text("utf-8") == made.page(lang)


def test_every_rule_has_an_entry() -> None:
    """Each content rule is explained, and nothing else is."""
    assert make_lint_docs.source()["rules"].keys() == CONTENT_RULES.keys()


@pytest.mark.parametrize("name", CONTENT_RULES)
def test_examples_do_what_the_page_says(name: str) -> None:
    """The bad example breaks the rule, the good one doesn't."""
    rule = make_lint_docs.source()["rules"][name]
    bad = make_lint_docs.problems_of(rule["bad"], rule.get("at", "item"))
    good = make_lint_docs.problems_of(rule["good"], rule.get("at", "item"))
    assert name in {one.code for one in bad}
    assert {name, *BETWEEN_FILES}.isdisjoint(one.code for one in good)
    assert (BETWEEN_FILES - {name}).isdisjoint(one.code for one in bad)
