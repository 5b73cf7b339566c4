from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from assess.engine.fingerprint import item_fingerprint, reviewed_answer_digest
from assess.engine.lint.sheet import lint_sheet
from assess.engine.lint.symbols import uncommon_symbols_text
from assess.engine.pseudonyms import Pseudonyms
from assess.model.answer import (
    Answer,
    CitedMitigation,
    Remediation,
    Review,
    RiskOverride,
    TakenFrom,
)
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.model.item import Item, Proof, Verdict
from assess.problem import Problem, TreePath
from factories import (
    SHEET_FILE,
    TODAY,
    checklist,
    config,
    conformity,
    fact_is,
    high_risk,
    ladder,
    paper,
    ratio,
    register,
    sheet,
    text,
)

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


def lint(answer: Answer, item: Item | None = None, **settings: Any) -> list[Problem]:
    """Return what is wrong with an answer to an item."""
    given = item or conformity()
    rows: EvidenceRow = settings.pop("row", paper())
    return lint_sheet(
        sheet({given.id: answer}),
        checklist(given),
        config(**settings),
        register(ev_1=rows),
        TODAY,
        "en",
        file=SHEET_FILE,
    )


def found(
    answer: Answer, item: Item | None = None, **settings: Any
) -> list[tuple[str, TreePath, str]]:
    """Return codes, paths from the answer on, and severities."""
    return [(one.code, one.path[2:], one.severity) for one in lint(answer, item, **settings)]


def answered(item: Item | None = None, **fields: Any) -> Answer:
    """Return an answer with the item's own fingerprint, `met` unless told otherwise."""
    given = {"fingerprint": item_fingerprint(item or conformity(), "zh"), "status": "met"} | fields
    return Answer(**given)


def reviewed(answer: Answer, **fields: Any) -> Answer:
    """Return the answer, accepted by Li as it stands."""
    review = Review(
        **{"state": "accepted", "by": "li", "of": reviewed_answer_digest(answer), **fields}
    )
    return msgspec.structs.replace(answer, review=review)


def test_right_answers() -> None:
    """What is complete gives not a word; neither does what is only begun."""
    full = answered(
        evidence={"ev-1": ("photo", "remediation", "other")}, by="wang", recheck=date(2026, 6, 2)
    )
    assert found(full) == []
    assert found(reviewed(full)) == []
    assert found(Answer(note="先记下")) == []
    assert found(Answer(status="not_applicable", note="无", fingerprint="zh-x"), ladder()) == [
        ("answer-stale", ("fingerprint",), "warning")
    ]


@pytest.mark.parametrize(
    ("item", "fields", "expected"),
    [
        (conformity(), {"value": "x"}, ("status-and-value", ("value",), "error")),
        (conformity(), {"status": None, "value": "x"}, ("value-for-status", ("value",), "error")),
        (ladder(), {}, ("status-kind", ("status",), "error")),
        (
            ratio(),
            {"status": None, "value": {"part": 3, "whole": 2}},
            ("ratio-part-over-whole", ("value", "part"), "error"),
        ),
        (
            conformity(),
            {"status": "not_applicable"},
            ("reason-missing", ("status",), "error"),
        ),
        (
            ladder(),
            {"status": "not_applicable", "note": " "},
            ("reason-missing", ("status",), "error"),
        ),
    ],
)
def test_content(item: Item, fields: dict[str, Any], expected: Any) -> None:
    """Status and value must be what the kind takes; not_applicable says why."""
    assert found(answered(item, **fields), item) == [expected]


@pytest.mark.parametrize(
    ("item", "status"),
    [
        (conformity(verdict=Verdict(not_applicable="never")), "not_applicable"),
        (ladder(verdict=Verdict(not_applicable="never")), "not_applicable"),
        (conformity(verdict=Verdict(met=text("齐", "All"))), "partial"),
    ],
)
def test_a_status_that_the_item_never_has(item: Item, status: Any) -> None:
    """Such an answer may be older than the wording: it is a warning."""
    answer = answered(item, status=status, note="x")
    assert found(answer, item) == [("status-refused", ("status",), "warning")]


def test_a_status_on_a_ladder_says_what_to_write() -> None:
    """The hint names the form of the value."""
    (problem,) = lint(answered(ladder()), ladder())
    assert problem.hint == "write it under `value`: the id of a rung"


def test_fingerprints() -> None:
    """Missing and stale fingerprints are warnings."""
    assert found(Answer(status="met")) == [("fingerprint-missing", (), "warning")]
    assert found(answered(fingerprint="zh-000000000000")) == [
        ("answer-stale", ("fingerprint",), "warning")
    ]


def test_an_answer_that_conditions_leave_out() -> None:
    """It is not counted, and that is said; where nothing was answered there is nothing to say."""
    item = conformity(applies_when=fact_is("egov", True))
    facts = {"egov": False}
    assert found(answered(), item, profile=facts) == [("item-left-out", (), "warning")]
    assert found(Answer(note="x"), item, profile=facts) == []


def test_evidence() -> None:
    """Cited rows must be there and in force; proofs are the item's, remediation or other."""
    answer = answered(evidence={"ev-2": "photo", "ev-1": ("photos", "other")})
    assert found(answer, row=paper(expires=date(2026, 5, 31))) == [
        ("evidence-unknown", ("evidence", "ev-2"), "error"),
        ("evidence-expired", ("evidence", "ev-1"), "warning"),
        ("proof-unknown", ("evidence", "ev-1"), "error"),
    ]


def test_near_proofs() -> None:
    """A mistyped proof is suggested."""
    (problem,) = lint(answered(evidence={"ev-1": "photos"}))
    assert problem.hint == "did you mean photo?"


RISKY = conformity(
    high_risk=high_risk(), evidence=(Proof(id="policy", text=text(), required=True),)
)


def test_a_high_risk_wants_evidence_and_remediation() -> None:
    """Both are warnings; a lowered risk and a planned remediation are quiet."""
    bare = answered(status="unmet")
    assert found(bare, RISKY) == [
        ("high-risk-evidence", (), "warning"),
        ("high-risk-remediation", (), "warning"),
    ]
    planned = answered(
        status="unmet", evidence={"ev-1": "policy"}, remediation=Remediation(action="改", due=TODAY)
    )
    assert found(planned, RISKY) == []
    lowered = answered(status="unmet", mitigation=CitedMitigation(id="acl"))
    assert found(lowered, RISKY) == []


@pytest.mark.parametrize("item", [RISKY, conformity()])
def test_unknown_mitigation(item: Item) -> None:
    """A mitigation must be one of the item's case."""
    answer = answered(status="met", mitigation=CitedMitigation(id="alc"))
    assert found(answer, item) == [("mitigation-unknown", ("mitigation", "id"), "error")]


def test_a_case_lowered_by_hand() -> None:
    """An override of a case without its mitigation is pointed out; with it, or upwards, not."""
    low = RiskOverride(level="low", reason="内网")
    by_hand = answered(status="unmet", risk=low)
    assert found(by_hand, RISKY) == [("risk-by-hand", ("risk", "level"), "warning")]
    assert found(by_hand) == []
    cited = answered(status="unmet", risk=low, mitigation=CitedMitigation(id="acl"))
    assert found(cited, RISKY) == []
    high = answered(status="partial", risk=RiskOverride(level="high", reason="公开"))
    assert "risk-by-hand" not in [one.code for one in lint(high, RISKY)]


def test_people() -> None:
    """Who answered and who reviewed must be in assess.yaml."""
    answer = reviewed(answered(by="nobody"), by="no")
    assert found(answer) == [
        ("person-unknown", ("review", "by"), "error"),
        ("person-unknown", ("by",), "error"),
    ]


def test_nobody_reviews_their_own_answer() -> None:
    """An error, a warning where there is only one person."""
    own = reviewed(answered(by="wang"), by="wang")
    assert found(own) == [("review-own", ("review", "by"), "error")]
    alone = {"wang": Person(name="王敏")}
    assert found(own, people=alone) == [("review-own", ("review", "by"), "warning")]
    nameless = reviewed(answered(), by=None)
    assert found(nameless) == []


def test_reviews_of_something_else() -> None:
    """A review of an older answer, or of nothing said, is a warning."""
    changed = msgspec.structs.replace(reviewed(answered()), note="又改")
    assert found(changed) == [("review-outdated", ("review", "of"), "warning")]
    assert found(reviewed(answered(), of=None)) == [("review-unbound", ("review",), "warning")]
    emptied = msgspec.structs.replace(reviewed(answered()), status=None)
    assert found(emptied) == [("review-without-answer", ("review",), "warning")]
    returned = msgspec.structs.replace(reviewed(answered(), state="returned"), status=None)
    assert found(returned) == []
    early = reviewed(answered(at=NOW), at=NOW - timedelta(days=1))
    assert found(early) == [("review-before-answer", ("review", "at"), "warning")]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (Remediation(state="risk_accepted", accepted_by="赵云", reason="停用前"), []),
        (Remediation(state="risk_accepted", accepted_by="赵云"), [("risk-accepted-by", "error")]),
        (Remediation(state="done"), [("done-on-missing", "warning")]),
        (Remediation(state="done", done_on=TODAY), []),
        (Remediation(state="verified", verified_on=TODAY), [("verified-missing", "warning")]),
        (Remediation(state="verified", verified_by="李健", verified_on=TODAY), []),
        (Remediation(state="planned"), [("plan-date-missing", "warning")]),
        (Remediation(state="in_progress", due=TODAY), []),
        (Remediation(no_due_reason="等机房搬迁的日期"), []),
    ],
)
def test_remediation(plan: Remediation, expected: list[tuple[str, str]]) -> None:
    """Each state of mending carries what proves it."""
    seen = found(answered(status="unmet", remediation=plan))
    assert seen == [(code, ("remediation", "state"), severity) for code, severity in expected]


def test_recheck() -> None:
    """The day to look again has come: a warning."""
    assert found(answered(recheck=TODAY)) == [("recheck-due", ("recheck",), "warning")]


def test_uncommon_symbols_are_told() -> None:
    """Emoji in texts that reports print are named with their codes; rare Han characters are not."""
    plan = Remediation(action="贴🚫标志")
    answer = answered(note="已换旗🇨🇳，❤，𠮷", remediation=plan)
    codes = [code for code, _path, _severity in found(answer)]
    assert codes.count("symbol-uncommon") == 2
    assert uncommon_symbols_text("🇨🇳🇨") == "🇨 U+1F1E8, 🇳 U+1F1F3"
    assert uncommon_symbols_text("".join(map(chr, range(0x1F600, 0x1F608)))).endswith("U+1F604 …")


def test_sources_that_are_not_there() -> None:
    """A round, a checklist and evidence that the workspace lacks are each named."""
    evidence = tuple(f"ev-{number}" for number in range(60_000))
    of = "sha256:" + "0" * 64
    gone = answered(taken_from=TakenFrom(round="1999", of=of, evidence=evidence))
    (unknown_round, unknown_evidence) = lint(gone)
    assert unknown_round.path[2:] == ("taken_from", "round")
    assert "1999" in unknown_round.message
    assert unknown_evidence.path[2:] == ("taken_from", "evidence")
    assert "ev-0 (+59998)" in unknown_evidence.message
    elsewhere = answered(taken_from=TakenFrom(value="no-such/EGN-01", of=of))
    assert found(elsewhere) == [("source-unknown", ("taken_from", "value"), "warning")]
    known = answered(taken_from=TakenFrom(round="2026", of=of, evidence=("ev-1",)))
    assert found(known) == []


def test_what_a_sanitised_copy_replaced_is_no_missing_source() -> None:
    """Rounds and places have pseudonyms there; an id that only looks alike is told."""
    names = Pseudonyms(b"k", "zh")
    places = (names.replace_source_place("no-such/EGN-01"), "removed/EGN-01")
    rounds = (names.replace_round_id_unless_year("spring"), "removed-spring")
    values = [answered(taken_from=TakenFrom(value=place, of="v-1")) for place in places]
    taken = [answered(taken_from=TakenFrom(round=round_id, of="a-1")) for round_id in rounds]
    assert [len(found(answer)) for answer in (*values, *taken)] == [0, 1, 0, 1]


def test_a_note_that_is_a_book() -> None:
    """What reports would print on many pages is told with its length."""
    assert found(answered(note="字" * 5_000)) == []
    (problem,) = lint(answered(note="字" * 1_000_000))
    assert (problem.code, problem.severity) == ("note-long", "warning")
    assert "1000000" in problem.message
