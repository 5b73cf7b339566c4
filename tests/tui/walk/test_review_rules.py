"""Who may review what, and what a review is."""

from __future__ import annotations

import msgspec
import pytest

from assess.engine.taken_over import visible_note_digest
from assess.model.answer import Answer, Sheet
from assess.model.config import Config
from assess.tui.walk.review_rules import (
    may_be_accepted_together,
    review_refusal_text,
    review_warning_text,
)

CONFIG = {
    "format": "assess/config/1",
    "language": "zh",
    "organization": {"id": "unit", "name": "示例"},
}
PEOPLE = {
    "wang": {"name": "王敏", "roles": ["filler"]},
    "li": {"name": "李健", "roles": ["reviewer"]},
    "zhou": {"name": "周平", "roles": ["reviewer", "filler"]},
}
SHEET = {
    "format": "assess/answers/1",
    "checklist": {"id": "kinds", "version": "1"},
    "scope": {"organization": "unit"},
    "round": "2026",
}


def config(*people: str) -> Config:
    """Return a configuration with these people."""
    return msgspec.convert({**CONFIG, "people": {key: PEOPLE[key] for key in people}}, Config)


@pytest.mark.parametrize(
    ("people", "named", "person", "by", "words"),
    [
        (("wang", "li"), None, None, "wang", "choose who sits here"),
        (("wang", "li"), None, "gone", "wang", "choose who sits here"),
        (("wang", "li"), None, "wang", "li", "only a reviewer may review: 李健; w changes"),
        (("wang", "li"), None, "li", "wang", ""),
        (("wang", "li"), "wang", "wang", "li", ""),
        (("wang", "li"), None, "li", "li", ""),
        (("li", "zhou"), None, "zhou", "zhou", "reviewed by another person"),
        (("wang",), None, "wang", "wang", ""),
    ],
)
def test_who_may(
    people: tuple[str, ...], named: str | None, person: str | None, by: str, words: str
) -> None:
    """By role or by the sheet; never one's own where another may; alone one may."""
    sheet = msgspec.convert({**SHEET, "people": {"reviewer": named} if named else {}}, Sheet)
    refusal = review_refusal_text(config(*people), sheet, person, Answer(status="met", by=by), "en")
    assert words in refusal
    assert bool(refusal) == bool(words)


def test_the_warning() -> None:
    """One's own answer is warned of, another's is not."""
    people = config("wang")
    assert "王敏" in review_warning_text(people, "wang", Answer(by="wang"), "en")
    assert review_warning_text(people, "wang", Answer(by="li"), "en") == ""
    assert review_warning_text(people, None, Answer(), "en") == ""


TAKEN = {
    "round": "2025",
    "of": visible_note_digest("x"),
    "note": visible_note_digest("规则由专人清理。"),
    "evidence": ["ev-00000001"],
}


@pytest.mark.parametrize(
    ("fields", "together"),
    [
        ({}, True),
        ({"note": "规则由专人清理。", "taken_from": TAKEN}, False),
        ({"note": "规则由专人清理，今年换了人。", "taken_from": TAKEN}, True),
        (
            {
                "note": "规则由专人清理。",
                "evidence": {"ev-00000002": "policy"},
                "taken_from": TAKEN,
            },
            True,
        ),
    ],
)
def test_what_was_taken_over_is_accepted_one_by_one(
    fields: dict[str, object], together: bool
) -> None:
    """Unless its note or its evidence is new; what lacks something never is accepted together."""
    answer = msgspec.convert({"status": "met", **fields}, Answer)
    assert may_be_accepted_together(answer, ()) is together
    assert not may_be_accepted_together(answer, ("reason",))
