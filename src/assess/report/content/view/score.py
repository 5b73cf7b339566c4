"""A score with all that it came from: the formula, its sums, its parameters, its verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from assess.display.figures import (
    score_or_why_none_text,
    unanswered_items_count_text,
    unfinished_progress_text,
    verdict_or_why_none_text,
)
from assess.engine.number_text import decimal_text
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Band
from assess.model.results import Assessment, Counts, Score, format_score
from assess.report.content.view.model import CountsRow, LabelledLine, ScoreView
from assess.report.content.view.words import format_rounded_number, join_enumeration

_FORMULAS = {
    "percent": N_(
        "Score = 100 × Σ(weight × degree) ÷ Σ weight, over the applicable items that score. "
        "Degree: met 1, partly met {partial}, not met 0; items with rungs, ratios or options have "
        "the degrees their checklist gives."
    ),
    "rate": N_(
        "Score = 100 × items met ÷ applicable items that score. "
        "An item partly met counts {partial}."
    ),
    "deduction": N_(
        "Score = technical part + management part. The technical part is 100 × {attention} less "
        "what its items lose, the management part 100 × (1 − {attention}) less what its items "
        "lose, neither below 0. An item loses weight × (1 − degree) × 100 ÷ {items}. "
        "Degree: met 1, partly met {partial}, not met 0."
    ),
}
_WORKED = {
    "percent": N_("100 × {earned} ÷ {possible} = {raw}"),
    "rate": N_("100 × {earned} ÷ {possible} = {raw}"),
    "deduction": N_("{technical} + {management} = {raw}"),
}


def make_score_view(assessment: Assessment, lang: Lang) -> ScoreView | None:
    """Return the score of a sheet, ready to print; None where it has none."""
    score, counts = assessment.score, assessment.counts
    if score is None:
        return None
    _ = translator(lang)
    parameters = {
        "partial": decimal_text(score.partial),
        "attention": "" if score.attention is None else decimal_text(score.attention),
        "items": score.scored_items,
    }
    sums = {
        "earned": format_rounded_number(score.earned),
        "possible": format_rounded_number(score.possible),
        "raw": format_score(score.raw),
        "technical": format_score(score.technical),
        "management": format_score(score.management),
    }
    return ScoreView(
        value=score_or_why_none_text(assessment, lang),
        band=verdict_or_why_none_text(assessment, lang),
        remark=_unfinished_remark(score, counts, lang),
        formula=_(_FORMULAS[score.method]).format(**parameters),
        worked=_(_WORKED[score.method]).format(**sums),
        parameters=tuple(_scoring_parameters(score, counts, lang)),
        boundaries=tuple(_band_text(band, lang) for band in score.scoring.bands),
        notes=tuple(_cap_and_veto_notes(score, lang)),
    )


def make_counts_row(
    title: str, counts: Counts, score: str, lang: Lang, verdict: str = ""
) -> CountsRow:
    """Return formatted counts; beside a score that is not final or not there, the progress."""
    return CountsRow(
        title=title,
        applicable=str(counts.applicable_by_answers),
        met=str(counts.met),
        partial=str(counts.partial),
        unmet=str(counts.unmet),
        not_applicable=str(counts.not_applicable),
        answered=str(counts.answered),
        unanswered=str(counts.unanswered),
        score=score,
        verdict=verdict,
        progress=unfinished_progress_text(counts, lang) if score else "",
    )


def make_sheet_row(title: str, assessment: Assessment, lang: Lang) -> CountsRow:
    """Return the counts, the score and the verdict of a whole sheet."""
    score = assessment.score
    return make_counts_row(
        title,
        assessment.counts,
        format_score(score.value if score else None),
        lang,
        verdict_or_why_none_text(assessment, lang),
    )


def _unfinished_remark(score: Score, counts: Counts, lang: Lang) -> str:
    if score.complete:
        return ""
    _ = translator(lang)
    text = _("Not final: computed from the answered items alone. Still open: {items}.")
    return text.format(items=unanswered_items_count_text(counts, lang))


def _scoring_parameters(score: Score, counts: Counts, lang: Lang) -> Iterable[LabelledLine]:
    _ = translator(lang)
    counted = _("counted as met") if score.scoring.not_applicable == "met" else _("left out")
    scored = _("Items that score") if score.complete else _("Answered items that score")
    yield LabelledLine(name=scored, text=str(score.scored_items))
    yield LabelledLine(name=_("Partly met counts"), text=decimal_text(score.partial))
    yield LabelledLine(
        name=_("Items not applicable"),
        text=_("{count}, {how}").format(count=counts.not_applicable, how=counted),
    )
    cap = score.scoring.high_risk
    text = _("does not cap the score")
    if cap is not None:
        text = _("caps the score at {cap}").format(cap=decimal_text(cap.caps_at))
    yield LabelledLine(name=_("A high risk"), text=text)


def _band_text(band: Band, lang: Lang) -> str:
    """Return a verdict with its limits, saying ≥ or >."""
    _ = translator(lang)
    limits = []
    if band.at_least is not None:
        limits.append(f"≥ {decimal_text(band.at_least)}")
    if band.above is not None:
        limits.append(f"> {decimal_text(band.above)}")
    if band.without == "high_risk":
        limits.append(_("no high risk"))
    if band.without == "medium_risk":
        limits.append(_("no high and no medium risk"))
    text = _("{verdict}: {limits}")
    return text.format(verdict=pick_text(band.title, lang), limits=join_enumeration(limits, lang))


def _cap_and_veto_notes(score: Score, lang: Lang) -> Iterable[str]:
    _ = translator(lang)
    if score.capped:
        text = _("A high risk stands, so the score of {raw} is capped at {value}.")
        yield text.format(raw=format_score(score.raw), value=format_score(score.value))
    if score.vetoed:
        text = _("Not met, and a veto item each: {items}. The verdict is the lowest one.")
        yield text.format(items=join_enumeration(score.vetoed, lang))
