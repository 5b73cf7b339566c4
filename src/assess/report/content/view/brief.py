"""The state in a few sentences, for a leader: score, high risks, what moved, what is late."""

from __future__ import annotations

from collections.abc import Iterable

from assess.display.figures import (
    item_counts_sentence,
    met_without_evidence_sentence,
    problems_sentence,
    remediation_sentence,
    verdict_words,
)
from assess.engine.scoring.figures import Figures
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.results import Assessment, format_score
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.compare import format_score_difference
from assess.report.content.view.words import join_sentences, translated_labels


def write_summary_sentences(inputs: ReportInputs, figures: Figures) -> tuple[str, ...]:
    """Return the sentences; `figures` are those of all sheets."""
    lang = inputs.lang
    return (
        *(
            _score_sentence(sheet_inputs, inputs)
            for sheet_inputs in inputs.sheets
            if sheet_inputs.assessment.is_scored
        ),
        item_counts_sentence(figures.counts, lang),
        *((met_without_evidence_sentence(figures.counts, lang),) if figures.counts.met else ()),
        *_problem_sentences(figures, lang),
    )


def _problem_sentences(figures: Figures, lang: Lang) -> Iterable[str]:
    if not figures.problems:
        yield translated_labels(lang, figures.counts)["no_findings"]
        return
    yield join_sentences(
        (problems_sentence(figures, lang), remediation_sentence(figures, lang)), lang
    )


def _score_sentence(sheet_inputs: SheetInputs, inputs: ReportInputs) -> str:
    lang, assessment = inputs.lang, sheet_inputs.assessment
    score, counts = assessment.score, assessment.counts
    sentence = _score_sentence_pattern(assessment, lang).format(
        sheet=pick_text(assessment.title, lang),
        scope=pick_text(assessment.scope_name, lang),
        score=format_score(score.value if score else None),
        verdict=verdict_words(assessment, lang),
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
