"""How scores are worded where they are not final, or not there."""

from __future__ import annotations

from assess.display.figures import (
    score_or_why_none_text,
    unanswered_items_count_text,
    verdict_or_why_none_text,
)
from assess.model.answer import Answer
from assess.model.results import Counts
from factories import assessed, conformity, date_item, met, unmet

TWO = (conformity("A"), conformity("B"))
OUT = Answer(status="not_applicable", note="none here")


def test_scores_say_what_they_are_of() -> None:
    """Final, of the answered part, of nothing answered, of nothing assessed, of no checklist."""
    rows = [
        (assessed(TWO, {"A": met(), "B": unmet()}), "50.0", ""),
        (assessed(TWO, {"A": met()}), "100.0 (answered part, 1/2)", "none yet: not complete"),
        (assessed(TWO, {}), "unanswered, no score", "none yet: not complete"),
        (
            assessed(TWO, {"A": OUT, "B": OUT}),
            "nothing assessed, no score",
            "none: nothing assessed",
        ),
        (assessed((date_item("A"),), {}), "–", ""),
    ]
    for assessment, score, verdict in rows:
        assert (
            score_or_why_none_text(assessment, "en"),
            verdict_or_why_none_text(assessment, "en"),
        ) == (score, verdict)


def test_what_is_open_is_told_apart() -> None:
    """Unanswered, and not applicable without the reason."""
    words = unanswered_items_count_text(Counts(applicable=3, unanswered=2, without_reason=1), "en")
    assert words == "unanswered items: 2; not applicable without the reason: 1"
    assert unanswered_items_count_text(Counts(applicable=3), "en") == ""
