"""The tables of a roll-up of random units: recounted from the records, and from the documents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any, NamedTuple

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from assess.display.rollup.document import make_rollup_document
from assess.engine.rollup.comparison import compare_campaigns
from assess.engine.rollup.figures_file import make_figures
from assess.engine.rollup.records import RollUpRecords, UnitEntry
from assess.engine.rollup.stored_entries import (
    decode_stored_checklist,
    decode_unit_entry,
    encode_unit_entry,
)
from assess.engine.rollup.unit_entries import add_round_data
from assess.engine.round_data import (
    DataOrigin,
    make_checklist_record,
    make_round_data,
    make_round_record,
    make_sheet_record,
)
from assess.engine.round_data_json import (
    decode_round_data,
    encode_round_data,
    make_schema_of_records,
)
from assess.engine.unit_states import UnitProgress
from assess.model.answer import Answer, Remediation
from assess.model.base import Number
from assess.model.config import Round
from assess.model.office import Campaign, IssuedChecklist, Unit
from assess.model.receipt import Receipt, ReceivedFile
from assess.model.results import format_score
from assess.model.rollup import ROLLUP_FORMAT, RollUpDocument
from assess.model.rollup_figures import RollUpFigures
from assess.model.round_data import RoundData
from assess.report.rollup.text_forms import rollup_to_csv, rollup_to_json
from assess.workspace.office.rollup_files import encode_figures
from factories import (
    TODAY,
    assessed,
    checklist,
    choice,
    config,
    conformity,
    high_risk,
    number,
    section,
    sheet,
)
from json_schemas import list_schema_faults

NOW = datetime(2026, 12, 2, 9, tzinfo=UTC)
DIGEST = "sha256:" + "a" * 64
ISSUED = checklist(
    sections=(
        section(conformity("A-1", high_risk=high_risk()), conformity("A-2"), id_="s1"),
        section(conformity("A-3"), number("A-4"), choice("A-7", None, None), id_="s2"),
    )
)
CAMPAIGN = Campaign(
    title="自查",
    issued=date(2026, 1, 1),
    due=TODAY,
    checklists=(IssuedChecklist(id=ISSUED.id, version=ISSUED.version, digest=DIGEST),),
)


class RandomUnit(NamedTuple):
    """A unit with the data that it handed in, None where it did not."""

    category: str | None
    data: RoundData | None


def answers_of_conformity() -> st.SearchStrategy[Answer | None]:
    """Return a strategy for answers, with or without a measure."""
    measures = st.builds(
        Remediation,
        state=st.sampled_from(("planned", "in_progress", "done", "verified")),
        due=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        done_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 30)),
    )
    statuses = st.sampled_from(("met", "partial", "unmet"))
    return st.none() | st.builds(
        Answer, status=statuses, note=st.just("说明"), remediation=st.none() | measures
    )


@st.composite
def random_units(draw: st.DrawFn) -> RandomUnit:
    """Draw a unit."""
    category = draw(st.sampled_from(("部门", "乡镇街道", None)))
    if draw(st.integers(0, 4)) == 0:
        return RandomUnit(category, None)
    drawn: dict[str, Answer | None] = {
        key: draw(answers_of_conformity()) for key in ("A-1", "A-2", "A-3")
    }
    amount = draw(st.none() | st.integers(0, 10**6))
    drawn["A-4"] = Answer(value=Number(amount)) if amount is not None else None
    option = draw(st.sampled_from((None, *(row.id for row in choice("A-7", None, None).options))))
    drawn["A-7"] = Answer(value=option) if option is not None else None
    given_answers = {key: answer for key, answer in drawn.items() if answer is not None}
    made = sheet(given_answers)
    settings = config(rounds={"2026": Round(title="x", sheets=(ISSUED.id,))})
    data = make_round_data(
        settings,
        make_round_record("2026", settings.rounds["2026"], sanitised=False),
        DataOrigin("0.1.0", TODAY, None),
        [make_checklist_record(ISSUED.id, ISSUED, DIGEST)],
        [make_sheet_record(ISSUED.id, made, assessed(ISSUED, given_answers))],
    )
    return RandomUnit(category, data)


def make_records(units: list[RandomUnit]) -> RollUpRecords:
    """Return the records of units, read from the bytes of their data."""
    entries = []
    for place, unit in enumerate(units):
        came_in = unit.data is not None
        progress = UnitProgress("in" if came_in else "missing", "r" if came_in else None)
        entry = UnitEntry(f"u{place}", Unit(name=f"=单位{place}", category=unit.category), progress)
        if unit.data is not None:
            head = msgspec.structs.replace(unit.data, sheets=())
            text = b"".join(encode_round_data(head, unit.data.sheets))
            file = ReceivedFile(name="x.zip", digest=DIGEST, size=1)
            receipt = Receipt(state="taken", received=TODAY, at=NOW, file=file)
            entry = entry._replace(number="r", receipt=receipt)
            entry = add_round_data(entry, decode_round_data(text), {DIGEST: ISSUED}, {})
        entries.append(entry)
    return RollUpRecords("办", "2026", CAMPAIGN, TODAY, tuple(entries), {ISSUED.id: ISSUED})


def rows_of(document: RollUpDocument, key: str) -> list[dict[str, Any]]:
    """Return the rows of a table by the ids of its columns."""
    (table,) = (table for table in document.tables if table.key == key)
    ids = [column.id for column in table.columns]
    return [dict(zip(ids, row, strict=True)) for row in table.rows]


@given(units=st.lists(random_units(), max_size=3))
def test_what_is_stored_of_units_makes_the_same_records(units: list[RandomUnit]) -> None:
    """A second reading has the entries of the first."""
    for entry in make_records(units).units:
        if entry.dated is not None:
            bare = UnitEntry(entry.id, entry.unit, entry.progress, entry.number, entry.receipt)
            content, checklists = encode_unit_entry(entry)
            stored = {key: decode_stored_checklist(row) for key, row in checklists.items()}
            restored = decode_unit_entry(bare, content, stored.__getitem__)
            assert (restored, repr(restored)) == (entry, repr(entry))


@given(units=st.lists(random_units(), max_size=5))
def test_places_and_quartiles_follow_the_scores_of_the_records(units: list[RandomUnit]) -> None:
    """A place is one more than the better scores of the category; nobody is lost or 0."""
    document = make_rollup_document(make_records(units), "en")
    rows = rows_of(document, "ranking")
    assert sorted(row["unit_id"] for row in rows) == sorted(
        f"u{place}" for place in range(len(units))
    )
    scores: dict[str, Decimal] = {}
    for place, unit in enumerate(units):
        score = unit.data.sheets[0].score if unit.data is not None else None
        if score is not None and score.complete:
            scores[f"u{place}"] = score.value
    category_of = {f"u{place}": unit.category for place, unit in enumerate(units)}
    for row in rows:
        key = row["unit_id"]
        if key not in scores:
            assert (row["place"], bool(row["apart"])) == (None, True)
            continue
        rivals = [scores[other] for other in scores if category_of[other] == category_of[key]]
        assert row["place"] == 1 + sum(score > scores[key] for score in rivals)
    (total, *_parts) = rows_of(document, "scores")
    assert total["sheets"] == len(scores)
    (now,) = rows_of(document, "trend")
    assert (now["sheets"], now["median"]) == (total["sheets"], total["median"])
    assert now["alike"] == now["items"]
    if scores:
        middle = median(map(Fraction, scores.values()))
        assert f"{total['median']}" == format_score(middle)
        assert (total["lowest"], total["highest"]) == (min(scores.values()), max(scores.values()))
    else:
        assert (total["median"], total["lowest"]) == (None, None)


@given(units=st.lists(random_units(), max_size=5))
def test_problems_measures_and_sums_are_those_of_the_records(units: list[RandomUnit]) -> None:
    """Recounted item by item."""
    document = make_rollup_document(make_records(units), "zh")
    items: Mapping[str, list[Any]] = {key: [] for key in ISSUED.items()}
    for unit in units:
        for part in unit.data.sheets[0].sections if unit.data is not None else ():
            for item in part.items:
                items[item.id].append(item)
    common = {row["item_id"]: row for row in rows_of(document, "common_problems")}
    for key in ("A-1", "A-2", "A-3"):
        failed = sum(item.result in ("partial", "unmet") for item in items[key])
        assert (key in common) == (failed > 0)
        if failed:
            judged = sum(item.result is not None for item in items[key])
            assert (common[key]["failed"], common[key]["judged"]) == (failed, judged)
            assert common[key]["open"] == len(items[key]) - judged
    (total, *_parts) = rows_of(document, "remediation")
    sheets = [unit.data.sheets[0] for unit in units if unit.data is not None]
    assert total["problems"] == sum(row.findings for row in sheets)
    assert total["overdue"] == sum(row.overdue for row in sheets)
    assert len(rows_of(document, "overdue")) == total["overdue"]
    states = [
        item.measure.state for rows in items.values() for item in rows if item.measure is not None
    ]
    assert total["mended"] == sum(state in ("done", "verified") for state in states)
    assert total["closed"] == states.count("verified")
    numbers = [item.value for item in items["A-4"] if item.value is not None]
    sums = [row for row in rows_of(document, "statistics") if row["item_id"] == "A-4"]
    if sums:
        assert sums[0]["value"] == (sum(numbers) if numbers else None)
        assert (sums[0]["answered"], sums[0]["unanswered"]) == (
            len(numbers),
            len(items["A-4"]) - len(numbers),
        )


@given(units=st.lists(random_units(), max_size=5))
def test_every_form_has_the_same_cells(units: list[RandomUnit]) -> None:
    """Shares lie between 0 and 1; JSON fits its schema; CSV has a row for each row, no formula."""
    document = make_rollup_document(make_records(units), "zh")
    for table in document.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                if column.kind == "percent" and cell is not None:
                    assert 0 <= cell <= 1
    plain = json.loads(rollup_to_json(document))
    assert list_schema_faults(plain, make_schema_of_records(RollUpDocument, ROLLUP_FORMAT)) == []
    for table in document.tables:
        text = rollup_to_csv(document)[table.key].decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text)))
        assert len(lines) == len(table.rows) + 2
        assert not [cell for line in lines for cell in line if cell.startswith("=")]


@given(units=st.lists(random_units(), min_size=1, max_size=4))
def test_a_campaign_compared_with_itself_has_not_changed(units: list[RandomUnit]) -> None:
    """figures.json is read as it was written, and every alike answer is the same."""
    figures = make_figures(make_records(units))
    assert msgspec.json.decode(encode_figures(figures), type=RollUpFigures) == figures
    compared = compare_campaigns(figures, figures)
    assert compared.alike_items == len(ISSUED.items())
    for row in compared.units:
        assert row.met_before == row.met_now
        assert row.change in ("compared", "not-comparable")
