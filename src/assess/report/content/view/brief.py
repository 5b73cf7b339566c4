"""The state in a few sentences, for a leader: score, high risks, what moved, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from assess.i18n import translator
from assess.model.base import pick_text
from assess.model.results import Counts, format_score
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.compare import format_score_difference
from assess.report.content.view.many_sheets import MANY_SHEETS, rank_sheets
from assess.report.content.view.score import count_applicable_items, verdict_text
from assess.report.content.view.words import format_long_date, join_enumeration


def write_summary_sentences(inputs: ReportInputs, counts: Counts) -> tuple[str, ...]:
    """Return the sentences; `counts` are the sums over the sheets."""
    return (
        *_score_sentences(inputs),
        _findings_sentence(inputs, counts),
        _remediation_sentence(inputs),
    )


def _score_sentences(inputs: ReportInputs) -> Iterable[str]:
    """Yield the score of each checklist; of many, how many have each verdict."""
    scored = [sheet_inputs for sheet_inputs in inputs.sheets if sheet_inputs.assessment.score]
    if len(scored) <= MANY_SHEETS:
        yield from (_score_sentence(sheet_inputs, inputs) for sheet_inputs in scored)
        return
    _ = translator(inputs.lang)
    names = (_verdict_name(sheet_inputs, inputs) for sheet_inputs in rank_sheets(inputs))
    verdicts = [
        _("{verdict}: {count}").format(verdict=name, count=count)
        for name, count in Counter(names).items()
    ]
    text = _("Verdicts of {count} checklists: {verdicts}.")
    verdict_list = join_enumeration(verdicts, inputs.lang)
    yield text.format(count=len(inputs.sheets), verdicts=verdict_list)
    yield from _moved_scores_sentence(inputs)


def _verdict_name(sheet_inputs: SheetInputs, inputs: ReportInputs) -> str:
    """Return the verdict of a sheet, or why it has none."""
    _ = translator(inputs.lang)
    score = sheet_inputs.assessment.score
    if score is None:
        return _("without a score")
    return verdict_text(score, inputs.lang) if score.complete else _("not complete yet")


def _moved_scores_sentence(inputs: ReportInputs) -> Iterable[str]:
    """Yield how many scores rose and fell since the earlier time, where there is one."""
    if inputs.earlier is None:
        return
    moves: Counter[int] = Counter()
    for sheet_inputs in inputs.sheets:
        state = inputs.earlier.states.get(sheet_inputs.name)
        before = state.assessment.score if state and state.assessment else None
        after = sheet_inputs.assessment.score
        if before is not None and after is not None:
            old, new = Fraction(format_score(before.value)), Fraction(format_score(after.value))
            moves[(new > old) - (new < old)] += 1
    _ = translator(inputs.lang)
    text = _("Against {round} scores rose: {risen}, fell: {fallen}, stayed: {stayed}.")
    title = pick_text(inputs.earlier.title, inputs.lang)
    yield text.format(round=title, risen=moves[1], fallen=moves[-1], stayed=moves[0])


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
        items=count_applicable_items(counts),
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
