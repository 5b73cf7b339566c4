"""The state of one item: whether it applies, what was found, how far the work is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from assess.engine.fingerprint import is_fingerprint_current_or_listed, reviewed_answer_digest
from assess.engine.kinds.values import answer_degree, answer_result
from assess.engine.parameters import select_parameter_values
from assess.engine.scoring.applicability import StateLookup, decide_applicability
from assess.engine.scoring.risks import Risk, risk_of_finding
from assess.model.answer import Answer, Sheet
from assess.model.checklist import Scoring
from assess.model.evidence import Register
from assess.model.item import Item
from assess.model.results import ItemState, Result, WorkState

_OPEN = ("planned", "in_progress")

CLOCK_SLACK: Final = timedelta(hours=1)
"""How far the clocks of two machines may differ: nobody sets them, but they show the right hour."""


class AssessmentContext(NamedTuple):
    """What all items of one assessment share."""

    scoring: Scoring
    facts: Mapping[str, Any]
    register: Register
    reviewed: bool
    """Whether the sheet names a reviewer."""
    today: date


def build_assessment_context(
    scoring: Scoring, facts: Mapping[str, Any], sheet: Sheet, register: Register, today: date
) -> AssessmentContext:
    """Return what the items of a sheet share."""
    return AssessmentContext(scoring, facts, register, sheet.people.reviewer is not None, today)


def compute_item_state(
    item: Item,
    section: str,
    number: int,
    answer: Answer | None,
    context: AssessmentContext,
    state_of: StateLookup,
) -> ItemState:
    """Return everything computed about one item.

    `number` is its place unless facts leave it out; `state_of` returns the states of items before.
    """
    applies, closed, missing = decide_applicability(item, context.facts, state_of)
    if applies == "no" or answer is None:
        return ItemState(
            item=item,
            section=section,
            number=0 if applies == "no" and not closed else number,
            applies=applies,
            closed=closed,
            missing_facts=missing,
            answer=answer,
            parameters=select_parameter_values(item, context.facts),
        )
    outcome = answer_result(item, answer, context.scoring)
    work, outdated = _work_state_and_outdated_review(answer, outcome)
    risk = _item_risk(item, answer, outcome, work, context)
    return ItemState(
        item=item,
        section=section,
        number=number,
        applies=applies,
        missing_facts=missing,
        answer=answer,
        result=outcome,
        degree=answer_degree(item, answer, context.scoring),
        work=work,
        stale=is_answer_stale(item, answer),
        review_outdated=outdated,
        risk=risk and risk.level,
        high_risk_case=risk and risk.case,
        lowered_by=risk and risk.lowered_by,
        overdue=risk is not None and is_remediation_overdue(answer, context.today),
        recheck_due=answer.recheck is not None and answer.recheck <= context.today,
        missing_evidence=_list_missing_proofs(item, answer, outcome, context.register),
        parameters=select_parameter_values(item, context.facts),
    )


def is_answer_stale(item: Item, answer: Answer) -> bool:
    """Return whether the answer was given to another wording (待复核).

    Without a fingerprint (typed in an editor) it counts as given to the pinned text.
    """
    known = answer.fingerprint
    return (
        answer.is_given and known is not None and not is_fingerprint_current_or_listed(item, known)
    )


def is_remediation_overdue(answer: Answer, today: date) -> bool:
    """Return whether the remediation is past its due date and neither done nor accepted."""
    plan = answer.remediation
    return plan is not None and plan.due is not None and plan.due < today and plan.state in _OPEN


def is_review_current(answer: Answer) -> bool:
    """Return whether the last review is about the present answer.

    A review without `of` is about no answer. Nor is one that is older than the answer by more than
    `CLOCK_SLACK`: whoever guesses an answer can compute its digest before it is given.
    """
    review = answer.review
    return (
        review is not None
        and review.of == reviewed_answer_digest(answer)
        and not (answer.at and review.at and _is_clearly_earlier(review.at, answer.at))
    )


def _is_clearly_earlier(first: datetime, second: datetime) -> bool:
    """Return whether the first time is earlier by more than clocks differ.

    Where only one of them has a zone (typed in an editor), the times on the wall are compared.
    """
    if (first.tzinfo is None) != (second.tzinfo is None):
        first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
    return second - first > CLOCK_SLACK


def list_proofs_with_registered_evidence(answer: Answer, register: Register) -> set[str]:
    """Return the proofs that the cited rows serve; rows that are not in the register serve none."""
    served: set[str] = set()
    for row, proofs in answer.evidence.items():
        if row in register.evidence:
            served.update((proofs,) if isinstance(proofs, str) else proofs)
    return served


def _work_state_and_outdated_review(
    answer: Answer, result: Result | None
) -> tuple[WorkState, bool]:
    """Return the work state, and whether the review is about an older answer."""
    if result is None:
        return "unanswered", False
    work, outdated = _review_state_and_outdated(answer)
    if answer.is_inapplicable_without_reason and work != "returned":
        return "unanswered", outdated
    return work, outdated


def _review_state_and_outdated(answer: Answer) -> tuple[WorkState, bool]:
    review = answer.review
    if review is None:
        return "answered", False
    return (review.state, False) if is_review_current(answer) else ("answered", True)


def _item_risk(
    item: Item, answer: Answer, result: Result | None, work: WorkState, context: AssessmentContext
) -> Risk | None:
    accepted = work == "accepted" or not context.reviewed
    return risk_of_finding(item, answer, result, context.facts, accepted)


def _list_missing_proofs(
    item: Item, answer: Answer, result: Result | None, register: Register
) -> tuple[str, ...]:
    if result in (None, "not_applicable"):
        return ()
    required = [proof.id for proof in item.evidence if proof.is_required]
    if not required:
        return ()
    served = list_proofs_with_registered_evidence(answer, register)
    return tuple(proof for proof in required if proof not in served)
