"""A remediation: what a state needs, and what is written."""

from __future__ import annotations

from datetime import date

import pytest

from assess.display.walk.remediation_form import (
    list_missing_plan_parts,
    plan_errors,
    remediation_fields_from_form,
    state_refusal_reason,
)
from assess.model.answer import Answer, Remediation, RemediationState
from assess.workspace import REMOVE
from tui.sample import TODAY

PLAN = Remediation(action="a", owner="o", due=date(2026, 7, 31), state="planned")
TYPED = {
    "action": "a",
    "unit": "",
    "owner": "o",
    "due": "20260731",
    "state": "planned",
    "reason": "",
}


def test_a_new_plan_is_written_whole() -> None:
    """Only what was typed is in it."""
    fields = remediation_fields_from_form(TYPED, Answer(), "wang-min", TODAY)
    wanted = {"action": "a", "owner": "o", "due": "2026-07-31", "state": "planned"}
    assert fields == {"remediation": wanted}


@pytest.mark.parametrize("field", ["budget", "people"])
def test_a_need_that_no_file_takes_is_refused(field: str) -> None:
    """A pasted text may be longer than the format allows: the form says so before it is queued."""
    typed = {**TYPED, field: "万" * 201}
    assert list(plan_errors(typed, Answer(), "wang-min", "zh")) == [field]
    typed[field] = f" {'万' * 200} "
    assert plan_errors(typed, Answer(), "wang-min", "zh") == {}


def test_an_emptied_field_goes() -> None:
    """A field of an existing plan that was emptied is removed, one never there is not."""
    fields = remediation_fields_from_form(
        {**TYPED, "owner": ""}, Answer(remediation=PLAN), None, TODAY
    )
    assert fields["remediation.owner"] is REMOVE
    assert "remediation.unit" not in fields


@pytest.mark.parametrize(
    ("state", "stamps"),
    [
        ("done", {"done_on": "2026-06-01"}),
        ("verified", {"verified_on": "2026-06-01", "verified_by": "wang-min"}),
        ("risk_accepted", {"accepted_by": "wang-min"}),
    ],
)
def test_reaching_a_state_says_when_and_who(state: str, stamps: dict[str, str]) -> None:
    """Day and person are set by the state, unless they are set already."""
    fields = remediation_fields_from_form(
        {**TYPED, "state": state}, Answer(remediation=PLAN), "wang-min", TODAY
    )
    assert {name: fields[f"remediation.{name}"] for name in stamps} == stamps
    done = Answer(remediation=Remediation(state="done", done_on=date(2026, 5, 1)))
    again = remediation_fields_from_form({**TYPED, "state": "done"}, done, "wang-min", TODAY)
    assert "remediation.done_on" not in again or again["remediation.done_on"] != "2026-06-01"


def test_what_is_reopened_is_no_longer_done_or_verified() -> None:
    """Going back takes away the days and the person that no longer hold."""
    stored = Remediation(
        action="a",
        owner="o",
        due=date(2026, 7, 31),
        state="verified",
        done_on=date(2026, 5, 1),
        verified_on=date(2026, 5, 2),
        verified_by="li-jian",
    )
    answer = Answer(remediation=stored)
    again = remediation_fields_from_form(
        {**TYPED, "state": "in_progress"}, answer, "wang-min", TODAY
    )
    gone = {"remediation.done_on", "remediation.verified_on", "remediation.verified_by"}
    assert {name for name, value in again.items() if value is REMOVE} == gone
    done = remediation_fields_from_form({**TYPED, "state": "done"}, answer, "wang-min", TODAY)
    assert {name for name, value in done.items() if value is REMOVE} == gone - {
        "remediation.done_on"
    }


@pytest.mark.parametrize(
    ("state", "typed", "early"),
    [
        (None, "verified", True),
        ("planned", "verified", True),
        ("risk_accepted", "verified", True),
        ("done", "verified", False),
        ("verified", "verified", False),
        ("planned", "done", False),
    ],
)
def test_only_what_is_done_can_be_verified(
    state: RemediationState | None, typed: str, early: bool
) -> None:
    """It is said at the state; without a person nobody verifies or accepts."""
    answer = Answer(remediation=state and Remediation(state=state))
    values = {**TYPED, "state": typed, "reason": "r"}
    assert bool(state_refusal_reason(values, answer, "wang-min", "en")) == early
    assert bool(state_refusal_reason(values, answer, None, "en")) == (typed == "verified")
    assert state_refusal_reason({**values, "state": "risk_accepted"}, answer, None, "en")


EMPTY = dict.fromkeys(TYPED, "")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ({"state": "planned"}, ("action", "owner", "due")),
        ({"state": "in_progress", "action": "a"}, ()),
        ({"state": "done", "action": "a"}, ("owner", "due")),
        ({"state": "verified"}, ("action", "owner", "due")),
        ({"state": "verified", "action": "a", "owner": "o", "due": "20260731"}, ()),
        ({"state": "risk_accepted"}, ("reason",)),
        ({"state": "risk_accepted", "reason": "r"}, ()),
    ],
)
def test_what_a_state_needs(typed: dict[str, str], wanted: tuple[str, ...]) -> None:
    """Nothing is planned where nothing is said, nor verified without measure, owner and date."""
    assert list_missing_plan_parts({**EMPTY, **typed}) == wanted
