"""Labels in the place of units: systems, checklists of their own, findings of others."""

from __future__ import annotations

from datetime import date

import msgspec

from assess.display.rollup.document import make_rollup_document
from assess.engine.rollup.anonymous import list_small_categories, make_anonymous_records
from assess.engine.rollup.comparison import compare_campaigns
from assess.engine.rollup.figures_file import make_figures
from assess.engine.rollup.ranking import rank_sheets
from assess.engine.rollup.records import RollUpRecords, UnitEntry
from assess.engine.rollup.score_figures import compute_score_spreads
from assess.model.answer import Answer
from assess.model.base import Bilingual
from assess.model.round_data import MeasureRecord, OutsideRecord, SystemRecord
from assess.report.rollup.text_forms import rollup_to_json
from engine.rollup.test_unit_entries import make_data, make_entry, make_records
from factories import met

HIDDEN_WORD = "机密"
GOOD = {"A-1": met(), "A-9": Answer(value=[])}
FAILED = {"A-1": Answer(status="unmet", note=HIDDEN_WORD), "A-9": Answer(value=[])}


def make_unit(key: str, answers: dict[str, Answer]) -> UnitEntry:
    """Return a unit with a system whose name is secret, and a finding of others."""
    data = make_data(about_unit=answers, about_systems={"B-1": answers["A-1"]})
    about_system = msgspec.structs.replace(
        data.sheets[1], name=f"about-systems@x-{key}", system=f"x-{key}"
    )
    sheets = (data.sheets[0], about_system)
    measure = MeasureRecord(
        state="planned", action=HIDDEN_WORD, owner=HIDDEN_WORD, due=date(2026, 1, 1)
    )
    row = OutsideRecord(
        id=HIDDEN_WORD,
        source="notice",
        text=HIDDEN_WORD,
        risk="high",
        system=f"x-{key}",
        measure=measure,
    )
    system = SystemRecord(id=f"x-{key}", name=Bilingual(zh=HIDDEN_WORD, en=HIDDEN_WORD))
    return make_entry(
        key,
        msgspec.structs.replace(data, sheets=sheets, outside=(row,), systems=(system,)),
        category="部门",
    )


def make_campaign(*names: str) -> RollUpRecords:
    """Return a campaign with units; the first fails."""
    entries = [make_unit(key, FAILED if at == 0 else GOOD) for at, key in enumerate(names)]
    edited = entries[-1]
    sheet = edited.sheets[0]
    record = msgspec.structs.replace(sheet.checklist, id="x-own", version=HIDDEN_WORD)
    changed = sheet._replace(name="x-own", checklist=record, is_issued=False)
    entries[-1] = edited._replace(sheets=(*edited.sheets[1:], changed))
    return make_records(*entries)


def test_no_word_of_a_unit_is_left() -> None:
    """In no table; neither ids of units and systems, nor a checklist of a unit's own."""
    before = make_figures(make_campaign("x-one", "x-two", "x-three", "x-gone", "x-last"))
    names = ("x-two", "x-one", "x-three", "x-four", "x-five", "x-last")
    records = make_campaign(*names)._replace(before=before)
    hidden = make_anonymous_records(records, "zh")
    text = rollup_to_json(make_rollup_document(hidden, "zh")).decode()
    assert HIDDEN_WORD in rollup_to_json(make_rollup_document(records, "zh")).decode()
    assert not [word for word in (HIDDEN_WORD, "x-", *names) if word in text]
    assert (list_small_categories(records), hidden) == ([], make_anonymous_records(records, "zh"))
    assert sorted(entry.unit.name for entry in hidden.units) == [f"部门 {at}" for at in range(1, 7)]


def test_changes_against_the_preceding_campaign_stay() -> None:
    """Places of the sheets of systems, too; the unit that is gone has a label of its own."""
    before = make_figures(make_campaign("one", "two", "three", "gone", "last"))
    records = make_campaign("two", "one", "three", "four", "five", "last")._replace(before=before)
    hidden = make_anonymous_records(records, "en")

    def list_changes(source: RollUpRecords) -> list[str]:
        rows = [(row.checklist, row.place, row.change, row.earlier) for row in rank_sheets(source)]
        return sorted(map(str, rows))

    assert list_changes(hidden) == list_changes(records)
    assert hidden.before is not None
    compared = [
        sorted((row.change, row.items, row.met_now) for row in compare_campaigns(old, now).units)
        for old, now in (
            (before, make_figures(records)),
            (hidden.before, make_figures(hidden)),
        )
    ]
    assert compared[0] == compared[1]
    rows = compare_campaigns(hidden.before, make_figures(hidden)).units
    assert [row.unit for row in rows if row.change == "gone"] == ["gone-1"]


def test_a_median_needs_five_units() -> None:
    """Four units with a score have none; named, they have."""
    four = make_campaign("one", "two", "three", "four", "last")
    five = make_campaign("one", "two", "three", "four", "five", "last")
    assert list_small_categories(make_campaign("one", "last")) == ["部门"]
    medians = [
        next(row.median for row in compute_score_spreads(records) if row.is_total)
        for records in (
            four,
            make_anonymous_records(four, "zh"),
            make_anonymous_records(five, "zh"),
        )
    ]
    assert [median is None for median in medians] == [False, True, False]
