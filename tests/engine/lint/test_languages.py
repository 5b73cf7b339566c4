"""Tests of the languages that a checklist is written in."""

from __future__ import annotations

from typing import Any

from assess.engine.lint.checklist import lint_checklist
from assess.engine.lint.content import ContentTables, lint_content_quality
from assess.model.base import Bilingual
from assess.model.item import Silence
from factories import checklist, conformity, ladder


def lacking(given: Any) -> list[tuple[Any, str]]:
    """Return paths and messages of the texts that lack a language."""
    problems = lint_checklist(given, "en")
    return [
        (problem.path, problem.message)
        for problem in problems
        if problem.code == "language-missing"
    ]


def chinese_only(**fields: Any) -> Any:
    """Return a checklist whose texts of its own are plain Chinese strings."""
    item = conformity(title="VPN", requirement="要求。", check=("看一看。",), evidence=())
    return checklist(item, title="检查表", basis={}, **fields)


def test_a_checklist_of_one_language_lacks_nothing() -> None:
    """Plain strings are in that language, whatever their characters are."""
    title = ("sections", 0, "items", 0, "title")
    assert title in {path for path, _message in lacking(chinese_only())}
    paths = {path for path, _message in lacking(chinese_only(languages=("zh",)))}
    assert not paths & {title, ("title",)}


def test_a_language_that_is_wanted_is_missed() -> None:
    """Texts of the other language do not count."""
    given = checklist(conformity(title=Bilingual(zh="题")), languages=("en",))
    assert (("sections", 0, "items", 0, "title"), "this text lacks English") in lacking(given)


def test_content_is_judged_in_its_language() -> None:
    """A foreign list is held to the rules of English, not to those of Chinese."""
    item = conformity(
        title="t" * 61, requirement="One demand , badly spaced.", check=("Look.",) * 2
    )
    given = checklist(item, title="List", languages=("en",))
    codes = {
        (problem.code, problem.path[4:])
        for problem in lint_content_quality(given, ContentTables(), "en")
    }
    assert ("title-long", ("title", "en")) in codes
    assert ("punctuation-en", ("requirement", "en")) in codes
    assert not any(code == "punctuation-zh" for code, _ in codes)


def test_structure_is_silenced_at_the_head() -> None:
    """Warnings go, errors stay."""
    silence = (
        Silence(rule="language-missing", reason="只在本区使用。"),
        Silence(rule="rungs-order", reason="不行。"),
    )
    given = checklist(ladder(title="题", rungs=ladder().rungs[::-1]), silence=silence)
    codes = [problem.code for problem in lint_checklist(given, "en")]
    assert "language-missing" not in codes
    assert "rungs-order" in codes
