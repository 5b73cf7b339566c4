from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from assess.engine.lint.content.checks import CONTENT_RULES
from assess.i18n import LANGS

ROOT = Path(__file__).resolve().parents[2]


@cache
def script() -> ModuleType:
    """Return the script as a module."""
    path = ROOT / "scripts" / "make_lint_docs.py"
    spec = importlib.util.spec_from_file_location("make_lint_docs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", LANGS)
def test_pages_are_up_to_date(lang: str) -> None:
    """The committed pages are what the script makes of the code and the examples."""
    made = script()
    assert made.FILES[lang].read_text("utf-8") == made.page(lang)


def test_every_rule_has_an_entry() -> None:
    """Each content rule is explained, and nothing else is."""
    assert script().source()["rules"].keys() == CONTENT_RULES.keys()


@pytest.mark.parametrize("name", CONTENT_RULES)
def test_examples_do_what_the_page_says(name: str) -> None:
    """The bad example breaks the rule, the good one doesn't."""
    rule = script().source()["rules"][name]
    bad = script().problems_of(rule["bad"], rule.get("at", "item"))
    good = script().problems_of(rule["good"], rule.get("at", "item"))
    assert name in {one.code for one in bad}
    assert name not in {one.code for one in good}
