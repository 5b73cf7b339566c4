"""What is stored of a hand-in gives the entry of its unit back, digit for digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assess.engine.rollup.records import FindingEntry, SheetEntry, UnitEntry
from assess.engine.rollup.stored_entries import (
    decode_stored_checklist,
    decode_unit_entry,
    encode_unit_entry,
)
from assess.engine.unit_states import UnitProgress
from assess.model.base import Bilingual, Number
from assess.model.office import Unit
from assess.model.round_data import (
    ChecklistRecord,
    CountsRecord,
    ItemDefinition,
    MeasureRecord,
    ScoreRecord,
    SectionDefinition,
    SystemRecord,
)

COUNTS = CountsRecord(
    applicable=6,
    met=1,
    partial=1,
    unmet=1,
    not_applicable=1,
    answered=1,
    unanswered=1,
    left_out=1,
    met_without_evidence=0,
    without_reason=0,
)
SYSTEM = SystemRecord(
    id="portal", name=Bilingual(zh="门户", en="Portal"), facts={"users": Decimal("7.50")}
)
ITEM = ItemDefinition(id="A-1", kind="conformity", weight=Number("1.50"), fingerprints={"zh": "x"})
CHECKLIST = ChecklistRecord(
    pinned_as="a",
    id="a",
    version="1",
    digest="sha256:x",
    scope="system",
    method="rate",
    sections=(SectionDefinition(id="s", items=(ITEM,)),),
)
EMPTY = UnitEntry("u", Unit(name="u"), UnitProgress("in"))
ENTRY = EMPTY._replace(
    dated=date(2026, 12, 3),
    commit="c",
    program="0.1.0",
    is_sanitised=True,
    systems=(SYSTEM,),
    sheets=(
        SheetEntry(
            name="a@portal",
            checklist=CHECKLIST,
            is_issued=True,
            system=SYSTEM,
            counts=COUNTS,
            score=ScoreRecord(value=Number("66.7"), exact="200/3", raw="200/3", complete=True),
            verdict="good",
            findings=(
                FindingEntry(
                    item="A-1",
                    risk="high",
                    high_risk_case="1.2",
                    since=date(2026, 1, 2),
                    measure=MeasureRecord(state="done", due=date(2026, 2, 3), days_late=3),
                    days_late=3,
                ),
            ),
            overdue=1,
            taken_over=2,
            sections=(("s", COUNTS),),
            outcomes=("met", "partial", "unmet", "not_applicable", "answered", None, "left_out"),
            values={"A-4": Decimal("2.50"), "A-5": [{"n": 2**70, "ok": True, "t": "=1+1"}]},
        ),
    ),
    outside=(
        FindingEntry("o1", "low", None, None, None, 0, "scan", "弱口令", "portal", is_closed=True),
    ),
)


def test_an_entry_comes_back_as_it_was() -> None:
    """Every field, decimals with all digits, each outcome; checklists by their digest."""
    encoded = encode_unit_entry(ENTRY)
    checklists = {key: decode_stored_checklist(row) for key, row in encoded.checklists.items()}
    restored = decode_unit_entry(EMPTY, encoded.content, checklists.__getitem__)
    assert restored == ENTRY
    assert repr(restored) == repr(ENTRY)
    assert f"{restored.sheets[0].values['A-4']}" == "2.50"
    assert list(checklists.values()) == [CHECKLIST]
    assert encode_unit_entry(restored) == encoded


def test_what_belongs_to_the_office_is_not_stored() -> None:
    """Name, receipt and progress are those of the day, not of the day of the reading."""
    encoded = encode_unit_entry(ENTRY)
    renamed = EMPTY._replace(unit=Unit(name="renamed"), number="r2")
    restored = decode_unit_entry(renamed, encoded.content, lambda _: CHECKLIST)
    assert (restored.unit.name, restored.number) == ("renamed", "r2")


def test_content_of_another_form_and_a_lacking_checklist_are_refused() -> None:
    """Whoever asks reads the hand-in then."""
    encoded = encode_unit_entry(ENTRY)
    with pytest.raises(KeyError):
        decode_unit_entry(EMPTY, encoded.content, dict[str, ChecklistRecord]().__getitem__)
    for content in (b"", b"[]", encoded.content[:-1], encoded.content.replace(b'"high"', b'"x"')):
        with pytest.raises(ValueError, match=r".*"):
            decode_unit_entry(EMPTY, content, lambda _: CHECKLIST)
    with pytest.raises(ValueError, match=r".*"):
        decode_stored_checklist(b"{}")


def test_a_unit_of_which_nothing_was_read_is_not_stored() -> None:
    """A fault is found again at each reading."""
    with pytest.raises(ValueError, match="u"):
        encode_unit_entry(EMPTY)
