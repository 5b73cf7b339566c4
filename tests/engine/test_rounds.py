"""What a new round takes over, and what closing one meets with."""

from __future__ import annotations

from datetime import date

from assess.engine.fingerprint import item_fingerprint
from assess.engine.rounds import (
    count_obstacles_to_round_closing,
    find_newest_open_round,
    find_newest_round,
    list_open_remediation,
    list_rounds_oldest_first,
    propose_round_id,
    select_remediation_for_new_round,
    suggest_answers,
)
from assess.model.answer import Answer, Remediation, SheetPeople
from assess.model.config import Round
from assess.model.conflict import Conflict, ConflictRow
from assess.problem import Problem
from factories import assessed, checklist, conformity, ladder, met, sheet, unmet

OPEN = Remediation(action="收回", state="in_progress")


def _rounds(**followed: str | None) -> dict[str, Round]:
    """Return open rounds: each id, with `_` for `-`, and the round that it follows."""
    return {
        key.removeprefix("y").replace("_", "-"): Round(title="自查", from_=before)
        for key, before in followed.items()
    }


def test_numbers_in_ids_of_rounds_are_compared_as_numbers() -> None:
    """The tenth month comes after the ninth, whatever the alphabet says."""
    rounds = _rounds(m_10=None, m_9=None, y2026_10=None, y2026_9=None, y2026=None)

    assert list_rounds_oldest_first(rounds) == ["2026", "2026-9", "2026-10", "m-9", "m-10"]
    assert find_newest_round(rounds) == "m-10"
    assert find_newest_round({}) is None


def test_a_round_comes_after_the_one_that_it_follows() -> None:
    """What `from` says goes before the ids, also for rounds that others follow in turn."""
    rounds = _rounds(special="y", y2027="special", y2028_h1="2027", y2026=None)
    rounds["special"] = Round(title="自查", from_="2026")

    assert list_rounds_oldest_first(rounds) == ["2026", "special", "2027", "2028-h1"]


def test_rounds_that_follow_each_other_are_all_listed() -> None:
    """A circle, which lint does not forbid, loses no round; nor does a `from` without its round."""
    rounds = _rounds(a="b", b="a", c="c", d="gone")

    assert list_rounds_oldest_first(rounds) == ["d", "a", "b", "c"]


def test_the_newest_open_round_is_the_last_that_is_open() -> None:
    """Closed rounds after it do not count; without an open one there is none."""
    rounds = _rounds(m_9=None, m_10="m-9")
    rounds["m-11"] = Round(title="自查", from_="m-10", state="closed", tag="round/m-11")

    assert find_newest_open_round(rounds) == "m-10"
    assert find_newest_open_round({"m-11": rounds["m-11"]}) is None


def test_the_next_id_is_proposed_from_the_newest_round() -> None:
    """A year after the newest round, where it is a year."""
    rounds = _rounds(special=None, y2027="special")

    assert propose_round_id(rounds, date(2026, 6, 1)) == "2028"


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


def test_the_year_after_the_newest_is_proposed() -> None:
    """A round that is called by its year leads to the next year, whatever day it is."""
    assert propose_round_id({"2026": Round(title="自查")}, date(2026, 6, 1)) == "2027"


def test_the_first_round_is_called_by_its_year() -> None:
    """Without a round, the day decides."""
    assert propose_round_id({}, date(2026, 6, 1)) == "2026"
