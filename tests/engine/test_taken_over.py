from __future__ import annotations

import pytest

from assess.engine.pseudonyms import Pseudonyms
from assess.engine.round_data import make_sheet_record
from assess.engine.sanitise import sanitised_sheet
from assess.engine.scoring.figures import count_figures
from assess.engine.taken_over import has_new_note, is_taken_over_unchanged, visible_note_digest
from assess.model.answer import Answer, TakenFrom
from assess.model.round_data import SourceRecord
from factories import assessed, checklist, conformity, fact_is, met, sheet

ITEMS = tuple(conformity(f"A-{number}") for number in range(1, 6))
LEFT_OUT = conformity("A-6", applies_when=fact_is("egov", "no"))
FROM_2025 = TakenFrom(
    round="2025", of="a-1", note=visible_note_digest("去年的"), evidence=("ev-1",)
)
NOTE_ONLY = TakenFrom(round="2025", note_only=True, of="a-1", note=visible_note_digest("去年的"))
FROM_FACT = TakenFrom(fact="wlan", of="v-1", note=visible_note_digest("没有"))

ANSWERS = {
    "A-1": met(note="去年的", evidence={"ev-1": "photo"}, taken_from=FROM_2025),
    "A-2": met(note="今年的", evidence={"ev-2": "photo"}, taken_from=FROM_2025),
    "A-3": met(note="去年的", taken_from=NOTE_ONLY),
    "A-4": Answer(status="not_applicable", note="没有", taken_from=FROM_FACT),
    "A-5": Answer(note="去年的", taken_from=FROM_2025),
    "A-6": met(taken_from=FROM_2025),
}
GIVEN = sheet(ANSWERS)
ASSESSED = assessed(checklist(*ITEMS, LEFT_OUT), GIVEN, profile={"egov": "yes"})


def test_results_that_were_taken_over_are_counted() -> None:
    """Not a note alone, nor what is unanswered, nor what does not apply."""
    assert count_figures((ASSESSED,)).taken_over == 3
    assert make_sheet_record("egov", GIVEN, ASSESSED).taken_over == 3


def test_the_data_of_a_round_say_what_is_new() -> None:
    """Note and evidence, each for itself; an answer of this round has no source."""
    record = make_sheet_record("egov", GIVEN, ASSESSED)
    sources = {item.id: item.taken_from for item in record.sections[0].items}
    assert sources["A-1"] == SourceRecord(round="2025")
    assert sources["A-2"] == SourceRecord(round="2025", new_note=True, new_evidence=True)
    assert sources["A-3"] == SourceRecord(round="2025", note_only=True)
    assert sources["A-4"] == SourceRecord(fact="wlan")


@pytest.mark.parametrize("sign", [" ", "\u3000", *"\u200b\u3164\u2800\ufe0f\u034f\u2060"])
def test_what_nobody_sees_is_no_new_note(sign: str) -> None:
    """An answer that was taken over stays one, whatever unseen sign is put behind its note."""
    assert is_taken_over_unchanged(met(note=f"去年{sign}的{sign}", taken_from=FROM_2025))
    assert is_taken_over_unchanged(met(note=sign, taken_from=FROM_2025))
    assert has_new_note(met(note="去年的。", taken_from=FROM_2025))


def test_a_sanitised_copy_counts_the_same() -> None:
    """Evidence that was taken is known by its new id; a reason that was taken is not new."""
    copy = sanitised_sheet(GIVEN, checklist(*ITEMS, LEFT_OUT), Pseudonyms(b"k", "zh"), {})
    found = assessed(checklist(*ITEMS, LEFT_OUT), copy, profile={"egov": "yes"})
    assert count_figures((found,)).taken_over == 3
    assert is_taken_over_unchanged(copy.answers["A-1"])
    assert not is_taken_over_unchanged(copy.answers["A-2"])
    assert not has_new_note(copy.answers["A-4"])
    assert "wlan" not in repr(copy)
    assert str(FROM_2025.note) not in repr(copy)
