"""What a machine can check of PDF/UA-1, on every sample, which are what the program makes now.

The checker knows few rules and says so itself: what nobody proved stands in docs/decisions/0006.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pdfua import Validator

from report import factory

SAMPLES = sorted((factory.ROOT / "reports").glob("*.pdf"))
FAILS_ITSELF = {"UA-14-001"}
"""Of pdfua 0.1.3 this rule raises on arrays among the kids; headings have tests of our own."""


def findings(path: Path) -> tuple[set[str], set[str]]:
    """Return the rules that a PDF breaks, and those that could not be tried."""
    told = Validator().validate(str(path))
    return {one.rule_id for one in told.findings}, {one.rule_id for one in told.skipped}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_checker_finds_nothing(path: Path) -> None:
    """Tags, language, title, alternatives, fields, embedded files."""
    broken, untried = findings(path)
    assert broken == set()
    assert untried <= FAILS_ITSELF


def test_words_of_the_other_language_say_so() -> None:
    """The answers of the demo are Chinese; pdfua does not look at languages of parts."""
    with pikepdf.open(factory.ROOT / "reports" / "full-en.pdf") as document:
        said = {
            str(one.Lang)
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/Type") == "/StructElem"
            and "/Lang" in one
        }
    assert said == {"zh-CN"}


def test_the_checker_can_find_something(tmp_path: Path) -> None:
    """A report that names no language breaks a rule."""
    path = tmp_path / "dumb.pdf"
    with pikepdf.open(SAMPLES[0]) as document:
        del document.Root.Lang
        document.save(path)
    assert findings(path)[0]
