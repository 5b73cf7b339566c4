"""Findings of others and remediations without people and words, as `engine.sanitise` has sheets."""

from __future__ import annotations

from collections.abc import Iterable

from assess.engine.outside_findings import OutsideRow
from assess.engine.pseudonyms import Pseudonyms
from assess.model.answer import Remediation
from assess.model.outside_finding import FindingsFile, OutsideClosing, OutsideFinding


def sanitised_findings(
    file: FindingsFile, rows: Iterable[OutsideRow], names: Pseudonyms
) -> FindingsFile:
    """Return findings.yaml with these rows: source, days, system, item, risk and state stay.

    What was found, the number of the document and the proof are words, and get pseudonyms.
    """
    return FindingsFile(
        format=file.format,
        findings={row.id: sanitised_finding(row.finding, names) for row in rows},
    )


def sanitised_finding(finding: OutsideFinding, names: Pseudonyms) -> OutsideFinding:
    """Return a finding of others as it may be handed on."""
    return OutsideFinding(
        source=finding.source,
        number=names.replace_text(finding.number),
        dated=finding.dated,
        due=finding.due,
        system=finding.system,
        checklist=finding.checklist,
        item=finding.item,
        text=str(names.replace_text(finding.text)),
        risk=finding.risk,
        remediation=sanitised_remediation(finding.remediation, names),
        evidence=tuple(names.replace_evidence_id(row_id) for row_id in finding.evidence),
        closed=_sanitised_closing(finding.closed, names),
        by=names.replace_person_id(finding.by),
        at=finding.at,
    )


def _sanitised_closing(closed: OutsideClosing | None, names: Pseudonyms) -> OutsideClosing | None:
    if closed is None:
        return None
    proof = str(names.replace_text(closed.proof))
    return OutsideClosing(on=closed.on, proof=proof, round=closed.round)


def sanitised_remediation(plan: Remediation | None, names: Pseudonyms) -> Remediation | None:
    """Return a remediation with its days and its state; people and words get pseudonyms."""
    if plan is None:
        return None
    return Remediation(
        action=names.replace_text(plan.action),
        unit=names.replace_person_name(plan.unit),
        owner=names.replace_person_name(plan.owner),
        due=plan.due,
        first_due=plan.first_due,
        state=plan.state,
        done_on=plan.done_on,
        verified_by=names.replace_person_name(plan.verified_by),
        verified_on=plan.verified_on,
        accepted_by=names.replace_person_name(plan.accepted_by),
        reason=names.replace_text(plan.reason),
        budget=_need_without_amount(plan.budget),
        people=_need_without_amount(plan.people),
        no_due_reason=names.replace_text(plan.no_due_reason),
    )


def _need_without_amount(need: str | None) -> str | None:
    """Return whether something is needed, without how much: the words may name people."""
    return need if need in (None, "no") else "yes"
