"""Sanitised copies: nothing personal is left, and every number is the same."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec
import pytest

from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.kinds.values import check_value
from assess.engine.pseudonyms import Pseudonyms
from assess.engine.rounds import default_round_title
from assess.engine.sanitise import (
    sanitised_config_with_single_round,
    sanitised_register_of_cited_rows,
    sanitised_sheet,
)
from assess.model.answer import (
    Answer,
    ChecklistRef,
    CitedMitigation,
    Parked,
    ParkedFrom,
    Remediation,
    Review,
    RiskOverride,
    SheetPeople,
)
from assess.model.base import Number
from assess.model.checklist import FactDef, FactOption
from assess.model.config import GitSource, Narrative, Person, Pin, Round, System, Variant
from assess.model.item import Item
from assess.model.item_parts import Other, TextSpec
from factories import (
    assessed,
    checklist,
    choice,
    choices,
    config,
    conformity,
    date_item,
    ladder,
    met,
    number,
    paper,
    ratio,
    register,
    sheet,
    table,
    text,
    text_item,
    unmet,
)

NAMES = Pseudonyms(b"secret", "en")
PRIVATE = "机密甲"
ITEMS = (
    conformity("A-1"),
    text_item("A-6"),
    choice("A-7", other=Other()),
    choices("A-8", other=Other()),
    table("A-9"),
    conformity("A-5"),
)


def full_answer(**fields: Any) -> Answer:
    """Return an answer with something personal in every field, reviewed as it stands."""
    answer = unmet(
        note=PRIVATE,
        evidence={"ev-1": "photo"},
        mitigation=CitedMitigation(id="acl", note=PRIVATE),
        risk=RiskOverride(level="low", reason=PRIVATE),
        remediation=Remediation(
            action=PRIVATE,
            unit=PRIVATE,
            owner=PRIVATE,
            verified_by=PRIVATE,
            accepted_by=PRIVATE,
            reason=PRIVATE,
            due=date(2026, 7, 1),
        ),
        by="wang",
        **fields,
    )
    review = Review(state="returned", comment=PRIVATE, by="li", of=reviewed_answer_digest(answer))
    return msgspec.structs.replace(answer, review=review)


def answers() -> dict[str, Answer]:
    """Return an answer of each kind that may hold words."""
    return {
        "A-1": full_answer(),
        "A-5": Answer(status="not_applicable", note=PRIVATE, review=Review(state="accepted")),
        "A-6": Answer(value=PRIVATE),
        "A-7": Answer(value={"other": PRIVATE}),
        "A-8": Answer(value=["a", {"other": PRIVATE}]),
        "A-9": Answer(value=[{"carrier": PRIVATE, "mbps": 3}]),
        "GONE": Answer(value=PRIVATE, by="wang"),
    }


def test_nothing_personal_is_left_and_numbers_are_the_same() -> None:
    """Score, counts, findings, work states and missing proofs are those of the original."""
    people = SheetPeople(filler="wang", reviewer="li")
    parked = Parked(from_=ParkedFrom(version="1", reason="removed"), answer=full_answer())
    old = sheet(answers(), people=people, assigned={"s1": "wang"}, parked={"OLD": parked})
    rows = register(ev_1=paper(title=PRIVATE, paper=PRIVATE, by="wang"))
    new = sanitised_sheet(old, checklist(*ITEMS), NAMES, {})
    new_rows = sanitised_register_of_cited_rows(rows, {"ev-1"}, NAMES)

    written = msgspec.json.encode([new, new_rows], enc_hook=str).decode()
    assert PRIVATE not in written
    assert not re.search(r'"(wang|li|ev-1)"', written)
    was = assessed(checklist(*ITEMS), old, register=rows)
    now = assessed(checklist(*ITEMS), new, register=new_rows)
    assert (now.score, now.counts) == (was.score, was.counts)
    for one, other in zip(was.items, now.items, strict=True):
        assert (one.result, one.risk, one.work) == (other.result, other.risk, other.work)
        assert (one.missing_evidence, one.overdue) == (other.missing_evidence, other.overdue)


def test_words_in_fields_for_ids_and_dates_go_too() -> None:
    """Fields that are named may hold any text by hand; a digest can't be used to check guesses."""
    named = Answer(
        status="unmet",
        fingerprint="zhang san",
        mitigation=CitedMitigation(id="zhang-san"),
        review=Review(state="accepted", of="a-0123456789ab"),
    )
    old = sheet({"A-1": named, "ZHANG-SAN": met()}, assigned={"zhang san": "li", "A-1": "li"})
    made = sanitised_sheet(old, checklist(*ITEMS), NAMES, {})
    assert list(made.assigned) == ["A-1"]
    written = msgspec.json.encode(made).decode()
    assert not re.search("zhang.san|0123456789ab", written, re.IGNORECASE)

    settings = config(
        profile={
            "zhang_san": 20210930,
            "town": "19850312",
            "day": "2021W071",
            "when": "2021-13-13",
        },
        checklists={"egov": Pin(source="library")},
        rounds={"2026": Round(title=text(), sheets=("egov",))},
    )
    fact = FactDef(type="text", question=text())
    lists = {"egov": checklist(*ITEMS, profile={"town": fact, "day": fact, "when": fact})}
    new = sanitised_config_with_single_round(settings, "2026", lists, NAMES, {})
    assert sorted(new.profile) == ["day", "town", "when"]
    assert not {"19850312", "2021W071", "2021-13-13"} & set(map(str, new.profile.values()))


@pytest.mark.parametrize(
    ("version", "stays"),
    [
        ("2025.2", True),
        ("7", True),
        (PRIVATE, False),
        ("13800001111", False),
        ("19850312", False),
        ("1985.3.12", False),
        ("2025.2\n", False),
    ],
)
def test_versions_are_no_place_for_words(version: str, stays: bool) -> None:
    """The sheet's version and that of a parked answer are written by hand as they please."""
    parked = Parked(from_=ParkedFrom(version=version, reason="removed"), answer=met())
    old = sheet({"A-1": met()}, parked={"OLD": parked})
    old = msgspec.structs.replace(old, checklist=ChecklistRef(id="c-1", version=version))
    new = sanitised_sheet(old, checklist(*ITEMS), NAMES, {})
    versions = {new.checklist.version, new.parked["OLD"].from_.version}
    assert len(versions) == 1
    assert (versions == {version}) is stays
    assert stays or version.strip() not in versions.pop()


def test_the_version_of_the_pinned_checklist_stays() -> None:
    """The copy has that checklist, whatever its version is called."""
    ref = ChecklistRef(id="c-1", version="spring edition")
    old = msgspec.structs.replace(sheet({"A-1": met()}), checklist=ref)
    pinned = checklist(*ITEMS, version=ref.version)
    assert sanitised_sheet(old, pinned, NAMES, {}).checklist.version == ref.version


def test_a_review_of_an_older_answer_stays_one() -> None:
    """What was outdated is not made current by the copy."""
    old = sheet({"A-1": met(review=Review(state="accepted", of="a-000000000000"))})
    new = sanitised_sheet(old, checklist(*ITEMS), NAMES, {})

    assert assessed(checklist(*ITEMS), new).items[0].review_outdated


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (ladder("A-2"), "yearly"),
        (ratio("A-3"), {"part": 23, "whole": 25}),
        (number("A-4"), Number("7.5")),
        (date_item("A-5"), "2026-03-01"),
        (choice("A-7"), "a"),
        (choices("A-8"), ["a", "b"]),
        (table("A-9"), [{"mbps": 3, "since": "2026-03-01", "used": True, "kind": "fibre"}]),
    ],
)
def test_values_that_hold_no_words_stay(item: Item, value: Any) -> None:
    """Ticks, rungs, numbers and dates stay as they are."""
    old = sheet({item.id: Answer(value=value)})

    assert sanitised_sheet(old, checklist(item), NAMES, {}).answers[item.id].value == value


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (conformity("A-1"), PRIVATE),
        (ladder("A-2"), PRIVATE),
        (ratio("A-3"), {"part": PRIVATE, PRIVATE: 25}),
        (number("A-4"), PRIVATE),
        (date_item("A-5"), PRIVATE),
        (text_item("A-6"), [PRIVATE]),
        (choice("A-7", other=Other()), {PRIVATE: "a"}),
        (choice("A-7"), PRIVATE),
        (choices("A-8"), ["a", PRIVATE]),
        (choices("A-8"), PRIVATE),
        (table("A-9"), [{"mbps": PRIVATE, PRIVATE: 3, "kind": PRIVATE, "more": [PRIVATE]}]),
        (table("A-9"), [PRIVATE]),
        (table("A-9"), PRIVATE),
    ],
)
def test_words_where_none_belong_go_too(item: Item, value: Any) -> None:
    """A value that does not fit its item may hold anything."""
    old = sheet({item.id: Answer(value=value, evidence={"ev-1": PRIVATE, "ev-2": ("other",)})})
    new = sanitised_sheet(old, checklist(item), NAMES, {})

    assert PRIVATE not in msgspec.json.encode(new, enc_hook=str).decode()
    assert list(new.answers[item.id].evidence.values()) == ["other", ("other",)]


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        ("phone", "021-12345678"),
        ("email", "wang.min@qingxi.example"),
        ("url", "https://qingxi.example/a"),
        ("ipv4", "10.1.2.3"),
        ("uscc", "91310000MA1FL00000"),
        ("postcode", "200000"),
        (None, "区政府大楼 3 层"),
    ],
)
def test_answers_in_words_stay_valid(pattern: Any, value: str) -> None:
    """What stands in their place fits the item's pattern and length, and says nothing of them."""
    item = text_item("A-6", text=TextSpec(pattern=pattern, max_length=40))
    new = sanitised_sheet(sheet({"A-6": Answer(value=value)}), checklist(item), NAMES, {})
    said = new.answers["A-6"].value

    assert not check_value(item, said, date(2026, 6, 1), "en")
    assert said != value


def test_postcodes_have_six_digits() -> None:
    """Whatever the text, what stands in its place is as long as a postcode."""
    codes = [
        NAMES.replace_answer_text_matching_pattern(f"2000{number:02d}", "postcode", None)
        for number in range(30)
    ]
    assert {len(code) for code in codes} == {6}
    assert len(set(codes)) == 30


def test_pseudonyms_are_stable_and_keyed() -> None:
    """One secret gives one name always; another secret gives another; None stays None."""
    again, other = Pseudonyms(b"secret", "en"), Pseudonyms(b"other", "en")

    assert (
        NAMES.replace_person_id("wang")
        == again.replace_person_id("wang")
        != other.replace_person_id("wang")
    )
    assert NAMES.replace_person_id("wang") != NAMES.replace_person_id("li")
    assert NAMES.replace_person_name("王敏") != NAMES.replace_text("王敏")
    assert (
        NAMES.replace_person_id(None),
        NAMES.replace_person_name(None),
        NAMES.replace_text(None),
    ) == (
        None,
        None,
        None,
    )


def test_settings() -> None:
    """One round, people as pseudonyms with their roles, no addresses, texts gone."""
    pins = {
        "egov": Pin(
            source=GitSource(git=f"file:///{PRIVATE}", path="x"),
            variant=Variant(digest="sha256:" + "0" * 64, reason=PRIVATE, by="wang"),
        ),
        "lib": Pin(source="library"),
        "unused": Pin(source="library"),
    }
    one = Round(
        title=text(PRIVATE),
        notice=PRIVATE,
        state="closed",
        tag="round/2026",
        signed="ev-1",
        sheets=("egov",),
        narrative=Narrative(work=PRIVATE),
    )
    old = config(
        people={"wang": Person(name=PRIVATE, roles=("filler",), emails=("w@x.cn",))},
        systems={"portal": System(name="门户", profile={"town": PRIVATE})},
        profile={"town": PRIVATE, "of_another_list": PRIVATE, "egov": True, "size": "large"},
        checklists=pins,
        rounds={"2025": Round(title=text()), "2026": one},
    )
    options = (FactOption(id="large", text=text()),)
    facts = {
        "town": FactDef(type="text", question=text()),
        "size": FactDef(type="choice", question=text(), options=options),
    }
    lists = {"egov": checklist(*ITEMS, profile=facts), "lib": checklist(*ITEMS)}
    digests = {"sha256:" + "0" * 64: "sha256:" + "1" * 64}
    new = sanitised_config_with_single_round(old, "2026", lists, NAMES, digests)

    written = msgspec.json.encode(new).decode()
    assert PRIVATE not in written
    assert "w@x.cn" not in written
    assert '"wang"' not in written
    assert list(new.rounds) == ["2026"]
    made = new.rounds["2026"]
    assert (made.state, made.tag, made.signed) == ("open", None, None)
    assert [(key, pin.source) for key, pin in new.checklists.items()] == [
        ("egov", "local"),
        ("lib", "library"),
    ]
    assert next(iter(new.people.values())).roles == ("filler",)
    assert (new.profile["egov"], new.profile["size"]) == (True, "large")
    assert made.title == default_round_title("2026")
    variant = new.checklists["egov"].variant
    assert variant is not None
    assert variant.digest == "sha256:" + "1" * 64


def test_only_cited_evidence_goes_along() -> None:
    """Rows that no sheet cites are left out; a file becomes a record kept by the unit."""
    rows = register(ev_1=paper(title=text(PRIVATE)), ev_2=paper())
    new = sanitised_register_of_cited_rows(rows, {"ev-1"}, NAMES)

    assert len(new.evidence) == 1
    row = next(iter(new.evidence.values()))
    assert row.file is None
    assert PRIVATE not in str(row.title)


def test_where_answers_were_taken_over_from() -> None:
    """A year stays; a round with a name, a place and a fact are replaced."""
    assert NAMES.replace_round_id_unless_year("2025") == "2025"
    codes = (
        NAMES.replace_round_id_unless_year("wang-min"),
        NAMES.replace_source_place("wang/A-1"),
        NAMES.replace_fact_name("organization.wang"),
    )
    assert not [code for code in codes if "wang" in code]
    assert [code.split(code[7])[0] for code in codes] == ["removed"] * 3
