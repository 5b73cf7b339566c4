"""What the page for the leader asks of him: decisions, each with the number that needs them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assess.i18n import translator
from assess.model.base import pick_text
from assess.report.content.inputs import ReportInputs


def list_decisions_asked(inputs: ReportInputs) -> tuple[str, ...]:
    """Return what the leader is asked to decide, a sentence each; the last is to sign."""
    return (*_remediation_decisions(inputs), *_open_answers(inputs), _approval_sentence(inputs))


def _remediation_decisions(inputs: ReportInputs) -> Iterable[str]:
    _ = translator(inputs.lang)
    rows = [row for sheet_inputs in inputs.sheets for row in sheet_inputs.assessment.ledger]
    states = Counter(row.progress for row in rows)
    late = sum(row.overdue for row in rows)
    if states[None]:
        text = _(
            "Problems without a measure: {count}, of high risk: {high}. Name unit, owner and date."
        )
        high = sum(row.progress is None and row.risk == "high" for row in rows)
        yield text.format(count=states[None], high=high)
    if late:
        text = _("Measures overdue: {count}. Press for their end, or grant more time.")
        yield text.format(count=late)
    if states["risk_accepted"]:
        text = _("Problems whose risk is to be accepted, unmended for now: {count}. Confirm this.")
        yield text.format(count=states["risk_accepted"])


def _open_answers(inputs: ReportInputs) -> Iterable[str]:
    _ = translator(inputs.lang)
    count = sum(sheet_inputs.assessment.counts.open for sheet_inputs in inputs.sheets)
    if count:
        yield _("Items not answered yet: {count}. Have them answered.").format(count=count)


def _approval_sentence(inputs: ReportInputs) -> str:
    _ = translator(inputs.lang)
    addressee = pick_text(inputs.config.report.addressee, inputs.lang)
    if not addressee:
        return _("Approve the report and sign it.")
    return _("Approve the report, sign it, and send it to {addressee}.").format(addressee=addressee)
