"""What is asked before a round is closed: every kind of open work with its count, once."""

from __future__ import annotations

from assess.display.rounds.closing_words import (
    closing_question_and_state,
    closing_refusal_text,
    list_unfinished_work,
)
from assess.engine.rounds import RoundClosing


def test_a_finished_round_is_asked_for_all_the_same() -> None:
    """It says that all is done, and nothing of a draft."""
    closing = RoundClosing()
    assert list_unfinished_work(closing, "zh") == []
    question, text = closing_question_and_state("2026", closing, "zh")
    assert question == "关闭轮次 2026？"
    assert text.splitlines()[0] == "全部已填、已审核。"
    assert "草稿" not in text


def test_answers_that_wait_are_counted_by_one_word() -> None:
    """未审核 is what waits for the reviewer; 待复核 is only what was answered to other words."""
    closing = RoundClosing(unreviewed=20, unanswered=1, is_report_draft=True)
    assert list_unfinished_work(closing, "zh") == ["1 项未填", "20 项未审核"]
    assert "这样关闭，报告仍标为草稿。" in closing_question_and_state("2026", closing, "zh")[1]


def test_each_reason_against_closing_has_its_cure() -> None:
    """The key or the command stands beside the count."""
    closing = RoundClosing(conflicts=2, errors=1, uncommitted=3)
    lines = closing_refusal_text(closing, "en").splitlines()
    assert lines == [
        "conflicts left by a merge: 2; x settles them",
        "errors in the files: 1; in a shell: assess lint",
        "files not in a version: 3; a closed round is what its last version holds",
    ]
