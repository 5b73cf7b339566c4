"""The data of a round: figures of the assessment, null for what is not answered, equal bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.fingerprint import item_fingerprint
from assess.engine.round_data import (
    DataOrigin,
    make_checklist_record,
    make_round_data,
    make_round_record,
    make_sheet_record,
)
from assess.engine.round_data_json import (
    DATA_START,
    _encode_number_or_raise,
    _schema_of_number_type,
    decode_round_data,
    encode_round_data,
    make_round_data_schema,
)
from assess.model import round_data
from assess.model.answer import Answer, Remediation
from assess.model.base import Number
from assess.model.checklist import Checklist
from assess.model.config import Config, Grade, Round, System
from assess.model.item_parts import Other
from assess.model.results import Assessment, format_score
from assess.model.round_data import DATA_FORMAT, DataRecord
from assess.store.yaml.json_schema import read_shipped_schema
from factories import (
    TODAY,
    assessed,
    band,
    checklist,
    choice,
    choices,
    config,
    conformity,
    date_item,
    fact_is,
    high_risk,
    ladder,
    number,
    ratio,
    scoring,
    section,
    sheet,
    table,
    text,
    text_item,
)
from json_schemas import list_schema_faults, schemas_of_types

ROOT = Path(__file__).resolve().parents[2]
DIGEST = "sha256:" + "0" * 64
ORIGIN = DataOrigin(program="0.1.0", date=TODAY, commit=None)
ITEMS = (
    conformity("A-1", weight=Number("1.50"), high_risk=high_risk(), veto=True),
    conformity("A-10", applies_when=fact_is("egov", True)),
    ladder("A-2"),
    ratio("A-3"),
    number("A-4"),
    date_item("A-5"),
    text_item("A-6", personal=True),
    choice("A-7", other=Other()),
    choices("A-8", other=Other()),
    table("A-9"),
)
VALUES: dict[str, tuple[Any, ...]] = {
    "A-2": ("quarterly", "yearly", "never", "wrong"),
    "A-3": ({"part": 1, "whole": 3}, {"part": 23, "whole": 25}, {"part": 2, "whole": 0}),
    "A-4": (3, Number("1E+1"), Number("0.50"), "three"),
    "A-5": ("2026-03-18", "2026-02-30"),
    "A-6": ("王敏\n李健", ""),
    "A-7": ("a", {"other": "别的"}, "wrong"),
    "A-8": (["a"], ["a", "b"], [{"other": "别的"}], []),
    "A-9": ([], [{"carrier": "电信", "mbps": Number("99.90")}], [{"mbps": "fast"}, "row"]),
}


def example(**fields: Any) -> Checklist:
    """Return the checklist of all kinds, in two sections, with two verdicts."""
    bands = (band("good", at_least=Number(60)), band("bad"))
    parts = (section(*ITEMS[:3], id_="s1"), section(*ITEMS[3:], id_="s2"))
    return checklist(sections=parts, scoring=scoring(bands=bands), **fields)


@st.composite
def answers(draw: Any, item_id: str) -> Answer:
    """Draw an answer to an item: readable or not, with or without a measure and evidence."""
    statuses = ("met", "partial", "unmet", "not_applicable", None)
    status = draw(st.sampled_from(statuses if item_id not in VALUES else (None, "not_applicable")))
    value = draw(st.sampled_from((*VALUES.get(item_id, ()), None))) if status is None else None
    plan = Remediation(
        action="改", owner="王敏", due=draw(st.sampled_from((TODAY, date(2026, 5, 1))))
    )
    return Answer(
        status=status,
        value=value,
        note=draw(st.sampled_from((None, "", "说明 ]}\n", "<script>"))),
        evidence=draw(st.sampled_from(({}, {"ev-1": "photo"}, {"ev-9": ("photo", "other")}))),
        remediation=draw(st.sampled_from((None, plan))),
        fingerprint=draw(st.sampled_from((None, "zh-000000000000"))),
        recheck=draw(st.sampled_from((None, TODAY))),
    )


@st.composite
def random_answers(draw: Any) -> dict[str, Answer]:
    """Draw the answers of a sheet: any part of the items."""
    ids = draw(st.lists(st.sampled_from([item.id for item in ITEMS]), unique=True))
    return {item_id: draw(answers(item_id)) for item_id in ids}


@st.composite
def random_settings(draw: Any) -> Config:
    """Draw an assess.yaml: facts given or not, a system with or without its grade."""
    grade = draw(st.sampled_from((None, Grade(level=3, s=2, a=3))))
    facts = draw(st.sampled_from(({}, {"egov": True}, {"egov": False, "share": Number("0.50")})))
    names = st.sampled_from(("门户", text("门户", "Portal")))
    return config(profile=facts, systems={"portal": System(name=draw(names), grade=grade)})


def encoded(settings: Config, *made: tuple[str, Assessment, dict[str, Answer]]) -> bytes:
    """Return the JSON of a round with these sheets."""
    head = make_round_data(
        settings,
        make_round_record("2026", settings.rounds["2026"], sanitised=False),
        ORIGIN,
        [make_checklist_record("egov", example(), DIGEST)],
    )
    records = (make_sheet_record(name, sheet(said), one) for name, one, said in made)
    return b"".join(encode_round_data(head, records))


def one_sheet(said: dict[str, Answer], **settings: Any) -> dict[str, Any]:
    """Return the JSON of a sheet with these answers."""
    made = assessed(example(), said, **settings)
    plain: dict[str, Any] = json.loads(encoded(config(**settings), ("egov", made, said)))
    return dict(plain["sheets"][0])


def items_of(plain: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the items of a sheet by id."""
    return {one["id"]: one for part in plain["sections"] for one in part["items"]}


@given(settings=random_settings(), first=random_answers(), second=random_answers())
def test_any_round_fits_the_schema(
    settings: Config, first: dict[str, Answer], second: dict[str, Answer]
) -> None:
    """Whatever is answered; and the figures are those of the assessment."""
    sheets = [
        (name, assessed(example(), said, profile=settings.profile), said)
        for name, said in (("egov", first), ("egov@portal", second))
    ]
    data = encoded(settings, *sheets)
    assert data == encoded(settings, *sheets)
    assert data.startswith(DATA_START)
    plain = json.loads(data)
    assert list_schema_faults(plain, make_round_data_schema()) == []
    for row, (_name, assessment, _said) in zip(plain["sheets"], sheets, strict=True):
        _compare(row, assessment)


def _compare(row: dict[str, Any], assessment: Assessment) -> None:
    counts, score = assessment.counts, assessment.score
    assert row["counts"]["applicable"] == counts.applicable - counts.not_applicable
    assert row["counts"]["unanswered"] == counts.unanswered
    assert row["findings"] == len(assessment.findings)
    for state in assessment.items:
        one = items_of(row)[state.item.id]
        assert (one["result"], one.get("risk")) == (state.result, state.risk)
        assert (one["degree"] is None) == (state.degree is None)
        assert state.result not in (None, "not_applicable") or one["value"] is None
    if score is None:
        assert (row["score"], row["verdict"]) == (None, None)
        return
    assert Fraction(row["score"]["exact"]) == score.value
    assert f"{row['score']['value']:.1f}" == format_score(score.value)
    assert row["verdict"] == (score.band.id if score.complete and score.band else None)


def test_nothing_answered_is_null_and_never_0() -> None:
    """No result, no degree, no value, no score and no verdict, in the sheet and its sections."""
    row = one_sheet({})
    assert {(one["result"], one["degree"], one["value"]) for one in items_of(row).values()} == {
        (None, None, None)
    }
    assert [row["score"], row["verdict"], *(part["score"] for part in row["sections"])] == [
        None
    ] * 4
    assert (row["counts"]["unanswered"], row["counts"]["applicable"]) == (len(ITEMS), len(ITEMS))


def test_values_are_those_of_machines() -> None:
    """Numbers without needless zeros, ids, dates, parts, and the cells that fit their column."""
    said = {
        "A-2": Answer(value="yearly"),
        "A-3": Answer(value={"part": 1, "whole": 3}),
        "A-4": Answer(value=Number("0.50")),
        "A-5": Answer(value="2026-03-18"),
        "A-8": Answer(value=["a", {"other": "别的"}]),
        "A-9": Answer(value=[{"carrier": "电信", "mbps": Number("99.90"), "ports": "many"}, "x"]),
    }
    made = assessed(example(), said)
    assert b'"value":0.5,' in encoded(config(), ("egov", made, said))
    row = items_of(one_sheet(said))
    assert {key: row[key]["value"] for key in said} == {
        "A-2": "yearly",
        "A-3": {"part": 1, "whole": 3},
        "A-4": 0.5,
        "A-5": "2026-03-18",
        "A-8": ["a", {"other": "别的"}],
        "A-9": [{"carrier": "电信", "mbps": 99.9}, {}],
    }
    assert (row["A-2"]["degree"], row["A-3"]["degree"]) == (0.5, 0.333333)


def test_a_finding_has_its_risk_and_its_measure() -> None:
    """Days late are counted to the date of the data; what is planned for no finding is left out."""
    plan = Remediation(action="改", unit="信息科", owner="王敏", due=date(2026, 5, 1))
    said = {
        "A-1": Answer(status="unmet", remediation=plan, evidence={"ev-1": "photo"}),
        "A-10": Answer(status="met", remediation=plan),
    }
    row = one_sheet(said, profile={"egov": True})
    finding = items_of(row)["A-1"]
    assert (finding["risk"], finding["high_risk_case"]) == ("high", "6.3.2.1")
    assert finding["measure"] == {
        "state": "planned",
        "action": "改",
        "unit": "信息科",
        "owner": "王敏",
        "due": "2026-05-01",
        "days_late": 31,
    }
    assert finding["evidence"] == {"ev-1": ["photo"]}
    assert "measure" not in items_of(row)["A-10"]
    assert (row["findings"], row["high_risks"], row["overdue"]) == (1, 1, 1)
    assert row["score"]["vetoed"] == ["A-1"]


def test_what_conditions_leave_out_is_in_no_count() -> None:
    """The item says so, and its section counts it apart."""
    row = one_sheet({}, profile={"egov": False})
    assert items_of(row)["A-10"]["applies"] == "no"
    assert row["counts"]["left_out"] == row["sections"][0]["counts"]["left_out"] == 1
    assert row["counts"]["unanswered"] == len(ITEMS) - 1


def test_a_checklist_has_what_figures_depend_on() -> None:
    """Weights, fingerprints in both languages, ids of options and columns, marks of persons."""
    record = make_checklist_record("own-name", example(), DIGEST)
    items = {item.id: item for part in record.sections for item in part.items}
    assert (record.pinned_as, record.id, record.digest) == ("own-name", "egov", DIGEST)
    assert record.bands == ("good", "bad")
    assert (items["A-1"].weight, items["A-1"].veto) == (Number("1.5"), True)
    assert items["A-1"].fingerprints["en"] == item_fingerprint(ITEMS[0], "en")
    assert items["A-2"].options == ("quarterly", "yearly", "never")
    assert [one.personal for one in (items["A-6"], items["A-7"])] == [True, False]
    assert [(one.id, one.type) for one in items["A-9"].columns][:2] == [
        ("carrier", "text"),
        ("mbps", "number"),
    ]
    assert items["A-9"].columns[-1].options == ("fibre",)


def test_a_sanitised_round_has_no_title_and_no_tag() -> None:
    """People may have written anything there."""
    row = Round(title="王敏牵头", state="closed", tag="王敏", from_="2025")
    record = make_round_record("2026", row, sanitised=True)
    assert "王敏" not in msgspec.json.encode(record).decode()
    assert (record.id, record.state, record.follows) == ("2026", "closed", "2025")
    whole = make_round_record("2026", row, sanitised=False)
    assert (whole.title, whole.tag) == (row.title, row.tag)


def test_the_shipped_schema_is_that_of_the_types() -> None:
    """Run scripts/make_schemas.py after a change of the records."""
    schema = json.loads(read_shipped_schema("data"))
    assert schema == schemas_of_types()["data"]
    assert (schema["title"], schema["$defs"]["RoundData"]["properties"]["format"]) == (
        DATA_FORMAT,
        {"const": DATA_FORMAT},
    )


@pytest.mark.parametrize("function", [_encode_number_or_raise, _schema_of_number_type])
def test_unknown_types_are_not_guessed(function: Any) -> None:
    """A new type in the records needs a form in JSON."""
    with pytest.raises(TypeError):
        function(complex)


def _records() -> Iterator[type[DataRecord]]:
    for value in vars(round_data).values():
        if isinstance(value, type) and issubclass(value, DataRecord) and value is not DataRecord:
            yield value


@pytest.mark.parametrize("record", tuple(_records()), ids=lambda record: record.__name__)
def test_every_field_is_documented(record: type[DataRecord]) -> None:
    """Both pages name each field of each record."""
    pages = [ROOT / "docs" / name for name in ("data.md", "data.en.md")]
    for page in pages:
        lines = page.read_text("utf-8").split(f"## {record.__name__}\n")
        assert len(lines) == 2, record.__name__
        described = lines[1].partition("\n## ")[0]
        lacking = [name for name in record.__struct_fields__ if f"| `{name}` |" not in described]
        assert lacking == []


@pytest.mark.parametrize("value", [b"true", b'"1"', b"[]"])
def test_other_data_is_not_read(value: bytes) -> None:
    """What is no data of a round, or has another value in place of a number, is a ValueError."""
    whole = encoded(config(rounds={"2026": Round(title="x")}))
    assert decode_round_data(whole).round.id == "2026"
    lying = re.sub(rb'"weight":[0-9.]+', b'"weight":' + value, whole)
    assert lying != whole
    for data in (lying, whole[:-10]):
        with pytest.raises(ValueError, match=r"\S"):
            decode_round_data(data)
