from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from assess.engine.proposals.proposal import Proposal
from assess.engine.proposals.taking import make_taken_over_fields
from assess.engine.taken_over import (
    has_new_evidence,
    has_new_note,
    is_result_taken_over,
    is_taken_over_unchanged,
    visible_note_digest,
)
from assess.model.answer import Answer, Remediation, TakenFrom
from factories import met

PLAN = Remediation(action="补装")


def proposal(**fields: Any) -> Proposal:
    """Return a proposal of the round before with note and evidence."""
    given: dict[str, Any] = {
        "source": "last_round",
        "where": "2025",
        "status": "met",
        "note": "抽查 118 台",
        "evidence": {"ev-1": "photo"},
        "remediation": PLAN,
        "taken_from": TakenFrom(
            round="2025", of="a-1", note=visible_note_digest("抽查 118 台"), evidence=("ev-1",)
        ),
    }
    return Proposal(**(given | fields))


def take(one: Proposal, answer: Answer) -> Answer:
    """Return the answer after a proposal was taken."""
    return replace(answer, **make_taken_over_fields(one, answer))


def test_everything_is_filled_in() -> None:
    """And nothing in it is new."""
    answer = take(proposal(), Answer())
    assert (answer.status, answer.note, answer.evidence) == (
        "met",
        "抽查 118 台",
        {"ev-1": "photo"},
    )
    assert answer.remediation == PLAN
    assert answer.taken_from == proposal().taken_from
    assert is_result_taken_over(answer)
    assert is_taken_over_unchanged(answer)
    assert make_taken_over_fields(proposal(), answer) == {}


def test_what_was_typed_stays() -> None:
    """A note, evidence and a plan that are there; they count as new."""
    typed = Answer(note="今年查了 120 台", evidence={"ev-2": "other"}, remediation=Remediation())
    answer = take(proposal(), typed)
    assert answer.note == typed.note
    assert answer.evidence == {"ev-2": "other", "ev-1": "photo"}
    assert answer.remediation == Remediation()
    assert answer.taken_from is not None
    assert answer.taken_from.note is None
    assert has_new_note(answer)
    assert has_new_evidence(answer)


def test_a_note_that_was_written_anew_is_new() -> None:
    """Other words are; other spaces, no words at all and evidence taken away are not."""
    answer = take(proposal(), Answer())
    assert is_taken_over_unchanged(replace(answer, note=" 抽查 118\n台 "))
    assert is_taken_over_unchanged(replace(answer, note=None))
    assert is_taken_over_unchanged(replace(answer, evidence={}))
    assert not is_taken_over_unchanged(replace(answer, note="抽查 120 台"))
    assert not is_taken_over_unchanged(
        replace(answer, evidence={**answer.evidence, "ev-9": "other"})
    )
    assert not is_taken_over_unchanged(met(note="n"))


def test_note_and_evidence_alone_are_no_taken_result() -> None:
    """The result that follows is this round's own."""
    source = replace(proposal().taken_from, note_only=True)
    answer = take(proposal(status=None, taken_from=source), Answer())
    assert answer.status is None
    assert not is_result_taken_over(answer)
    assert not is_result_taken_over(replace(answer, status="met"))
    assert is_taken_over_unchanged(replace(answer, status="met"))


def test_what_two_takings_brought_is_known() -> None:
    """A note taken first, a result taken later: neither is new."""
    source = replace(proposal().taken_from, note_only=True)
    first = take(proposal(status=None, taken_from=source), Answer())
    fact = TakenFrom(fact="wlan", of="v-1", note=visible_note_digest("单位资料"))
    other = proposal(status="not_applicable", note="单位资料", evidence={}, taken_from=fact)
    answer = take(other, first)
    assert answer.status == "not_applicable"
    assert answer.note == "抽查 118 台"
    assert is_taken_over_unchanged(answer)


answers = st.builds(
    Answer,
    status=st.sampled_from([None, "met", "unmet"]),
    note=st.sampled_from([None, "", "抽查 118 台", "别的"]),
    evidence=st.dictionaries(st.sampled_from(["ev-1", "ev-2"]), st.just("other")),
    remediation=st.sampled_from([None, PLAN]),
)
proposals = st.builds(
    proposal,
    status=st.sampled_from([None, "met", "unmet"]),
    note=st.sampled_from([None, "抽查 118 台"]),
    evidence=st.dictionaries(st.sampled_from(["ev-1", "ev-3"]), st.just("photo")),
    remediation=st.sampled_from([None, PLAN]),
)


@given(proposals, answers)
def test_taking_loses_nothing_and_twice_is_once(one: Proposal, answer: Answer) -> None:
    """Whatever is there and whatever is proposed."""
    after = take(one, answer)
    assert make_taken_over_fields(one, after) == {}
    assert set(answer.evidence) <= set(after.evidence)
    assert not answer.has_note or after.note == answer.note
    assert answer.remediation is None or after.remediation == answer.remediation
    assert one.status is None or after.status == one.status
    assert msgspec.to_builtins(after)
