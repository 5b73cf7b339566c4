"""The source `last_round`: what the same item was answered in the round before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.kinds.statuses import allowed_statuses
from assess.engine.proposals.proposal import (
    EarlierSheet,
    Proposal,
    ProposalContext,
    ProposalRemark,
    RemarkKind,
)
from assess.engine.rounds import OPEN_STATES
from assess.engine.scoring.states import is_answer_stale, is_review_current
from assess.engine.taken_over import combine_digests, visible_note_digest
from assess.engine.upgrade.fit import find_answer_faults, replace_unasked_proofs_by_other
from assess.model.answer import Answer, Remediation, TakenFrom
from assess.model.item import Item


def propose_answer_of_last_round(item: Item, context: ProposalContext) -> Iterator[Proposal]:
    """Yield the answer of the round before, as far as it can be taken over.

    The result is left out where the item is found anew each round, does not take it any more, or
    the reviewer had returned it. Evidence that is not in force is left out and named.
    """
    earlier = context.earlier
    answered = find_earlier_answer(item, earlier) if earlier is not None else None
    if earlier is None or answered is None:
        return
    _earlier_item, answer = answered
    reason = _find_result_exclusion_reason(item, answer, context)
    evidence = _split_off_unusable_evidence(replace_unasked_proofs_by_other(answer, item), context)
    proposal = Proposal(
        source="last_round",
        where=earlier.title,
        status=None if reason else answer.status,
        value=None if reason else answer.value,
        note=answer.note if answer.has_note else None,
        evidence=evidence.in_force,
        remediation=_open_remediation(answer),
        taken_from=TakenFrom(
            round=earlier.round,
            note_only=reason is not None,
            of=reviewed_answer_digest(answer),
            note=visible_note_digest(answer.note) if answer.note and answer.has_note else None,
            evidence=tuple(evidence.in_force),
        ),
        by=answer.by,
        at=answer.at,
        remarks=(
            *((ProposalRemark("reworded"),) if is_answer_stale(item, answer) else ()),
            *((ProposalRemark(reason),) if reason else ()),
            *evidence.remarks,
        ),
        shown=answer if reason else None,
    )
    if (
        proposal.proposes_complete_result
        or proposal.note
        or proposal.evidence
        or proposal.remediation
    ):
        yield proposal


def find_earlier_answer(item: Item, earlier: EarlierSheet) -> tuple[Item, Answer] | None:
    """Return the earlier answer to an item, or to the only item that it supersedes, with its item.

    None where neither was answered.
    """
    for name in (item.id, *(item.supersedes if len(item.supersedes) == 1 else ())):
        earlier_item, answer = earlier.items.get(name), earlier.answers.get(name)
        if earlier_item is not None and answer is not None and answer.is_given:
            return earlier_item, answer
    return None


def find_earlier_answers_digest(item: Item, earlier: EarlierSheet) -> str | None:
    """Return the digest of the earlier answer to an item, or to all that it supersedes; or None."""
    answered = find_earlier_answer(item, earlier)
    if answered is not None:
        return reviewed_answer_digest(answered[1])
    names = (name for name in dict.fromkeys(item.supersedes) if name in earlier.items)
    answers = (earlier.answers.get(name) for name in names)
    digests = [
        reviewed_answer_digest(each) for each in answers if each is not None and each.is_given
    ]
    return combine_digests(digests) if digests else None


def _find_result_exclusion_reason(
    item: Item, answer: Answer, context: ProposalContext
) -> RemarkKind | None:
    """Return why the result is not proposed; None where it is."""
    if item.each_round:
        return "each_round"
    if find_answer_faults(item, answer, context.today, context.lang):
        return "unfit"
    if answer.status is not None and answer.status not in allowed_statuses(item):
        return "unfit"
    review = answer.review
    if review is not None and review.state == "returned" and is_review_current(answer):
        return "returned"
    return None


class _SplitEvidence(NamedTuple):
    """The evidence that is in force, and remarks that name the rest."""

    in_force: dict[str, str | tuple[str, ...]]
    remarks: tuple[ProposalRemark, ...]


def _split_off_unusable_evidence(answer: Answer, context: ProposalContext) -> _SplitEvidence:
    rows = context.register
    missing = tuple(row_id for row_id in answer.evidence if row_id not in rows)
    expired = tuple(
        row_id
        for row_id in answer.evidence
        if (row := rows.get(row_id)) is not None
        and row.expires is not None
        and row.expires < context.today
    )
    remarks: list[ProposalRemark] = []
    if expired:
        titles = tuple(rows[row_id].title for row_id in expired)
        remarks.append(ProposalRemark("expired", titles))
    if missing:
        remarks.append(ProposalRemark("unregistered", missing))
    left_out = {*missing, *expired}
    in_force = {key: proofs for key, proofs in answer.evidence.items() if key not in left_out}
    return _SplitEvidence(in_force, tuple(remarks))


def _open_remediation(answer: Answer) -> Remediation | None:
    plan = answer.remediation
    return plan if plan is not None and plan.state in OPEN_STATES else None
