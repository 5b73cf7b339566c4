"""The charts of a sheet with their text alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assess.display.figures import score_or_why_none_text
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.results import Assessment, Counts, SectionState, format_score
from assess.report.content.charts.bars import BarShare, LegendEntry, SectionBar, draw_stacked_bars
from assess.report.content.charts.heat import HeatRow, draw_heat_map
from assess.report.content.charts.score import (
    FEWEST,
    MOST,
    RadarAxis,
    TrendPoint,
    draw_score_radar,
    draw_score_trend,
)
from assess.report.content.charts.svg import SvgElement
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.many_sheets import sort_sheets_worst_first
from assess.report.content.view.model import RoundView
from assess.report.content.view.words import LABELS, PUNCTUATION, result_name

MOST_BARS = 10
"""Checklists that the chart of all of them shows."""

MOST_SECTIONS = 40
"""Sections that a chart shows: more do not fit on a page; the table beside it holds them."""

SHARES = ("met", "partial", "unmet", "not_applicable", "answered", "unanswered")


def draw_sections_chart(parts: Sequence[SectionState], lang: Lang) -> SvgElement | None:
    """Return the sections as bars; None where no item applies, or where there are too many."""
    _ = translator(lang)
    description = _(
        "Bars of the results by section, with the score of each section at the end of its bar; the "
        "figures stand in the table above."
    )
    rows = [(pick_text(part.section.title, lang), part.counts, part.score) for part in parts]
    return _draw_bars(rows, description, lang) if len(rows) <= MOST_SECTIONS else None


def draw_sheets_chart(inputs: ReportInputs) -> SvgElement | None:
    """Return the checklists as bars, the worst of many; None where there is only one."""
    if len(inputs.sheets) == 1:
        return None
    lang = inputs.lang
    _ = translator(lang)
    description = _(
        "Bars of the results by checklist, with the score of each at the end of its bar; the "
        "figures stand in the table."
    )
    sheets = (
        inputs.sheets
        if len(inputs.sheets) <= MOST_BARS
        else sort_sheets_worst_first(inputs)[:MOST_BARS]
    )
    rows = [
        (
            _chart_label(sheet.assessment, lang),
            sheet.assessment.counts,
            sheet.assessment.score.value if sheet.assessment.score else None,
        )
        for sheet in sheets
    ]
    return _draw_bars(rows, description, lang)


def describe_sheets_left_out_of_chart(inputs: ReportInputs) -> str:
    """Return how many checklists that chart leaves out; '' where it shows all."""
    if len(inputs.sheets) <= MOST_BARS:
        return ""
    _ = translator(inputs.lang)
    text = _("The {shown} worst of {all}, by high risks and score.")
    return text.format(shown=MOST_BARS, all=len(inputs.sheets))


def _chart_label(assessment: Assessment, lang: Lang) -> str:
    return pick_text(
        assessment.scope_name if assessment.scope_is_system else assessment.title, lang
    )


def _draw_bars(
    rows: Sequence[tuple[str, Counts, Fraction | None]], description: str, lang: Lang
) -> SvgElement | None:
    bars = [
        SectionBar(
            title,
            tuple(BarShare(getattr(counts, share), share) for share in SHARES),
            format_score(score) if score is not None else "",
        )
        for title, counts, score in rows
        if counts.applicable
    ]
    if not bars:
        return None
    used = [share for share in SHARES if any(getattr(counts, share) for _title, counts, _ in rows)]
    return draw_stacked_bars(
        bars, [LegendEntry(result_name(share, lang), share) for share in used], description
    )


def draw_sheet_radar(
    assessment: Assessment, before: Assessment | None, inputs: ReportInputs
) -> SvgElement | None:
    """Return the scores of the sections as a radar, with those before dashed.

    The result is None if the number of sections with a score is too small or too large for a radar.
    """
    lang = inputs.lang
    _ = translator(lang)
    scored = [
        section_state for section_state in assessment.sections if section_state.score is not None
    ]
    if not FEWEST <= len(scored) <= MOST:
        return None
    last = (
        {section_state.section.id: section_state.score for section_state in before.sections}
        if before
        else {}
    )
    axes = [
        RadarAxis(
            pick_text(section_state.section.title, lang),
            _as_float(section_state.score),
            format_score(section_state.score),
            _as_float(last.get(section_state.section.id)),
        )
        for section_state in scored
    ]
    figures = PUNCTUATION[lang]["semicolon"].join(
        _section_scores_text(section_state, last.get(section_state.section.id), lang)
        for section_state in scored
    )
    description = _("Radar of the scores by section, 0 to 100: {figures}.").format(figures=figures)
    earlier = pick_text(inputs.earlier.title, lang) if inputs.earlier else ""
    return draw_score_radar(axes, (pick_text(inputs.round.title, lang), earlier), description)


def _section_scores_text(part: SectionState, before: Fraction | None, lang: Lang) -> str:
    """Return the score of a section in words, with the one before where there is one."""
    _ = translator(lang)
    score, score_before = format_score(part.score), format_score(before)
    text = _("{section} {score}")
    if before is not None:
        text = _("{section} {score}, before {before}")
        if score == score_before:
            text = _("{section} {score}, as before")
    return text.format(
        section=pick_text(part.section.title, lang), score=score, before=score_before
    )


def draw_sheet_heat_map(parts: Sequence[SectionState], lang: Lang) -> SvgElement | None:
    """Return the counts of the sections as a heat map; None where no item applies."""
    _ = translator(lang)
    shown_parts = [part for part in parts if part.counts.applicable]
    if not shown_parts:
        return None
    used = [share for share in SHARES if any(getattr(part.counts, share) for part in shown_parts)]
    rows = [
        HeatRow(
            pick_text(part.section.title, lang),
            tuple(getattr(part.counts, share) for share in used),
        )
        for part in shown_parts
    ]
    description = _(
        "Heat map of the sections by result: the darker a field, the larger the share of the "
        "section; each field bears its figure, and the table holds the same."
    )
    # As in the table of counts: “not applicable” is wider than a column.
    return draw_heat_map([_(LABELS[share]) for share in used], rows, description)


def list_round_scores(inputs: ReportInputs) -> tuple[RoundView, ...]:
    """Return this round and those before it with their scores; empty where it is the first."""
    if not inputs.past:
        return ()
    lang = inputs.lang
    names = [sheet_inputs.name for sheet_inputs in inputs.sheets]
    before = [
        RoundView(
            title=pick_text(past_round.title, lang),
            scores=tuple(format_score(past_round.scores.get(name)) for name in names),
        )
        for past_round in inputs.past
    ]
    now = RoundView(
        title=pick_text(inputs.round.title, lang),
        scores=tuple(
            score_or_why_none_text(sheet_inputs.assessment, lang) for sheet_inputs in inputs.sheets
        ),
    )
    return (*before, now)


def draw_rounds_trend(inputs: ReportInputs) -> SvgElement | None:
    """Return the score of one sheet over the rounds; None for several sheets, or one round."""
    if not inputs.past or len(inputs.sheets) != 1:
        return None
    lang = inputs.lang
    _ = translator(lang)
    (sheet,) = inputs.sheets
    score = sheet.assessment.score
    values = [
        *(
            (pick_text(past_round.title, lang), past_round.scores.get(sheet.name))
            for past_round in inputs.past
        ),
        (pick_text(inputs.round.title, lang), score.value if score else None),
    ]
    marks = [TrendPoint(title, _as_float(value), format_score(value)) for title, value in values]
    figures = PUNCTUATION[lang]["semicolon"].join(f"{mark.name} {mark.text}" for mark in marks)
    return draw_score_trend(
        marks, _("Scores of the rounds, 0 to 100: {figures}.").format(figures=figures)
    )


def _as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
