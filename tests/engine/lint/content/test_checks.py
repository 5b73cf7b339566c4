from __future__ import annotations

from assess.engine.lint.checklist import CHECKLIST_RULES
from assess.engine.lint.content.checks import CONTENT_RULES, KNOWN_RULES
from assess.model.item import Silence
from engine.content.sample import BASIS, found, good
from factories import text

LONG = text("长" * 21, "Long")


def test_a_rule_can_be_silenced_with_a_reason() -> None:
    """The silenced rule is left out, others stay."""
    silence = (Silence(rule="title-long", reason="系统名称就有这么长。"),)
    assert found(good(title=LONG, silence=silence)) == []
    assert found(good(title=LONG, refs=(), silence=silence)) == ["ref-missing"]


def test_a_silence_without_reason_silences_nothing() -> None:
    """The rule still speaks, and the missing reason is an error."""
    silence = (Silence(rule="title-long", reason=" "),)
    assert found(good(title=LONG, silence=silence)) == [
        "title-long title.zh",
        "silence-reason silence.0.reason",
    ]


def test_an_unknown_rule_can_not_be_silenced() -> None:
    """A misspelt rule is an error; the rules about silence are never silent."""
    silence = (
        Silence(rule="tittle-long", reason="长。"),
        Silence(rule="silence-unknown", reason="不要说。"),
    )
    assert found(good(silence=silence)) == ["silence-unknown silence.0.rule"]


def test_structural_rules_may_be_named_too() -> None:
    """Both kinds of rule can be silenced, and no id stands for two rules."""
    assert found(good(silence=(Silence(rule="check-missing", reason="自明。"),))) == []
    assert set(CHECKLIST_RULES) < KNOWN_RULES
    assert not set(CHECKLIST_RULES) & set(CONTENT_RULES)


def test_a_basis_that_nobody_cites_is_noted() -> None:
    """Only what is cited is defined."""
    assert found(good(), basis=BASIS) == ["basis-unused"] * 3


def test_texts_outside_items_are_read_too() -> None:
    """Titles of checklists, sections and facts obey the same rules of wording."""
    assert found(good(), title=text("帐号表", "Accounts")) == ["term-avoid"]


SILENT_TITLES = Silence(rule="title-long", reason="名称由上级规定。")


def test_a_silence_at_the_head_is_for_the_whole_checklist() -> None:
    """It needs a reason and a rule that exists, like that of an item."""
    assert found(good(title=LONG), silence=(SILENT_TITLES,)) == []
    unreasoned = Silence(rule="title-long", reason=" ")
    unknown = Silence(rule="tittle-long", reason="长。")
    assert found(good(title=LONG), silence=(unreasoned, unknown)) == [
        "silence-reason",
        "silence-unknown",
        "title-long title.zh",
    ]


def test_quoted_wording_has_no_style() -> None:
    """The wording of a framework is its own; other rules stay."""
    assert found(good(title=LONG, refs=()), verbatim=True) == ["ref-missing"]
