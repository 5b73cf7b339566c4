from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

from assess.engine.fingerprint import item_fingerprint, reviewed_answer_digest
from assess.engine.scoring.figures import count_figures
from assess.model.answer import (
    Answer,
    CitedMitigation,
    Remediation,
    Review,
    RiskOverride,
    Scope,
    SheetPeople,
)
from assess.model.item import Proof
from assess.model.results import Assessment, Counts, ItemState
from factories import (
    TODAY,
    assessed,
    checklist,
    conformity,
    date_item,
    fact_is,
    high_risk,
    ladder,
    met,
    paper,
    register,
    section,
    sheet,
    text,
    unmet,
)

REVIEWED = SheetPeople(filler="wang", reviewer="li")
OUT = Answer(status="not_applicable", note="无")
LATE = Remediation(action="改", unit="信息科", owner="王敏", due=date(2026, 5, 30))


def reviewed(answer: Answer, **fields: Any) -> Answer:
    """Return the answer, accepted as it stands."""
    review = Review(
        **{"state": "accepted", "by": "li", "of": reviewed_answer_digest(answer), **fields}
    )
    return msgspec.structs.replace(answer, review=review)


def state_of(answer: Answer | None, *, reviewer: bool = False, **fields: Any) -> ItemState:
    """Return the state of one conformity item with this answer."""
    answers = {} if answer is None else {"A-1": answer}
    people = REVIEWED if reviewer else SheetPeople()
    return assessed(checklist(conformity(**fields)), sheet(answers, people=people)).items[0]


def test_the_frame() -> None:
    """The assessment says which checklist, version, scope and round it is of."""
    found = assessed(conformity())
    assert (found.checklist_id, found.checklist_version, found.round) == ("egov", "2026.1", "2026")
    assert (found.scope_id, found.scope_is_system) == ("qingxi", False)
    assert found.scope_name == text("青溪", "Qingxi")
    assert found.title == text("检查表", "Checklist")


@pytest.mark.parametrize(
    ("system", "name"), [("portal", text("门户", "Portal")), ("nowhere", "nowhere")]
)
def test_the_scope_of_a_system(system: str, name: Any) -> None:
    """A system goes by its name; one that assess.yaml does not know by its id."""
    found = assessed(checklist(), sheet(scope=Scope(system=system)))
    assert (found.scope_id, found.scope_is_system, found.scope_name) == (system, True, name)


def test_counts_and_numbers() -> None:
    """Every applicable item is counted once; those left out are in no count and have no number."""
    first = section(
        conformity("A"), conformity("B", applies_when=fact_is("egov", True)), conformity("C")
    )
    second = section(conformity("D"), date_item("E"), ladder("F"), conformity("G"), id_="s2")
    answers = {
        "A": met(evidence={"ev-1": "photo"}),
        "B": met(),
        "C": met(),
        "D": Answer(status="partial"),
        "E": Answer(value="2026-01-01"),
        "F": Answer(value="nonsense"),
        "G": OUT,
        "Z": met(),
    }
    found = assessed(checklist(sections=(first, second)), answers, profile={"egov": False})
    assert found.counts == Counts(
        applicable=6,
        met=2,
        partial=1,
        answered=1,
        not_applicable=1,
        unanswered=1,
        met_without_evidence=1,
    )
    assert found.counts.done == 5
    assert [one.number for one in found.items] == [1, 0, 2, 3, 4, 5, 6]
    assert [one.counts.applicable for one in found.sections] == [2, 4]
    left_out = found.items[1]
    assert (left_out.applies, left_out.result, left_out.work) == ("no", None, "unanswered")
    assert left_out.answer == met()


@pytest.mark.parametrize("note", [None, "", " \n", *"\u200b\u3164\u2800\ufe0f\u034f"])
def test_not_applicable_without_its_reason_is_open(note: str | None) -> None:
    """It counts as not done, and keeps the score from being final; its value stays as it is."""
    bare = Answer(status="not_applicable", note=note)
    found = assessed((conformity("A"), conformity("B")), {"A": met(), "B": bare})
    said = assessed((conformity("A"), conformity("B")), {"A": met(), "B": OUT})
    assert (found.items[1].result, found.items[1].work) == ("not_applicable", "unanswered")
    counts = found.counts
    assert (counts.not_applicable, counts.without_reason, counts.unanswered) == (1, 1, 0)
    assert (counts.done, counts.open) == (1, 1)
    assert (said.counts.done, said.counts.open) == (2, 0)
    assert found.score is not None
    assert said.score is not None
    assert (found.score.complete, said.score.complete) == (False, True)
    assert found.score.value == said.score.value == 100


def test_a_return_is_told_before_a_missing_reason() -> None:
    """What a reviewer gave back waits as returned; acceptance does not stand for the reason."""
    bare = Answer(status="not_applicable")
    assert state_of(reviewed(bare, state="returned"), reviewer=True).work == "returned"
    assert state_of(reviewed(bare), reviewer=True).work == "unanswered"


def test_unknown_facts_make_items_apply() -> None:
    """An item of unknown reach applies, is marked so, and the facts to give are named once."""
    case = high_risk(applies_when=fact_is("size", "large"))
    found = assessed(
        (
            conformity("A", applies_when=fact_is("egov", True)),
            conformity("B", applies_when=fact_is("egov", True), high_risk=case),
            conformity("C", high_risk=case),
        )
    )
    assert [one.applies for one in found.items] == ["unknown", "unknown", "yes"]
    assert [one.missing_facts for one in found.items] == [("egov",), ("egov", "size"), ("size",)]
    assert found.missing_facts == ("egov", "size")
    assert found.counts.applicable == 3


def test_staleness() -> None:
    """An answer to another wording is stale; one without fingerprint counts as current."""
    assert state_of(met(fingerprint="zh-000000000000")).stale
    assert not state_of(met(fingerprint=item_fingerprint(conformity(), "zh"))).stale
    assert not state_of(met()).stale
    assert not state_of(Answer(note="先记", fingerprint="zh-000000000000")).stale


def test_work_states() -> None:
    """Unanswered, answered, then what the review says as long as it is about this answer."""
    done = unmet(note="x")
    changed = msgspec.structs.replace(reviewed(done), note="y")
    returned = reviewed(done, state="returned")
    seen = [
        (one.work, one.review_outdated)
        for one in map(
            state_of,
            [
                None,
                Answer(note="x"),
                done,
                reviewed(done),
                returned,
                changed,
                reviewed(done, of=None),
            ],
        )
    ]
    assert seen == [
        ("unanswered", False),
        ("unanswered", False),
        ("answered", False),
        ("accepted", False),
        ("returned", False),
        ("answered", True),
        ("answered", True),
    ]


def test_remediation_does_not_disturb_a_review() -> None:
    """Mending after the review leaves the answer accepted."""
    later = msgspec.structs.replace(reviewed(unmet()), remediation=LATE, recheck=TODAY)
    assert state_of(later).work == "accepted"


def test_a_mitigation_waits_for_the_reviewer_the_sheet_names() -> None:
    """Named reviewer: lowered only once accepted; none named: the citation suffices."""
    cited = unmet(mitigation=CitedMitigation(id="acl", note="34 台"))
    case = high_risk()
    waiting = state_of(cited, reviewer=True, high_risk=case)
    assert (waiting.risk, waiting.lowered_by, waiting.high_risk_case) == ("high", None, "6.3.2.1")
    for lowered in (
        state_of(reviewed(cited), reviewer=True, high_risk=case),
        state_of(cited, high_risk=case),
    ):
        assert (lowered.risk, lowered.lowered_by) == ("medium", "acl")
    changed = msgspec.structs.replace(reviewed(cited), note="又变")
    assert state_of(changed, reviewer=True, high_risk=case).risk == "high"
    returned = reviewed(cited, state="returned")
    assert state_of(returned, reviewer=True, high_risk=case).risk == "high"


def findings_of(*answers: Answer, **fields: Any) -> Assessment:
    """Return the assessment of items I-0 … with these answers; the last has a high-risk case."""
    items = [conformity(f"I-{index}", **fields) for index in range(len(answers))]
    items[-1] = conformity(f"I-{len(answers) - 1}", high_risk=high_risk())
    return assessed(tuple(items), {item.id: one for item, one in zip(items, answers, strict=True)})


def test_findings_put_high_risks_first() -> None:
    """Findings are partial and unmet answers, high risks first, then as in the checklist."""
    found = findings_of(unmet(), met(), Answer(status="partial"), OUT, unmet())
    assert [(one.state.item.id, one.risk, one.case) for one in found.findings] == [
        ("I-4", "high", "6.3.2.1"),
        ("I-0", "medium", None),
        ("I-2", "low", None),
    ]
    assert count_figures((found,)).high == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (unmet(), None),
        (unmet(mitigation=CitedMitigation(id="acl", note="已启用")), "已启用"),
        (unmet(risk=RiskOverride(level="low", reason="内网")), "内网"),
        (
            unmet(
                mitigation=CitedMitigation(id="acl", note="已启用"),
                risk=RiskOverride(level="medium", reason="有控制"),
            ),
            "有控制",
        ),
    ],
)
def test_findings_say_why_a_risk_departs(answer: Answer, reason: str | None) -> None:
    """The override's reason, else the note of the mitigation that lowered it."""
    (finding,) = findings_of(answer).findings
    assert finding.reason == reason


def test_a_mitigation_that_does_not_count_gives_no_reason() -> None:
    """While the reviewer has not accepted it, its note is no reason: the risk is as computed."""
    answer = unmet(mitigation=CitedMitigation(id="acl", note="已启用"))
    given = sheet({"A-1": answer}, people=REVIEWED)
    (finding,) = assessed(checklist(conformity(high_risk=high_risk())), given).findings
    assert (finding.risk, finding.reason) == ("high", None)


def test_an_override_that_does_not_count_gives_no_reason() -> None:
    """While the reviewer has not accepted it, the computed risk stands without excuse."""
    answer = unmet(risk=RiskOverride(level="low", reason="内网"))
    given = sheet({"A-1": answer}, people=REVIEWED)
    (finding,) = assessed(checklist(conformity(high_risk=high_risk())), given).findings
    assert (finding.risk, finding.reason) == ("high", None)


@pytest.mark.parametrize(
    ("state", "due", "overdue"),
    [
        ("planned", date(2026, 5, 31), True),
        ("in_progress", date(2026, 5, 31), True),
        ("planned", TODAY, False),
        ("planned", None, False),
        ("done", date(2026, 5, 31), False),
        ("verified", date(2026, 5, 31), False),
        ("risk_accepted", date(2026, 5, 31), False),
    ],
)
def test_overdue(state: Any, due: date | None, overdue: bool) -> None:
    """Past its due date and neither done nor accepted; on the day itself not yet."""
    plan = Remediation(state=state, due=due)
    found = assessed(conformity(), {"A-1": unmet(remediation=plan)})
    (row,) = found.ledger
    assert (row.overdue, row.days_late, row.progress) == (overdue, int(overdue), state)
    assert found.items[0].overdue == overdue
    assert count_figures((found,)).overdue == int(overdue)


def test_what_was_mended_is_not_overdue() -> None:
    """A remediation left on an item that is met now is in no ledger."""
    found = assessed(conformity(), {"A-1": met(remediation=LATE)})
    assert (found.ledger, found.items[0].overdue) == ((), False)


def test_what_is_overdue_stands_before_what_was_due_earlier() -> None:
    """Of measures that are done, the day does not matter any more."""
    done = Remediation(due=date(2026, 5, 1), state="done")
    found = findings_of(unmet(remediation=done), unmet(remediation=LATE))
    assert [(row.state.item.id, row.overdue) for row in found.ledger] == [
        ("I-1", True),
        ("I-0", False),
    ]


def test_the_ledger() -> None:
    """Overdue first, then by due date, without one last; then in the order of the findings."""
    soon = Remediation(due=date(2026, 7, 1))
    later = Remediation(due=date(2026, 8, 1))
    found = findings_of(
        unmet(),
        unmet(remediation=later),
        unmet(remediation=soon),
        unmet(remediation=LATE),
        unmet(),
    )
    assert [row.state.item.id for row in found.ledger] == ["I-3", "I-2", "I-1", "I-4", "I-0"]
    first, last = found.ledger[0], found.ledger[-1]
    assert (first.action, first.unit, first.owner, first.due) == (
        "改",
        "信息科",
        "王敏",
        date(2026, 5, 30),
    )
    assert (first.days_late, first.risk, first.done_on) == (2, "medium", None)
    assert (last.progress, last.action) == (None, None)


@pytest.mark.parametrize(
    ("recheck", "due"), [(None, False), (TODAY, True), (date(2026, 6, 2), False)]
)
def test_recheck(recheck: date | None, due: bool) -> None:
    """The day to look again has come when it is today or past."""
    assert state_of(met(recheck=recheck)).recheck_due == due


def test_missing_evidence() -> None:
    """Required proofs that no cited row of the register serves, for what was answered."""
    proofs = (
        Proof(id="policy", text=text(), required=True),
        Proof(id="form", text=text(), demand="final"),
        Proof(id="extra", text=text()),
    )

    def missing(answer: Answer | None) -> tuple[str, ...]:
        item = conformity(evidence=proofs)
        answers = {} if answer is None else {"A-1": answer}
        return assessed(item, answers, register=register(ev_1=paper())).items[0].missing_evidence

    assert missing(None) == ()
    assert missing(OUT) == ()
    assert missing(met()) == ("policy", "form")
    assert missing(met(evidence={"ev-1": "policy"})) == ("form",)
    assert missing(met(evidence={"ev-1": ("policy", "form")})) == ()
    assert missing(met(evidence={"ev-9": "policy"})) == ("policy", "form")


def test_states_agree_with_the_score() -> None:
    """What is unanswered is in no sum, and makes the score incomplete."""
    found = assessed((conformity("A"), conformity("B")), {"A": met()})
    assert found.score is not None
    assert (found.score.complete, str(found.score.value)) == (False, "100")
    assert str(found.sections[0].score) == "100"


def test_nothing_answered_has_no_score() -> None:
    """It is no score of 0; that the items could score is told apart from a list that can't."""
    found = assessed((conformity("A"), conformity("B")), {})
    assert (found.score, found.sections[0].score, found.is_scored) == (None, None, True)
    assert not assessed((date_item("A"),), {}).is_scored


NINE = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reviewed_at", "counts"),
    [
        (NINE + timedelta(days=1), True),
        (NINE.astimezone(timezone(timedelta(hours=8))), True),
        (NINE - timedelta(minutes=59), True),
        (NINE - timedelta(minutes=61), False),
        (datetime(2020, 1, 2, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 5, 12, 9, 0), True),  # noqa: DTZ001  # typed without a zone
        (datetime(2026, 5, 11, 9, 0), False),  # noqa: DTZ001  # likewise
        (datetime.min.replace(tzinfo=UTC), False),
        (datetime.max.replace(tzinfo=UTC), True),
        (None, True),
    ],
)
def test_a_review_from_before_the_answer_does_not_count(
    reviewed_at: datetime | None, counts: bool
) -> None:
    """Not even with the right digest; clocks of two computers may differ by an hour."""
    state = state_of(reviewed(unmet(at=NINE), at=reviewed_at), reviewer=True)
    assert (state.work, state.review_outdated) == (
        ("accepted", False) if counts else ("answered", True)
    )
    assert state_of(reviewed(unmet(), at=reviewed_at), reviewer=True).work == "accepted"
