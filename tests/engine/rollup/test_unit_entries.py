"""Units with systems, with several checklists, with findings of others, with data that lies."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from assess.display.rollup.document import make_rollup_document
from assess.engine.rollup.comparison import compare_campaigns
from assess.engine.rollup.figures_file import make_figures
from assess.engine.rollup.findings import list_high_risks, list_overdue_findings
from assess.engine.rollup.heat_map import make_heat_map
from assess.engine.rollup.ranking import rank_sheets
from assess.engine.rollup.records import (
    CampaignScores,
    FindingEntry,
    RollUpRecords,
    UnitEntry,
)
from assess.engine.rollup.score_figures import compute_score_spreads
from assess.engine.rollup.trend import make_trend
from assess.engine.rollup.unit_entries import add_round_data
from assess.engine.rollup.value_statistics import compute_statistics
from assess.engine.round_data import (
    DataOrigin,
    make_checklist_record,
    make_round_data,
    make_round_record,
    make_sheet_record,
)
from assess.engine.unit_states import UnitProgress, UnitState
from assess.model.answer import Answer, RemediationState
from assess.model.base import Number
from assess.model.checklist import Checklist
from assess.model.config import Round
from assess.model.item_parts import Column
from assess.model.office import Campaign, ExpectedChecklist, IssuedChecklist, Unit
from assess.model.round_data import MeasureRecord, OutsideRecord, RoundData
from factories import TODAY, assessed, checklist, config, conformity, met, sheet, table, text

ABOUT_UNIT = checklist(
    conformity("A-1"),
    table(
        "A-9",
        columns=(
            Column(id="backup", title=text(), type="boolean"),
            Column(id="since", title=text(), type="date"),
        ),
    ),
    id="about-unit",
)
ABOUT_SYSTEMS = checklist(conformity("B-1"), id="about-systems", scope="system")
DIGESTS = {"about-unit": "sha256:" + "a" * 64, "about-systems": "sha256:" + "b" * 64}
CHECKLISTS = {row.id: row for row in (ABOUT_UNIT, ABOUT_SYSTEMS)}
ISSUED = {DIGESTS[key]: row for key, row in CHECKLISTS.items()}


def make_data(**answers: dict[str, Answer]) -> RoundData:
    """Return the data of a unit with sheets of the issued checklists, by the name of the sheet."""
    settings = config(rounds={"2026": Round(title="x")})
    sheets = []
    for name, rows in answers.items():
        chosen = CHECKLISTS[name.replace("_", "-")]
        sheets.append(make_sheet_record(chosen.id, sheet(rows), assessed(chosen, rows)))
    return make_round_data(
        settings,
        make_round_record("2026", settings.rounds["2026"], sanitised=False),
        DataOrigin("0.1.0", TODAY, None),
        [make_checklist_record(key, row, DIGESTS[key]) for key, row in CHECKLISTS.items()],
        sheets,
    )


def make_entry(
    key: str, data: RoundData | None = None, state: UnitState = "in", **unit: Any
) -> UnitEntry:
    """Return the entry of a unit."""
    entry = UnitEntry(key, Unit(name=key, **unit), UnitProgress(state))
    return add_round_data(entry, data, ISSUED, {}) if data is not None else entry


def make_records(*entries: UnitEntry, **chosen: Checklist) -> RollUpRecords:
    """Return the records of a campaign with both checklists."""
    issued = chosen or {key.replace("-", "_"): row for key, row in CHECKLISTS.items()}
    rows = tuple(
        IssuedChecklist(id=row.id, version=row.version, digest=DIGESTS[row.id])
        for row in issued.values()
    )
    campaign = Campaign(title="x", issued=TODAY, due=TODAY, checklists=rows)
    by_id = {row.id: row for row in issued.values()}
    return RollUpRecords("x", "2026", campaign, TODAY, entries, by_id)


def test_a_unit_has_a_place_in_each_checklist_that_it_has_to_answer() -> None:
    """Not asked, without systems, exempt: no row; asked and without a sheet: it is missing."""
    both = make_data(about_unit={"A-1": met(), "A-9": Answer(value=[])}, about_systems={})
    alone = msgspec.structs.replace(make_data(about_unit={}), systems=())
    records = make_records(
        make_entry("both", both),
        make_entry("alone", alone),
        make_entry("few", None, "missing", expects=(ExpectedChecklist(checklist="about-unit"),)),
        make_entry("none", None, "missing"),
        make_entry("exempt", None, "exempt"),
    )
    rows = [(row.checklist, row.entry.id, row.place, row.apart) for row in rank_sheets(records)]
    assert rows == [
        ("about-unit", "both", 1, None),
        ("about-unit", "alone", None, "incomplete"),
        ("about-unit", "few", None, "missing"),
        ("about-unit", "none", None, "missing"),
        ("about-systems", "both", None, "incomplete"),
        ("about-systems", "none", None, "missing"),
    ]
    totals = [row for row in compute_score_spreads(records) if row.is_total]
    assert [(row.sheets, row.apart) for row in totals] == [
        (1, {"incomplete": 1, "missing": 2}),
        (0, {"incomplete": 1, "missing": 1}),
    ]


def test_held_and_unreadable_are_reasons_of_their_own() -> None:
    """A unit whose only file is held, or whose file can't be read, is not called missing."""
    unreadable = make_entry("unreadable")._replace(fault="file-unreadable")
    records = make_records(make_entry("held", None, "held"), unreadable)
    assert [row.apart for row in rank_sheets(records) if row.checklist == "about-unit"] == [
        "held",
        "unreadable",
    ]


def test_columns_of_yes_and_of_days_are_counted() -> None:
    """How many rows say yes, and how many have a day."""
    value = [{"backup": True, "since": "2020-01-01"}, {"backup": False}, {"backup": True}]
    data = make_data(about_unit={"A-9": Answer(value=value)}, about_systems={})
    records = make_records(make_entry("unit", data))
    figures = {
        (row.measure, row.part): (row.value, row.of)
        for row in compute_statistics(records)
        if row.is_total
    }
    assert figures["rows", None] == (Number(3), None)
    assert figures["column_count", "backup=true"] == (Number(2), Number(3))
    assert figures["column_filled", "since"] == (Number(1), Number(3))


def test_a_column_that_is_not_to_be_summed_up_has_no_sum() -> None:
    """`total: false` of a column of numbers; the other one is summed up."""
    columns = tuple(
        Column(id=name, title=text(), type="integer", total=total)
        for name, total in (("visits", None), ("year", False))
    )
    chosen = checklist(table("A-9", columns=columns), id="about-unit")
    rows = {"A-9": Answer(value=[{"visits": 3, "year": 2025}, {"visits": 4, "year": 2026}])}
    record = make_sheet_record("about-unit", sheet(rows), assessed(chosen, rows))
    data = msgspec.structs.replace(
        make_data(),
        checklists=(make_checklist_record("about-unit", chosen, DIGESTS["about-unit"]),),
        sheets=(record,),
    )
    entry = add_round_data(
        UnitEntry("unit", Unit(name="unit"), UnitProgress("in")),
        data,
        {DIGESTS["about-unit"]: chosen},
        {},
    )
    sums = {
        row.part: row.value
        for row in compute_statistics(make_records(entry, about_unit=chosen))
        if row.is_total and row.measure == "column_sum"
    }
    assert sums == {"visits": Number(7)}


def test_a_heat_map_has_each_section_of_issued_checklists_alone() -> None:
    """A sheet of a checklist that the unit changed is not in it."""
    answers = {"A-1": met(), "A-9": Answer(value=[])}
    data = make_data(about_unit=answers, about_systems={"B-1": met()})
    record = data.checklists[0]
    assert record.id == "about-unit"
    changed = msgspec.structs.replace(
        data,
        checklists=(
            msgspec.structs.replace(record, digest="sha256:" + "c" * 64),
            *data.checklists[1:],
        ),
    )
    records = make_records(make_entry("issued", data), make_entry("changed", changed))
    (row,) = make_heat_map(records, "about-unit")
    assert row.entry.id == "issued"
    assert row.sections == {"s1": row.total}
    assert row.total.met == 1


@pytest.mark.parametrize(
    ("first_due", "is_extended"),
    [(None, False), (date(2026, 6, 1), True), (date(2026, 9, 1), False)],
)
def test_a_due_day_is_extended_where_an_earlier_day_was_promised(
    first_due: date | None, *, is_extended: bool
) -> None:
    """Without a first day, or where it was the later one, it is not."""
    measure = MeasureRecord(state="planned", due=date(2026, 8, 1), first_due=first_due)
    finding = FindingEntry("A-1", "high", None, None, measure, 0)
    assert finding.is_extended is is_extended
    assert not finding._replace(measure=None).is_extended


@pytest.mark.parametrize(
    ("state", "due", "days_late", "is_over"),
    [
        ("planned", date(2026, 11, 24), 0, True),
        ("planned", date(2026, 12, 3), 0, False),
        ("planned", date(2026, 11, 1), 3, False),
        ("done", date(2026, 11, 24), 0, False),
        ("risk_accepted", date(2026, 11, 24), 0, False),
        ("planned", None, 0, False),
    ],
)
def test_a_due_day_may_be_over_since_the_unit_handed_in(
    state: RemediationState, due: date | None, days_late: int, *, is_over: bool
) -> None:
    """What is late by the unit's own figures, mended or accepted is not told again."""
    measure = MeasureRecord(state=state, due=due)
    finding = FindingEntry("A-1", "high", None, None, measure, days_late)
    assert finding.is_due_before(date(2026, 12, 3)) is is_over
    assert not finding._replace(is_closed=True).is_due_before(date(2026, 12, 3))


def test_cells_of_lists_are_days_numbers_and_words() -> None:
    """A day stays a day, yes and no are words; a sheet to which the table does not apply is not."""
    value = [{"backup": True, "since": "2020-01-01"}, {"backup": False}]
    one = make_data(about_unit={"A-9": Answer(value=value)}, about_systems={})
    other = make_data(about_unit={"A-9": Answer(status="not_applicable", note="x")})
    document = make_rollup_document(
        make_records(make_entry("one", one), make_entry("other", other)), "en"
    )
    (table_,) = (row for row in document.tables if row.key == "list.about-unit.A-9")
    assert [column.kind for column in table_.columns[-3:]] == ["text", "date", "text"]
    assert [(row[1], *row[-3:]) for row in table_.rows] == [
        ("one", "yes", date(2020, 1, 1), None),
        ("one", "no", None, None),
    ]


def test_findings_of_others_are_in_the_lists() -> None:
    """Open ones of high risk, and those that are late; closed ones are not."""
    rows = [
        OutsideRecord(id="o1", source="notice", text="弱口令", risk="high", days_late=5),
        OutsideRecord(id="o2", source="scan", text="x", risk="high", closed_on=date(2026, 1, 1)),
    ]
    data = msgspec.structs.replace(make_data(about_unit={}), outside=tuple(rows))
    records = make_records(make_entry("unit", data))
    assert [row.finding.item for row in list_high_risks(records)] == ["o1"]
    assert [row.finding.text for row in list_overdue_findings(records)] == ["弱口令"]


def test_a_sheet_of_a_system_that_is_gone_is_known_by_its_id() -> None:
    """assess.yaml no longer has the system."""
    data = make_data(about_systems={})
    (row,) = data.sheets
    sheets = (msgspec.structs.replace(row, system="gone"),)
    entry = make_entry("unit", msgspec.structs.replace(data, sheets=sheets))
    assert entry.sheets[0].system is not None
    assert entry.sheets[0].system.name == "gone"


@pytest.mark.parametrize(
    ("field", "value"), [("checklist", "unknown"), ("sections", ())], ids=["checklist", "sections"]
)
def test_data_that_does_not_fit_its_checklist_is_refused(field: str, value: Any) -> None:
    """A checklist that is not there; other items than it has."""
    data = make_data(about_unit={})
    sheets = (msgspec.structs.replace(data.sheets[0], **{field: value}),)
    with pytest.raises(ValueError, match=r"."):
        make_entry("unit", msgspec.structs.replace(data, sheets=sheets))


def test_an_item_of_another_name_and_a_false_digest_are_refused() -> None:
    """A definition says the issued checklist, and the items are others."""
    data = make_data(about_systems={})
    (row,) = data.sheets
    (part,) = row.sections
    renamed = msgspec.structs.replace(
        part, items=(msgspec.structs.replace(part.items[0], id="Z-9"),)
    )
    sheets = (msgspec.structs.replace(row, sections=(renamed,)),)
    with pytest.raises(ValueError, match="Z-9"):
        make_entry("unit", msgspec.structs.replace(data, sheets=sheets))
    other = msgspec.structs.replace(data.checklists[1], digest=DIGESTS["about-unit"])
    false = msgspec.structs.replace(data, checklists=(data.checklists[0], other))
    with pytest.raises(ValueError, match="about-systems"):
        make_entry("unit", false)


def test_a_new_checklist_and_a_new_sheet_are_compared_with_nothing() -> None:
    """A unit has something to compare in the checklist that both campaigns have."""
    before = make_records(
        make_entry("unit", make_data(about_unit={"A-1": met()})), about_unit=ABOUT_UNIT
    )
    now = make_records(
        make_entry("unit", make_data(about_unit={"A-1": met()}, about_systems={"B-1": met()}))
    )
    compared = compare_campaigns(make_figures(before), make_figures(now))
    assert (compared.alike_items, compared.items_now) == (2, 3)
    assert [(row.change, row.items) for row in compared.units] == [("compared", 1)]


def test_a_unit_without_data_in_one_campaign_is_told_from_one_that_is_not_in_its_list() -> None:
    """A unit that hands in nothing now has not left, and is not new where it did so before."""
    data = make_data(about_unit={"A-1": met()})
    before = make_records(
        *(make_entry(key, data) for key in ("both", "now-missing", "left")),
        *(make_entry(key, state="missing") for key in ("came-late", "never")),
    )
    now = make_records(
        *(make_entry(key, data) for key in ("joined", "came-late", "both")),
        *(make_entry(key, state="missing") for key in ("never", "now-missing")),
    )
    compared = compare_campaigns(make_figures(before), make_figures(now))
    assert [(row.unit, row.change) for row in compared.units] == [
        ("both", "compared"),
        ("joined", "new"),
        ("came-late", "absent-before"),
        ("now-missing", "absent-now"),
        ("left", "gone"),
        ("never", "not-comparable"),
    ]


def test_an_item_that_does_not_apply_is_neither_answered_nor_open() -> None:
    """It is in no sum, and not among what is unanswered."""
    answer = Answer(status="not_applicable", note="无")
    data = make_data(about_unit={"A-9": answer}, about_systems={})
    rows = list(compute_statistics(make_records(make_entry("unit", data))))
    assert rows != []
    assert {(row.answered, row.unanswered) for row in rows} == {(0, 0)}


def test_a_campaign_without_a_checklist_is_not_in_its_trend() -> None:
    """The campaign before had another checklist: the trend begins with the present one."""
    records = make_records(make_entry("a", make_data(about_unit={"A-1": met()})))
    earlier = CampaignScores("2025", (), {})
    rows = make_trend(records._replace(earlier=(earlier,)))
    assert rows
    assert {row.campaign for row in rows} == {"2026"}
