"""Which closing of a round a tag stands for, and which answers came after it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assess.engine.closings import (
    LateAnswer,
    diff_reported_and_present_answers,
    format_closing_count_and_tag,
    next_closing_tag,
    parse_closing_number_or_one,
)
from assess.model.answer import Answer

AT = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("taken", "tag"),
    [
        ([], "round/2026"),
        (["round/2025", "round/2026-h1", "v1"], "round/2026"),
        (["round/2026"], "round/2026.2"),
        (["round/2026.2"], "round/2026.3"),
        (["round/2026", "round/2026.9", "round/2026.10"], "round/2026.11"),
        (["round/2026.x"], "round/2026.2"),
    ],
)
def test_the_next_closing_has_the_next_tag(taken: list[str], tag: str) -> None:
    """No tag that stands for a closing of this round is ever used again."""
    assert next_closing_tag("2026", taken) == tag


def test_a_tag_tells_which_closing_it_is() -> None:
    """A tag without a number, and one that somebody chose, is the first."""
    tags = ("round/2026", "round/2026-h1.2", "round/2026.13", "signed", "round/2026.0")
    assert [parse_closing_number_or_one(tag) for tag in tags] == [1, 2, 13, 1, 1]


def test_closings_are_told_in_words() -> None:
    """How often, in both languages, always with the tag."""
    assert format_closing_count_and_tag("round/2026", "en") == "closed (tag round/2026)"
    assert (
        format_closing_count_and_tag("round/2026.2", "en")
        == "closed for the second time (tag round/2026.2)"
    )
    assert format_closing_count_and_tag("round/2026.3", "en") == "closed 3 times (tag round/2026.3)"
    assert (
        format_closing_count_and_tag("round/2026.3", "zh") == "已第 3 次关闭（标签 round/2026.3）"
    )


def test_late_answers_are_those_that_differ() -> None:
    """New, changed and removed ones, each with who gave it; what is the same is left out."""
    reported = {
        "A-1": Answer(status="met", by="wang"),
        "A-2": Answer(status="met", by="wang"),
        "A-3": Answer(status="unmet"),
    }
    present = {
        "A-1": Answer(status="met", by="wang"),
        "A-2": Answer(status="unmet", by="li", at=AT),
        "A-4": Answer(status="partial"),
    }
    assert diff_reported_and_present_answers(reported, present) == (
        LateAnswer(item="A-2", kind="changed", by="li", at=AT),
        LateAnswer(item="A-4", kind="new"),
        LateAnswer(item="A-3", kind="removed"),
    )
    assert diff_reported_and_present_answers(reported, reported) == ()
