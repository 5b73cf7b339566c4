"""What changed between two states, by meaning."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.history.changes import (
    SettingChange,
    SheetState,
    WorkspaceChanges,
    compare_sheet_states,
    diff_settings_recursively,
    list_changed_answer_fields,
)
from assess.engine.scoring.assessment import assess_sheet
from assess.model.answer import Answer, CitedMitigation, Remediation, Review, SheetPeople
from assess.model.config import Person
from factories import (
    TODAY,
    assessed,
    checklist,
    config,
    conformity,
    ladder,
    met,
    register,
    section,
    sheet,
    unmet,
)

FILE = "answers/2026/egov.yaml"
ITEMS = (conformity("A-1"), ladder("A-2"))


def state(answers: dict[str, Answer] | None = None, **fields: Any) -> SheetState:
    """Return a sheet of the two items, assessed."""
    given_sheet = sheet(answers, **fields)
    return SheetState(given_sheet, assessed(checklist(*ITEMS), given_sheet))


def test_an_item_changes_from_what_to_what() -> None:
    """Answer, result, risk, finding and who are told; the score is that of the whole sheet."""
    one = compare_sheet_states(FILE, state({"A-1": met(by="wang")}), state({"A-1": unmet(by="li")}))

    assert [item.item for item in one.items] == ["A-1"]
    item = one.items[0]
    assert item.changed_field_names == ("answer",)
    assert (item.fields[0].before, item.fields[0].after) == (met(), unmet())
    assert (item.result_before, item.result_after) == ("met", "unmet")
    assert (item.finding, item.risk_before, item.risk_after) == ("opened", None, "medium")
    assert item.by == "li"
    assert (one.score_before, one.score_after) == (Fraction(100), Fraction(0))
    assert (one.opened_findings, one.closed_findings) == (("A-1",), ())
    assert not one.is_empty


def test_a_finding_is_closed() -> None:
    """The same the other way round."""
    one = compare_sheet_states(FILE, state({"A-1": unmet()}), state({"A-1": met()}))

    assert (one.opened_findings, one.closed_findings) == ((), ("A-1",))


def test_a_finding_whose_answer_is_gone_is_not_closed() -> None:
    """The answer was taken out; nothing was mended."""
    one = compare_sheet_states(FILE, state({"A-1": unmet()}), state({}))

    assert (one.opened_findings, one.closed_findings, one.removed_answers) == ((), (), ("A-1",))


def test_a_rung_has_its_own_value() -> None:
    """Kinds other than conformity are told by their value."""
    before, after = Answer(value="never"), Answer(value="yearly", note="x")
    item = compare_sheet_states(FILE, state({"A-2": before}), state({"A-2": after})).items[0]

    assert item.changed_field_names == ("answer", "note")
    assert (item.risk_before, item.risk_after, item.finding) == ("medium", "low", None)


def test_a_new_sheet_and_one_that_is_gone() -> None:
    """A sheet that was not there has all its answers as new."""
    new = compare_sheet_states(FILE, None, state({"A-1": met()}))
    assert (new.made, new.gone, len(new.items), new.score_before) == (True, False, 1, None)

    gone = compare_sheet_states(FILE, state({"A-1": met()}), None)
    assert (gone.made, gone.gone, gone.items[0].by) == (False, True, None)

    with pytest.raises(ValueError, match="no state"):
        compare_sheet_states(FILE, None, None)


def test_nothing_changed() -> None:
    """Two equal states have nothing to say."""
    assert compare_sheet_states(FILE, state({"A-1": met()}), state({"A-1": met()})).is_empty
    assert WorkspaceChanges().is_empty


def test_who_and_when_alone_are_no_change() -> None:
    """`by` and `at` say who changed something; alone they are nothing."""
    assert list_changed_answer_fields(met(by="wang"), met(by="li")) == ()


def test_a_fingerprint_counts_only_alone() -> None:
    """The same answer to another wording is a change; beside another answer it follows."""
    old = met(fingerprint="zh-1")
    assert [one.name for one in list_changed_answer_fields(old, met(fingerprint="zh-2"))] == [
        "fingerprint"
    ]
    assert [one.name for one in list_changed_answer_fields(old, unmet(fingerprint="zh-2"))] == [
        "answer"
    ]


def test_parts_of_a_remediation_stand_singly() -> None:
    """A due date moved is told as that."""
    old = unmet(remediation=Remediation(due=date(2026, 7, 1), owner="王"))
    new = unmet(remediation=Remediation(due=date(2026, 8, 1), owner="王"))

    change = list_changed_answer_fields(old, new)
    assert [one.name for one in change] == ["remediation.due"]
    assert (change[0].before, change[0].after) == (date(2026, 7, 1), date(2026, 8, 1))


def test_the_reviewer_is_who_changed_a_review() -> None:
    """Where only the review changed, it is the reviewer's change."""
    review = Review(state="accepted", by="li")
    new = met(by="wang", review=review)
    one = compare_sheet_states(FILE, state({"A-1": met(by="wang")}), state({"A-1": new}))
    assert one.items[0].by == "li"

    both = compare_sheet_states(FILE, state({"A-1": unmet()}), state({"A-1": new}))
    assert both.items[0].by == "wang"


def test_a_changed_fact_or_rule_changes_what_is_found() -> None:
    """The answer is the same, the result is not: listed without fields."""
    before = state({"A-2": Answer(value="yearly")})
    harsher = checklist(ITEMS[0], ladder("A-2", rungs=ITEMS[1].rungs[:1] + ITEMS[1].rungs[2:]))
    after = SheetState(before.sheet, assessed(harsher, before.sheet))

    item = compare_sheet_states(FILE, before, after).items[0]
    assert (item.fields, item.result_before, item.result_after) == ((), "partial", None)
    assert item.by is None


def test_without_a_checklist_items_are_told_by_id() -> None:
    """Where the checklist of that time can't be read there is no title and no score."""
    one = compare_sheet_states(
        FILE, SheetState(sheet({"X-1": met()})), SheetState(sheet({"X-1": unmet()}))
    )

    assert (one.title, one.score_after) == (None, None)
    assert (one.items[0].about, one.items[0].result_after) == (None, None)


def test_an_item_that_only_the_old_checklist_had() -> None:
    """It is still told by its title."""
    before = state({"A-2": Answer(value="never")})
    after_sheet = sheet({})
    after = SheetState(after_sheet, assessed(checklist(ITEMS[0]), after_sheet))

    item = compare_sheet_states(FILE, before, after).items[0]
    assert (item.item, item.about) == ("A-2", ITEMS[1])


def test_the_head_of_a_sheet() -> None:
    """Who reviews is told by its path; a new sheet's head is not."""
    after = state(people=SheetPeople(filler="wang", reviewer="li"))
    one = compare_sheet_states(FILE, state(), after)

    assert one.settings == (
        SettingChange(file=FILE, path=("people", "reviewer"), before=None, after="li"),
    )
    assert compare_sheet_states(FILE, None, after).settings == ()


def test_settings_differ_as_deep_as_both_are_mappings() -> None:
    """A person added is one change; a name changed is one inside."""
    old = config()
    people = {"wang": Person(name="王敏敏"), "zhao": Person(name="赵云")}
    changes = {
        one.path: one
        for one in diff_settings_recursively("assess.yaml", old, config(people=people))
    }

    assert set(changes) == {("people", "wang", "name"), ("people", "li"), ("people", "zhao")}
    assert changes["people", "li"].after is None
    assert changes["people", "zhao"].after == people["zhao"]
    assert not list(diff_settings_recursively("assess.yaml", old, config()))


def test_settings_speak_as_files_do() -> None:
    """Fields are named as files name them."""
    one = CitedMitigation(id="a")
    found = [
        c.path for c in diff_settings_recursively("f", {"x": one}, {"x": CitedMitigation(id="b")})
    ]
    assert found == [("x", "id")]


answers = st.builds(
    Answer,
    status=st.sampled_from(["met", "partial", "unmet", None]),
    note=st.sampled_from([None, "a", "b"]),
    evidence=st.dictionaries(st.sampled_from(["ev-1", "ev-2"]), st.just("photo")),
    remediation=st.sampled_from([None, Remediation(owner="a"), Remediation(state="done")]),
)


@given(answers, answers)
def test_changes_lead_from_one_to_the_other(one: Answer, other: Answer) -> None:
    """Each difference is told once, and the way back is the way there turned round."""
    there, back = list_changed_answer_fields(one, other), list_changed_answer_fields(other, one)

    assert [(c.name, c.before, c.after) for c in there] == [
        (c.name, c.after, c.before) for c in back
    ]
    assert (not there) == (one == other)


@given(st.lists(st.sampled_from(["met", "unmet", None]), min_size=2, max_size=2), st.booleans())
def test_assessing_from_a_near_version_is_assessing(statuses: list[Any], applies: bool) -> None:
    """Taking over the states of answers that are the same gives what computing them all gives."""
    items = checklist(*(conformity(f"A-{n}") for n in range(3)))
    settings, rows = config(profile={"egov": applies}), register()
    old = sheet({"A-0": unmet(note="x"), "A-1": met(), "A-9": met()})
    some = {f"A-{n + 1}": Answer(status=one) for n, one in enumerate(statuses)}
    new = sheet({"A-0": old.answers["A-0"], **some})
    near = assess_sheet(items, old, settings, rows, TODAY)

    assert assess_sheet(items, new, settings, rows, TODAY, near) == assess_sheet(
        items, new, settings, rows, TODAY
    )


def test_sections_that_did_not_change_are_taken_over() -> None:
    """A section of the very same answers is the very same value."""
    parts = (section(conformity("A-1"), id_="s1"), section(conformity("B-1"), id_="s2"))
    items = checklist(sections=parts)
    old = sheet({"A-1": met(), "B-1": met()})
    new = sheet({"A-1": old.answers["A-1"], "B-1": unmet()})
    near = assess_sheet(items, old, config(), register(), TODAY)
    found = assess_sheet(items, new, config(), register(), TODAY, near)

    assert found.sections[0] is near.sections[0]
    assert found == assess_sheet(items, new, config(), register(), TODAY)
