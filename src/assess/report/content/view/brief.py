"""The state in a few sentences, for a leader: score, high risks, what moved, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assess.display.figures import (
    findings_by_risk_sentence,
    item_counts_sentence,
    met_without_evidence_sentence,
    remediation_sentence,
    verdict_or_why_none_text,
)
from assess.engine.punctuation import join_sentences
from assess.engine.scoring.figures import Figures
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.results import Assessment, format_score
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.compare import format_score_difference
from assess.report.content.view.many_sheets import MANY_SHEETS, sort_sheets_worst_first
from assess.report.content.view.outside import outside_findings_sentence
from assess.report.content.view.words import (
    join_enumeration,
    translate_all_labels,
)


def write_summary_sentences(inputs: ReportInputs, figures: Figures) -> tuple[str, ...]:
    """Return the sentences; `figures` are those of all sheets."""
    lang = inputs.lang
    return (
        *_score_sentences(inputs),
        item_counts_sentence(figures.counts, lang),
        *((met_without_evidence_sentence(figures.counts, lang),) if figures.counts.met else ()),
        *_problem_sentences(figures, lang),
    )


def _problem_sentences(figures: Figures, lang: Lang) -> Iterable[str]:
    """Yield the problems, those that others found, and what is done about all of them."""
    nothing = translate_all_labels(lang, figures.counts)["no_findings"]
    yield join_sentences(
        (
            findings_by_risk_sentence(figures, lang) if figures.problems else nothing,
            outside_findings_sentence(figures.outside, lang),
            remediation_sentence(figures, lang) if figures.remediation.problems else "",
        ),
        lang,
    )


def _score_sentences(inputs: ReportInputs) -> Iterable[str]:
    """Yield the score of each checklist; of many, how many have each verdict."""
    scored = [sheet_inputs for sheet_inputs in inputs.sheets if sheet_inputs.assessment.is_scored]
    if len(scored) <= MANY_SHEETS:
        yield from (_score_sentence(sheet_inputs, inputs) for sheet_inputs in scored)
        return
    _ = translator(inputs.lang)
    names = (
        _format_verdict_or_why_missing(sheet_inputs, inputs)
        for sheet_inputs in sort_sheets_worst_first(inputs)
    )
    verdicts = [
        _("{verdict}: {count}").format(verdict=name, count=count)
        for name, count in Counter(names).items()
    ]
    text = _("Verdicts of {count} checklists: {verdicts}.")
    verdict_list = join_enumeration(verdicts, inputs.lang)
    yield text.format(count=len(inputs.sheets), verdicts=verdict_list)
    yield from _write_risen_fallen_score_counts(inputs)


def _format_verdict_or_why_missing(sheet_inputs: SheetInputs, inputs: ReportInputs) -> str:
    """Return the verdict of a sheet, or why it has none."""
    _ = translator(inputs.lang)
    assessment = sheet_inputs.assessment
    if assessment.counts.open:
        return _("not complete yet")
    return verdict_or_why_none_text(assessment, inputs.lang) or _("without a verdict")


def _write_risen_fallen_score_counts(inputs: ReportInputs) -> Iterable[str]:
    """Yield how many scores rose and fell since the earlier time, where there is one."""
    if inputs.earlier is None:
        return
    moves: Counter[str] = Counter()
    for sheet_inputs in inputs.sheets:
        state = inputs.earlier.states.get(sheet_inputs.name)
        before = state.assessment.score if state and state.assessment else None
        moves[format_score_difference(before, sheet_inputs.assessment.score)[:1]] += 1
    _ = translator(inputs.lang)
    text = _("Against {round} scores rose: {risen}, fell: {fallen}, stayed: {stayed}.")
    title = pick_text(inputs.earlier.title, inputs.lang)
    yield text.format(round=title, risen=moves["+"], fallen=moves["−"], stayed=moves["±"])


def _score_sentence(sheet_inputs: SheetInputs, inputs: ReportInputs) -> str:
    lang, assessment = inputs.lang, sheet_inputs.assessment
    score, counts = assessment.score, assessment.counts
    sentence = _score_sentence_pattern(assessment, lang).format(
        sheet=pick_text(assessment.title, lang),
        scope=pick_text(assessment.scope_name, lang),
        score=format_score(score.value if score else None),
        verdict=verdict_or_why_none_text(assessment, lang),
        done=counts.done,
        all=counts.applicable,
    )
    return sentence + "".join(_score_change_sentences(sheet_inputs, inputs))


def _score_sentence_pattern(assessment: Assessment, lang: Lang) -> str:
    """Return what is said of a score that is final, is not, has no verdict, or is not there."""
    _ = translator(lang)
    score = assessment.score
    if score is None and not assessment.counts.open:
        return _(
            "{sheet}, {scope}: all items that score were answered as not applicable; no verdict."
        )
    if score is None:
        return _(
            "{sheet}, {scope}: {done} of {all} items answered; what is unanswered is not scored, "
            "so there is no score yet."
        )
    if not score.complete:
        return _(
            "{sheet}, {scope}: {score} points for the answered part ({done}/{all}); no verdict yet."
        )
    if score.band is None:
        return _("{sheet}, {scope}: {score} points.")
    return _("{sheet}, {scope}: {score} points, {verdict}.")


def _score_change_sentences(sheet_inputs: SheetInputs, inputs: ReportInputs) -> Iterable[str]:
    """Yield by how much the score moved since the earlier time, where both scores are final."""
    state = inputs.earlier.states.get(sheet_inputs.name) if inputs.earlier else None
    before = state.assessment.score if state and state.assessment else None
    after = sheet_inputs.assessment.score
    difference = format_score_difference(before, after)
    if inputs.earlier is None or before is None or not difference:
        return
    _ = translator(inputs.lang)
    text = _(" {difference} against {before} in {round}.")
    yield text.format(
        difference=difference,
        before=format_score(before.value),
        round=pick_text(inputs.earlier.title, inputs.lang),
    )
