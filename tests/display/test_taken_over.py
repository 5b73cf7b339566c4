from __future__ import annotations

import pytest

from assess.display.taken_over import (
    new_note_and_evidence_text,
    printed_taken_over_source_text,
    taken_over_count_text,
    taken_over_source_text,
)
from assess.engine.scoring.figures import count_figures
from assess.engine.taken_over import visible_note_digest
from assess.i18n import Lang
from assess.model.answer import Answer, TakenFrom
from factories import assessed, conformity, met

NOTE = visible_note_digest("n")
NOTE_OF_2026 = TakenFrom(round="2026", note_only=True, of="a")


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        (TakenFrom(round="2026", of="a"), "沿用 2026 年", "carried over from 2026"),
        (TakenFrom(round="2026-h1", of="a"), "沿用 2026-h1 轮", "carried over from 2026-h1"),
        (NOTE_OF_2026, "情况沿用 2026 年", "note and evidence of 2026"),
        (TakenFrom(fact="wlan", of="a"), "依据单位资料", "from the profile"),
        (TakenFrom(value="systems", of="a"), "依据单位资料", "from the profile"),
        (TakenFrom(value="annual/ANN-01", of="a"), "同 ANN-01", "as ANN-01"),
    ],
)  # fmt: skip
def test_where_an_answer_is_from(source: TakenFrom, zh: str, en: str) -> None:
    """A year is called one; a round of another name by its name."""
    assert taken_over_source_text(met(taken_from=source), "zh") == zh
    assert taken_over_source_text(met(taken_from=source), "en") == en
    assert taken_over_source_text(met(), "en") == taken_over_source_text(None, "zh") == ""


def test_documents_do_not_say_of_a_new_note_that_it_is_old() -> None:
    """A note that was taken and written anew, beside a result of this round, is this round's."""
    source = TakenFrom(round="2026", note_only=True, of="a", note=NOTE)
    assert (
        printed_taken_over_source_text(met(note="n", taken_from=source), "zh") == "情况沿用 2026 年"
    )
    assert printed_taken_over_source_text(met(note="new", taken_from=source), "zh") == ""
    assert printed_taken_over_source_text(None, "zh") == ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(note="n"), "nothing in note and evidence is new"),
        (Answer(note="new"), "the note is new"),
        (Answer(evidence={"ev-2": "other"}), "evidence is new"),
        (Answer(note="new", evidence={"ev-2": "other"}), "note and evidence are new"),
    ],
)
def test_what_is_new(answer: Answer, words: str) -> None:
    """Note, evidence, both, nothing."""
    source = TakenFrom(round="2026", of="a", note=NOTE)
    whole = met(note=answer.note, evidence=answer.evidence, taken_from=source)
    assert new_note_and_evidence_text(whole, "en") == words


@pytest.mark.parametrize(("lang", "words"), [("zh", "沿用 1/2"), ("en", "carried over 1/2")])
def test_how_many(lang: Lang, words: str) -> None:
    """Of the items that apply; nothing where none was."""
    items = (conformity("A-1"), conformity("A-2"))
    taken = {"A-1": met(taken_from=TakenFrom(round="2025", of="a"))}
    assert taken_over_count_text(count_figures((assessed(items, taken),)), lang) == words
    assert taken_over_count_text(count_figures((assessed(items),)), lang) == ""
