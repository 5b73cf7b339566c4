"""Phrases for a note: from the section's last notes, the verdict and the check steps."""

from __future__ import annotations

from datetime import UTC, datetime

from assess.display.walk.phrases import list_phrases_of_item, list_recent_notes
from assess.model.answer import Answer
from assess.model.base import Bilingual
from assess.model.item import Conformity, Verdict

ITEM = Conformity(
    id="X-01",
    title="T",
    requirement="R",
    check=(
        Bilingual(
            zh="抽 5 台终端，记下安装日期、版本，再看登记；记下的都签字。",
            en="Pick 5 terminals and note the date of installation; look at the list.",
        ),
    ),
    verdict=Verdict(
        met=Bilingual(zh="都装了。", en="All have it."),
        unmet=Bilingual(
            zh="有一台没装；或说不清；以及其余情形。", en="One lacks it; or nobody knows."
        ),
        not_applicable="never",
    ),
)


def test_phrases_are_of_the_result_and_of_what_is_written_down() -> None:
    """Each case is a phrase, without the word before it; a sample and what is noted are others."""
    steps = ["抽查 __ 台，其中 __ 台不符", "安装日期、版本："]
    assert list_phrases_of_item(ITEM, "unmet", "zh") == ["有一台没装", "说不清", *steps]
    assert list_phrases_of_item(ITEM, None, "zh") == ["都装了", "有一台没装", "说不清", *steps]
    assert list_phrases_of_item(ITEM, "not_applicable", "zh") == steps
    assert list_phrases_of_item(ITEM, "unmet", "en") == [
        "One lacks it",
        "nobody knows",
        "terminals: __ sampled, __ of them fail",
        "the date of installation: ",
    ]


def test_three_last_notes_each_once() -> None:
    """The newest first; a text that was written twice stands once."""
    answers = [
        Answer(note=text, at=datetime(2026, 5, day, tzinfo=UTC))
        for day, text in enumerate("甲乙丙丙丁", 1)
    ]
    assert list_recent_notes([Answer(status="met"), *answers]) == ["丁", "丙", "乙"]
