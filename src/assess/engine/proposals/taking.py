"""Taking a proposal: the fields of an answer that it writes."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from assess.engine.proposals.proposal import Proposal
from assess.model.answer import Answer


def make_taken_over_fields(proposal: Proposal, answer: Answer) -> dict[str, Any]:
    """Return the fields to write; empty where the proposal would change nothing.

    The result is replaced. A note, evidence and remediation that are there stay, so nothing that
    was typed is lost. `taken_from` names what was taken, and no more.
    """
    fields: dict[str, Any] = _changed_result_field(proposal, answer)
    if proposal.note and not answer.has_note:
        fields["note"] = proposal.note
    added = {key: proofs for key, proofs in proposal.evidence.items() if key not in answer.evidence}
    if added:
        fields["evidence"] = {**answer.evidence, **added}
    if proposal.remediation is not None and answer.remediation is None:
        fields["remediation"] = proposal.remediation
    source = answer.taken_from
    if {"status", "value"} & set(fields) or (source is None and _writes_note_or_evidence(fields)):
        earlier_note, earlier_rows = (source.note, source.evidence) if source else (None, ())
        fields["taken_from"] = replace(
            proposal.taken_from,
            note=proposal.taken_from.note if "note" in fields else earlier_note,
            evidence=tuple(dict.fromkeys((*earlier_rows, *added))),
        )
    return fields


def _changed_result_field(proposal: Proposal, answer: Answer) -> dict[str, Any]:
    """Return the proposed result where it is another one than the answer has."""
    if proposal.status is not None and proposal.status != answer.status:
        return {"status": proposal.status}
    if proposal.value is not None and proposal.value != answer.value:
        return {"value": proposal.value}
    return {}


def _writes_note_or_evidence(fields: dict[str, Any]) -> bool:
    """Return whether note or evidence are written."""
    return "note" in fields or "evidence" in fields
