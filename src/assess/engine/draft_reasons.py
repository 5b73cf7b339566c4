"""What at its items makes the report of a sheet a draft: the report and a closing ask the same."""

from __future__ import annotations

from assess.model.results import Assessment


def list_returned_items(assessment: Assessment) -> list[str]:
    """Return the items whose answer was returned and has not changed since."""
    return [state.item.id for state in assessment.items if state.work == "returned"]


def list_items_returned_by_office(assessment: Assessment) -> list[str]:
    """Return those of the returned items that the higher body returned: no person did."""
    answers = {state.item.id: state.answer for state in assessment.items}
    reviews = (
        (item, answer.review)
        for item in list_returned_items(assessment)
        if (answer := answers[item]) is not None
    )
    return [item for item, review in reviews if review is not None and review.by is None]


def list_items_lacking_demanded_proof(assessment: Assessment) -> list[str]:
    """Return the items that lack evidence without which no report is final."""
    return [
        state.item.id
        for state in assessment.items
        if any(
            proof.demand == "final" and proof.id in state.missing_evidence
            for proof in state.item.evidence
        )
    ]


def list_unreviewed_items(assessment: Assessment) -> list[str]:
    """Return the answered items that no reviewer has accepted or returned."""
    return [state.item.id for state in assessment.items if state.work == "answered"]


def list_unanswered_items(assessment: Assessment) -> list[str]:
    """Return the items that apply, or may apply, and have no result or lack its reason."""
    return [
        state.item.id
        for state in assessment.items
        if state.applies != "no" and (not state.result or state.work == "unanswered")
    ]


def list_stale_items(assessment: Assessment) -> list[str]:
    """Return the items that were answered to another wording than the pinned one."""
    return [state.item.id for state in assessment.items if state.applies != "no" and state.stale]
