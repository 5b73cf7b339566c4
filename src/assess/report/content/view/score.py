"""A score in words: the formula, its sums, its parameters, its verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from assess.engine.number_text import decimal_text
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Band
from assess.model.results import Counts, Score, format_score
from assess.report.content.view.model import CountsRow, LabelledLine, ScoreView
from assess.report.content.view.words import format_figure, join_enumeration

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
_ANSWERED = N_("answered {done}/{all}")


def make_score_view(score: Score, counts: Counts, lang: Lang) -> ScoreView:
    """Return a score, ready to print."""
    _ = translator(lang)
    parameters = {
        "partial": decimal_text(score.partial),
        "attention": "" if score.attention is None else decimal_text(score.attention),
        "items": score.scored_items,
    }
    sums = {
        "earned": format_figure(score.earned),
        "possible": format_figure(score.possible),
        "raw": format_score(score.raw),
        "technical": format_score(score.technical),
        "management": format_score(score.management),
    }
    return ScoreView(
        value=provisional_score_text(score, lang),
        band=verdict_text(score, lang),
        remark=_unfinished_remark(score, counts, lang),
        formula=_(_FORMULAS[score.method]).format(**parameters),
        worked=_(_WORKED[score.method]).format(**sums),
        parameters=tuple(_scoring_parameters(score, counts, lang)),
        boundaries=tuple(_band_text(band, lang) for band in score.scoring.bands),
        notes=tuple(_cap_and_veto_notes(score, lang)),
    )


def verdict_text(score: Score | None, lang: Lang) -> str:
    """Return the verdict in words: none while items are unanswered."""
    if score is None or score.band is None:
        return ""
    _ = translator(lang)
    return pick_text(score.band.title, lang) if score.complete else _("none yet: not complete")


def provisional_score_text(score: Score | None, lang: Lang) -> str:
    """Return a score, marked where items are unanswered."""
    if score is None or score.complete:
        return format_score(score.value if score else None)
    _ = translator(lang)
    return _("{score} so far").format(score=format_score(score.value))


def make_counts_row(
    title: str, counts: Counts, score: str, lang: Lang, verdict: str = ""
) -> CountsRow:
    """Return formatted counts; with a score that is not final, the progress."""
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
        progress=_progress_text(counts, lang) if score not in ("", format_score(None)) else "",
    )


def _progress_text(counts: Counts, lang: Lang) -> str:
    if counts.done == counts.applicable:
        return ""
    text = translator(lang)(_ANSWERED)
    return text.format(done=counts.done, all=counts.applicable)


def _unfinished_remark(score: Score, counts: Counts, lang: Lang) -> str:
    if score.complete:
        return ""
    _ = translator(lang)
    text = _("Not final: unanswered items count as not earned. Unanswered: {count}.")
    return text.format(count=counts.open)


def _scoring_parameters(score: Score, counts: Counts, lang: Lang) -> Iterable[LabelledLine]:
    _ = translator(lang)
    counted = _("counted as met") if score.scoring.not_applicable == "met" else _("left out")
    yield LabelledLine(name=_("Items that score"), text=str(score.scored_items))
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
