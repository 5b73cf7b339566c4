"""What a new round takes over, and what closing one meets with."""

from __future__ import annotations

from assess.engine.fingerprint import item_fingerprint
from assess.engine.rounds import (
    count_obstacles_to_round_closing,
    list_open_remediation,
    select_remediation_for_new_round,
    suggest_answers,
)
from assess.model.answer import Answer, Remediation, SheetPeople
from assess.model.conflict import Conflict, ConflictRow
from assess.problem import Problem
from factories import assessed, checklist, conformity, ladder, met, sheet, unmet

OPEN = Remediation(action="收回", state="in_progress")


def test_only_open_remediation_goes_on_to_the_same_item() -> None:
    """Done, verified and accepted plans stay behind; a plan without its item is named."""
    answers = {
        "A-1": unmet(note="stays", remediation=OPEN),
        "A-2": unmet(remediation=Remediation(state="done")),
        "A-3": unmet(remediation=Remediation(state="risk_accepted")),
        "GONE": unmet(remediation=Remediation()),
        "A-4": met(),
    }
    found = select_remediation_for_new_round(
        answers, checklist(conformity("A-1"), conformity("A-2"))
    )

    assert [(one.item, one.plan) for one in found.remediation] == [("A-1", OPEN)]
    assert [one.item for one in found.lost] == ["GONE"]


def test_a_plan_goes_on_over_a_round_in_which_nothing_was_answered() -> None:
    """A carried plan is carried again though its item is unanswered."""
    assert [one.item for one in list_open_remediation({"A-1": Answer(remediation=OPEN)})] == ["A-1"]


def test_suggestions_come_urgent_first() -> None:
    """Open remediation, unmet, partial, the rest; unanswered and unknown items have none."""
    items = [conformity(f"A-{number}") for number in range(1, 7)]
    answers = {
        "A-1": met(),
        "A-2": Answer(status="partial"),
        "A-3": unmet(),
        "A-4": unmet(remediation=OPEN),
        "A-5": Answer(note="unanswered"),
        "OLD": met(),
    }
    last = assessed(checklist(*items), answers)
    found = suggest_answers(last, checklist(*items, conformity("NEW")))

    assert [(one.item, one.urgency) for one in found] == [
        ("A-4", "open_remediation"),
        ("A-3", "unmet"),
        ("A-2", "partial"),
        ("A-1", "other"),
    ]
    assert found[0].answer == answers["A-4"]


def test_a_reworded_item_is_marked() -> None:
    """The old answer was given to another text."""
    old, new = ladder("A-2"), ladder("A-2", requirement="Another")
    last = assessed(old, {"A-2": Answer(value="yearly", fingerprint=item_fingerprint(old, "zh"))})

    assert [one.reworded for one in suggest_answers(last, checklist(old))] == [False]
    assert [one.reworded for one in suggest_answers(last, checklist(new))] == [True]


def test_what_stands_in_the_way_of_closing() -> None:
    """Conflicts, errors and uncommitted files do; warnings and open work are only told."""
    items = (conformity("A-1"), conformity("A-2"))
    given = sheet({"A-1": unmet(remediation=OPEN)}, people=SheetPeople(reviewer="li"))
    one = assessed(checklist(*items), given)
    warning = Problem("f", "w", "w", severity="warning")

    fine = count_obstacles_to_round_closing({"egov": one}, [], [warning], [])
    assert fine.reasons_against_closing == ()
    assert (fine.unanswered, fine.unreviewed, fine.warnings, fine.stale) == (1, 1, 1, 0)
    assert [plan.item for plan in fine.remediation["egov"]] == ["A-1"]

    conflict = Conflict(path=("answers", "A-1"), row=ConflictRow(field="status"))
    bad = count_obstacles_to_round_closing(
        {}, [conflict], [Problem("f", "e", "e")], ["assess.yaml"]
    )
    assert bad.reasons_against_closing == ("conflict", "lint", "uncommitted")
    assert bad.remediation == {}
