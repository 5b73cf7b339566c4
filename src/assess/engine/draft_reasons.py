"""What at its items makes the report of a sheet a draft: the report and a closing ask the same."""

from __future__ import annotations

from assess.model.results import Assessment


def list_returned_items(assessment: Assessment) -> list[str]:
    """Return the items whose answer was returned by the reviewer and has not changed since."""
    return [state.item.id for state in assessment.items if state.work == "returned"]


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
