"""How figures are worded: scores, verdicts, counts, problems and what is done about them.

Documents, screens and commands take these words, so that they never name a number in two ways. The
numbers come from `assess_sheet` (one sheet) and `count_figures` (several).
"""

from __future__ import annotations

from assess.engine.scoring.figures import Figures
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.results import Assessment, Counts, format_score


def score_or_why_none_text(assessment: Assessment, lang: Lang) -> str:
    """Return the score; of an unfinished sheet marked as that of the part that is answered.

    Without a score: why there is none, '–' where nothing in the checklist scores.
    """
    _ = translator(lang)
    score = assessment.score
    if score is None:
        return why_no_score_text(assessment, lang) or format_score(None)
    if score.complete:
        return format_score(score.value)
    return _("{score} (answered part, {done}/{all})").format(
        score=format_score(score.value),
        done=assessment.counts.done,
        all=assessment.counts.applicable,
    )


def why_no_score_text(assessment: Assessment, lang: Lang) -> str:
    """Return why a sheet whose items could score has none; '' of other sheets."""
    if assessment.score is not None or not assessment.is_scored:
        return ""
    _ = translator(lang)
    return _("unanswered, no score") if assessment.counts.open else _("nothing assessed, no score")


def verdict_or_why_none_text(assessment: Assessment, lang: Lang) -> str:
    """Return the verdict: none while items are unanswered, or where nothing was assessed."""
    _ = translator(lang)
    if not assessment.is_scored:
        return ""
    score = assessment.score
    if assessment.counts.open:
        return _("none yet: not complete")
    if score is None:
        return _("none: nothing assessed")
    return pick_text(score.band.title, lang) if score.band is not None else ""


def unfinished_progress_text(counts: Counts, lang: Lang) -> str:
    """Return how many items are answered; '' where all are."""
    if not counts.open:
        return ""
    _ = translator(lang)
    return _("{done}/{all} done").format(done=counts.done, all=counts.applicable)


def unanswered_items_count_text(counts: Counts, lang: Lang) -> str:
    """Return how many items are unanswered, and how many lack the reason; '' for none."""
    _ = translator(lang)
    parts = (
        (_("unanswered items: {count}"), counts.unanswered),
        (_("not applicable without the reason: {count}"), counts.without_reason),
    )
    return _("; ").join(text.format(count=count) for text, count in parts if count)


def item_counts_sentence(counts: Counts, lang: Lang) -> str:
    """Return all items, and how many of them have each result: the parts add up to the whole."""
    _ = translator(lang)
    text = _(
        "Items: {items}, of which not applicable: {not_applicable}, applicable: {applying}; of "
        "these met: {met}, partly met: {partial}, not met: {unmet}, facts given: {answered}, "
        "unanswered: {unanswered}."
    )
    return text.format(
        items=counts.applicable,
        not_applicable=counts.not_applicable,
        applying=counts.applicable_by_answers,
        met=counts.met,
        partial=counts.partial,
        unmet=counts.unmet,
        answered=counts.answered,
        unanswered=counts.unanswered,
    )


def met_without_evidence_sentence(counts: Counts, lang: Lang) -> str:
    """Return how many met items there are, and how many of them cite no evidence."""
    _ = translator(lang)
    text = _("Items that are met: {met}, of these without any evidence: {bare}.")
    return text.format(met=counts.met, bare=counts.met_without_evidence)


def findings_by_risk_sentence(figures: Figures, lang: Lang) -> str:
    """Return how many problems there are, and of which risk."""
    _ = translator(lang)
    text = _(
        "Problems found: {count}, of which high risk: {high}, medium risk: {medium}, low risk: "
        "{low}."
    )
    return text.format(
        count=figures.problems, high=figures.high, medium=figures.medium, low=figures.low
    )


def remediation_sentence(figures: Figures, lang: Lang) -> str:
    """Return what is done about the problems, those of others included: the parts add up to all."""
    _ = translator(lang)
    text = _(
        "Of these problems mended: {mended} (verified and closed off: {verified}), being mended: "
        "{in_progress}, planned: {planned}, accepted as a risk: {accepted}, without a measure so "
        "far: {none}; overdue: {overdue}."
    )
    if figures.outside.all:
        text = _(
            "Of all these problems, with the findings of others, mended: {mended} (verified and "
            "closed off: {verified}), being mended: {in_progress}, planned: {planned}, accepted as "
            "a risk: {accepted}, without a measure so far: {none}; overdue: {overdue}."
        )
    remediation = figures.remediation
    return text.format(
        mended=remediation.mended,
        verified=remediation.verified,
        in_progress=remediation.in_progress,
        planned=remediation.planned,
        accepted=remediation.risk_accepted,
        none=remediation.without_measure,
        overdue=remediation.overdue,
    )
