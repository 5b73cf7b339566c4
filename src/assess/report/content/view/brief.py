"""The state in a few sentences, for a leader: score, high risks, what moved, what is late."""

from __future__ import annotations

from collections.abc import Iterable

from assess.i18n import translator
from assess.model.base import pick_text
from assess.model.results import Counts, format_score
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.compare import format_score_difference
from assess.report.content.view.score import verdict_text
from assess.report.content.view.words import format_long_date


def write_summary_sentences(inputs: ReportInputs, counts: Counts) -> tuple[str, ...]:
    """Return the sentences; `counts` are the sums over the sheets."""
    return (
        *(
            _score_sentence(sheet_inputs, inputs)
            for sheet_inputs in inputs.sheets
            if sheet_inputs.assessment.score
        ),
        _findings_sentence(inputs, counts),
        _remediation_sentence(inputs),
    )


def _score_sentence(sheet_inputs: SheetInputs, inputs: ReportInputs) -> str:
    lang = inputs.lang
    _ = translator(lang)
    score = sheet_inputs.assessment.score
    counts = sheet_inputs.assessment.counts
    text = (
        _("{sheet}, {scope}: {score} points, {verdict}.")
        if score is None or score.complete
        else _(
            "{sheet}, {scope}: {score} points so far, {done} of {all} items answered; no verdict "
            "yet."
        )
    )
    sentence = text.format(
        sheet=pick_text(sheet_inputs.assessment.title, lang),
        scope=pick_text(sheet_inputs.assessment.scope_name, lang),
        score=format_score(score.value if score else None),
        verdict=verdict_text(score, lang) or "–",
        done=counts.done,
        all=counts.applicable,
    )
    return sentence + "".join(_score_change_sentences(sheet_inputs, inputs))


def _score_change_sentences(sheet_inputs: SheetInputs, inputs: ReportInputs) -> Iterable[str]:
    """Yield by how much the score moved since the earlier time, where there is one."""
    state = inputs.earlier.states.get(sheet_inputs.name) if inputs.earlier else None
    before = state.assessment.score if state and state.assessment else None
    after = sheet_inputs.assessment.score
    if inputs.earlier is None or before is None or after is None:
        return
    _ = translator(inputs.lang)
    text = _(" {difference} against {before} in {round}.")
    yield text.format(
        difference=format_score_difference(before.value, after.value),
        before=format_score(before.value),
        round=pick_text(inputs.earlier.title, inputs.lang),
    )


def _findings_sentence(inputs: ReportInputs, counts: Counts) -> str:
    _ = translator(inputs.lang)
    text = _(
        "Of {items} items that apply, met: {met}, partly met: {partial}, not met: {unmet}, "
        "unanswered: {unanswered}; met without evidence: {bare}. Problems: {findings}, of high "
        "risk: {high}."
    )
    return text.format(
        items=counts.applicable_by_answers,
        met=counts.met,
        partial=counts.partial,
        unmet=counts.unmet,
        unanswered=counts.unanswered,
        bare=counts.met_without_evidence,
        findings=sum(len(sheet_inputs.assessment.findings) for sheet_inputs in inputs.sheets),
        high=sum(sheet_inputs.assessment.high_risk_count for sheet_inputs in inputs.sheets),
    )


def _remediation_sentence(inputs: ReportInputs) -> str:
    _ = translator(inputs.lang)
    rows = [row for sheet_inputs in inputs.sheets for row in sheet_inputs.assessment.ledger]
    text = _("On {day} closed: {closed}, overdue: {late} of {all} measures.")
    return text.format(
        day=format_long_date(inputs.today, inputs.lang),
        closed=sum(row.progress == "verified" for row in rows),
        late=sum(row.overdue for row in rows),
        all=len(rows),
    )
