"""What the page for the leader asks of him: decisions, each with the number that needs them."""

from __future__ import annotations

from collections.abc import Iterable

from assess.display.figures import unanswered_items_count_text
from assess.engine.scoring.figures import Figures
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.report.content.inputs import ReportInputs


def list_decisions_asked(inputs: ReportInputs, figures: Figures) -> tuple[str, ...]:
    """Return what the leader is asked to decide, a sentence each; the last is to sign.

    `figures` are those of all sheets.
    """
    return (
        *_remediation_decisions(figures, inputs.lang),
        *_write_outside_findings_decision(figures, inputs.lang),
        *_write_unanswered_items_decision(figures, inputs.lang),
        _approval_sentence(inputs),
    )


def _remediation_decisions(figures: Figures, lang: Lang) -> Iterable[str]:
    _, remediation = translator(lang), figures.remediation
    if remediation.without_measure:
        text = _(
            "Problems without a measure: {count}, of high risk: {high}. Name unit, owner and date."
        )
        yield text.format(count=remediation.without_measure, high=remediation.high_without_measure)
    if remediation.overdue:
        text = _("Measures overdue: {count}. Press for their end, or grant more time.")
        yield text.format(count=remediation.overdue)
    if remediation.risk_accepted:
        text = _("Problems whose risk is to be accepted, unmended for now: {count}. Confirm this.")
        yield text.format(count=remediation.risk_accepted)


def _write_outside_findings_decision(figures: Figures, lang: Lang) -> Iterable[str]:
    """Yield how many findings of others are to be mended, if any are."""
    counts = figures.outside
    if counts.open:
        _ = translator(lang)
        text = _(
            "Findings of others to be mended: {count}, overdue: {overdue}. Have them mended by the "
            "dates that were set."
        )
        yield text.format(count=counts.open, overdue=counts.overdue)


def _write_unanswered_items_decision(figures: Figures, lang: Lang) -> Iterable[str]:
    _ = translator(lang)
    items = unanswered_items_count_text(figures.counts, lang)
    if items:
        yield _("Not complete yet: {items}. Have this answered.").format(items=items)


def _approval_sentence(inputs: ReportInputs) -> str:
    _ = translator(inputs.lang)
    addressee = pick_text(inputs.config.report.addressee, inputs.lang)
    if not addressee:
        return _("Approve the report and sign it.")
    return _("Approve the report, sign it, and send it to {addressee}.").format(addressee=addressee)
