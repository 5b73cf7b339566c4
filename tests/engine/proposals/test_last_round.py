from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from assess.engine.fingerprint import item_fingerprint, reviewed_answer_digest
from assess.engine.proposals.last_round import propose_answer_of_last_round
from assess.engine.proposals.proposal import Proposal, ProposalRemark
from assess.engine.proposals.sources import has_source_changed, list_best_useful_proposals
from assess.engine.taken_over import combine_digests, visible_note_digest
from assess.model.answer import Answer, Remediation, Review, TakenFrom
from assess.model.item import NEVER, Item, Verdict
from engine.proposals.contexts import context_of
from factories import TODAY, conformity, ladder, met, paper, ratio, register, text

RATIO = ratio("A-3")
LAST = Answer(
    value={"part": 109, "whole": 118},
    note="抽查 118 台",
    evidence={"ev-1": "photo", "ev-2": "other"},
    remediation=Remediation(action="补装", state="in_progress"),
    fingerprint=item_fingerprint(RATIO, "zh"),
    by="wang",
)
ROWS = register(ev_1=paper(), ev_2=paper(title=text("旧截图", "Old"), expires=TODAY - timedelta(1)))


def propose(item: Item, answer: Answer, **fields: Any) -> Proposal | None:
    """Return what is proposed where the item was answered so last year."""
    context = context_of(item, last={item.id: answer}, register=ROWS.evidence, **fields)
    return next(propose_answer_of_last_round(item, context), None)


def test_all_that_still_holds_is_proposed() -> None:
    """Value, note, evidence in force, open remediation; what expired is named and left out."""
    proposal = propose(RATIO, LAST)

    assert proposal is not None
    assert proposal.value == LAST.value
    assert proposal.note == LAST.note
    assert proposal.evidence == {"ev-1": "photo"}
    assert proposal.remediation == LAST.remediation
    assert proposal.remarks == (ProposalRemark("expired", (text("旧截图", "Old"),)),)
    source = proposal.taken_from
    assert (source.round, source.of, source.note_only) == (
        "2025",
        reviewed_answer_digest(LAST),
        False,
    )
    assert (source.note, source.evidence) == (visible_note_digest("抽查 118 台"), ("ev-1",))


def test_evidence_that_is_registered_no_more_is_named() -> None:
    """Its id is all that is left."""
    proposal = propose(RATIO, replace(LAST, evidence={"ev-9": "photo"}))
    assert proposal is not None
    assert proposal.remarks == (ProposalRemark("unregistered", ("ev-9",)),)


def test_a_result_that_is_found_anew_each_round_is_never_proposed() -> None:
    """Note and evidence are; without either there is nothing to propose."""
    each = ratio("A-3", each_round=True)
    proposal = propose(each, LAST)
    assert proposal is not None
    assert not proposal.proposes_complete_result
    assert proposal.value is None
    assert proposal.note == LAST.note
    assert proposal.taken_from.note_only
    assert ProposalRemark("each_round") in proposal.remarks
    assert propose(each, Answer(value=LAST.value)) is None


def test_a_result_that_the_item_does_not_take_is_not_proposed() -> None:
    """A rung that is gone; a status that it never has now; one that the reviewer had returned."""
    gone = propose(ladder(), Answer(value="monthly", note="n"))
    never = conformity(verdict=Verdict(met="m", unmet="u", not_applicable=NEVER))
    refused = propose(never, Answer(status="not_applicable", note="n"))
    last = met(note="n")
    review = Review(state="returned", of=reviewed_answer_digest(last))
    returned = propose(conformity(), replace(last, review=review))
    for proposal, remark in ((gone, "unfit"), (refused, "unfit"), (returned, "returned")):
        assert proposal is not None
        assert not proposal.proposes_complete_result
        assert [one.kind for one in proposal.remarks] == [remark]


def test_a_reworded_clause_is_said_and_the_note_is_to_be_read() -> None:
    """The old answer was given to another text."""
    proposal = propose(ratio("A-3", requirement="Another"), LAST)
    assert proposal is not None
    assert proposal.remarks[0] == ProposalRemark("reworded")
    assert proposal.needs_note_rereading
    assert proposal.proposes_complete_result


def test_an_item_that_stands_for_an_older_one_gets_its_answer() -> None:
    """`supersedes` of one item is followed; of several there is no one answer."""
    old, new = conformity("A-1"), conformity("B-1", supersedes=("A-1",))
    several = conformity("B-2", supersedes=("A-1", "A-2"))
    context = context_of(new, several, last={"A-1": met(note="n")}, last_items=(old,))
    assert [one.status for one in list_best_useful_proposals(new, None, context)] == ["met"]
    assert list_best_useful_proposals(several, None, context) == ()


def test_nothing_is_proposed_without_an_answer() -> None:
    """No round before, no answer there, an answer that says nothing."""
    assert list_best_useful_proposals(RATIO, None, context_of(RATIO)) == ()
    assert list_best_useful_proposals(RATIO, None, context_of(RATIO, last={})) == ()
    assert (
        list_best_useful_proposals(RATIO, None, context_of(RATIO, last={"A-3": Answer(note="n")}))
        == ()
    )


def test_a_source_that_changed_later_is_seen() -> None:
    """Another note in the round before, or no answer any more; another round can't be compared."""
    proposal = propose(RATIO, LAST)
    assert proposal is not None
    source = proposal.taken_from
    assert not has_source_changed(RATIO, source, context_of(RATIO, last={"A-3": LAST}))
    other = replace(LAST, note="抽查 120 台")
    assert has_source_changed(RATIO, source, context_of(RATIO, last={"A-3": other}))
    assert has_source_changed(RATIO, source, context_of(RATIO, last={}))
    assert not has_source_changed(RATIO, source, context_of(RATIO))


def test_the_source_of_merged_answers_is_all_of_them() -> None:
    """It has changed where one of them has; as one that two answers share, it is that."""
    merged = conformity("B-1", supersedes=("A-1", "A-2"))
    items = (conformity("A-1"), conformity("A-2"))
    answers = {"A-1": met(note="甲"), "A-2": met(note="乙")}
    digests = [reviewed_answer_digest(answer) for answer in answers.values()]
    source = TakenFrom(round="2025", of=combine_digests(digests))
    context = context_of(merged, last=answers, last_items=items)
    assert not has_source_changed(merged, source, context)
    changed = answers | {"A-2": met(note="丙")}
    assert has_source_changed(merged, source, context_of(merged, last=changed, last_items=items))
    assert combine_digests(["a-1", "a-1"]) == "a-1"
