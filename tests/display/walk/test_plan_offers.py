"""What F7 fills into a remediation."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assess.display.walk.plan_offers import (
    find_last_unit_owner_due,
    make_plan_offers,
    unit_owner_due_from_form,
)
from assess.model.answer import Answer, Remediation
from assess.model.base import Bilingual
from assess.model.item import Conformity, Remedy

TODAY = date(2026, 6, 1)
ITEM = Conformity(
    id="X-01",
    title="T",
    requirement="R",
    remedy=Remedy(
        now=Bilingual(zh="先停用", en="Stop it"), lasting=Bilingual(zh="再改", en="Mend")
    ),
)
LAST = {"unit": "信息中心", "owner": "周平", "due": "2026-06-30"}


def test_the_remedy_and_who_and_when_last() -> None:
    """The first step is the action; both steps are phrases; several findings have no action."""
    offers = make_plan_offers(ITEM, LAST, ("周平",), TODAY, "zh")
    assert offers.texts == {"action": "先停用", **LAST}
    assert offers.phrases == ("先停用", "再改")
    assert make_plan_offers(None, LAST, (), TODAY, "zh").texts == LAST


def test_a_past_day_is_not_offered() -> None:
    """The due date of last month is none for a new remediation; today still is."""
    assert "due" not in make_plan_offers(ITEM, LAST, (), date(2026, 7, 1), "zh").texts
    assert "due" in make_plan_offers(ITEM, LAST, (), date(2026, 6, 30), "zh").texts


def test_parts_of_a_form_are_kept_as_files_have_them() -> None:
    """An empty part is none; a date in a usual form is the same day."""
    typed = {"unit": " ", "owner": "周平 ", "due": "20260630", "action": "x"}
    assert unit_owner_due_from_form(typed) == {"owner": "周平", "due": "2026-06-30"}


def test_after_a_break_the_last_written_remediation_counts() -> None:
    """Not the first of the sheet, and no answer without one."""
    days = [datetime(2026, 5, day, tzinfo=UTC) for day in (3, 9, 5)]
    plans = [Remediation(owner=name) for name in ("甲", "乙", "丙")]
    answers = [Answer(remediation=plan, at=day) for plan, day in zip(plans, days, strict=True)]
    assert find_last_unit_owner_due([*answers, Answer(note="x")]) == {"owner": "乙"}
    assert find_last_unit_owner_due([Answer(note="x")]) == {}
