"""Which charts a sheet has, and what they say to who can't see them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assess.engine.kinds.wording import display_name
from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.results import Assessment, Counts, SectionState, shown
from assess.report.content.charts.bars import Bar, Key, Part, stacked_bars
from assess.report.content.charts.heat import Row, heat_map
from assess.report.content.charts.score import FEWEST, MOST, Axis, Mark, radar, trend
from assess.report.content.charts.svg import Element
from assess.report.content.inputs import Inputs
from assess.report.content.view.model import RoundView
from assess.report.content.view.score import so_far
from assess.report.content.view.words import PUNCTUATION

SHARES = ("met", "partial", "unmet", "not_applicable", "answered", "unanswered")


def section_chart(parts: Sequence[SectionState], lang: Lang) -> Element | None:
    """Return the sections as bars; None where no item applies."""
    _ = translator(lang)
    said = _(
        "Bars of the results by section, with the score of each section at the end of its bar; the "
        "figures stand in the table above."
    )
    rows = [(pick(part.section.title, lang), part.counts, part.score) for part in parts]
    return _bars(rows, said, lang)


def sheets_chart(inputs: Inputs) -> Element | None:
    """Return the checklists as bars; None where there is only one."""
    if len(inputs.sheets) == 1:
        return None
    lang = inputs.lang
    _ = translator(lang)
    said = _(
        "Bars of the results by checklist, with the score of each at the end of its bar; the "
        "figures stand in the table."
    )
    told = [one.assessment for one in inputs.sheets]
    rows = [(_named(one, lang), one.counts, one.score.value if one.score else None) for one in told]
    return _bars(rows, said, lang)


def _named(told: Assessment, lang: Lang) -> str:
    return pick(told.scope_name if told.scope_is_system else told.title, lang)


def _bars(
    rows: Sequence[tuple[str, Counts, Fraction | None]], said: str, lang: Lang
) -> Element | None:
    bars = [
        Bar(
            title,
            tuple(Part(getattr(counts, share), share) for share in SHARES),
            shown(score) if score is not None else "",
        )
        for title, counts, score in rows
        if counts.applicable
    ]
    if not bars:
        return None
    used = [one for one in SHARES if any(getattr(counts, one) for _title, counts, _ in rows)]
    return stacked_bars(bars, [Key(display_name(one, lang), one) for one in used], said)


def sheet_radar(told: Assessment, before: Assessment | None, inputs: Inputs) -> Element | None:
    """Return the scores of the sections as a radar, with those before dashed.

    None where fewer than three sections score, or more than a radar can bear.
    """
    lang = inputs.lang
    _ = translator(lang)
    scored = [one for one in told.sections if one.score is not None]
    if not FEWEST <= len(scored) <= MOST:
        return None
    last = {one.section.id: one.score for one in before.sections} if before else {}
    axes = [
        Axis(pick(one.section.title, lang), _number(one.score), _number(last.get(one.section.id)))
        for one in scored
    ]
    figures = PUNCTUATION[lang]["semicolon"].join(
        f"{a.name} {shown(s.score)}" for a, s in zip(axes, scored, strict=True)
    )
    said = _("Radar of the scores by section, 0 to 100: {figures}.").format(figures=figures)
    earlier = pick(inputs.earlier.title, lang) if inputs.earlier else ""
    return radar(axes, (pick(inputs.round.title, lang), earlier), said)


def sheet_heat(parts: Sequence[SectionState], lang: Lang) -> Element | None:
    """Return the counts of the sections as a heat map; None where no item applies."""
    _ = translator(lang)
    shown_parts = [part for part in parts if part.counts.applicable]
    if not shown_parts:
        return None
    used = [one for one in SHARES if any(getattr(part.counts, one) for part in shown_parts)]
    rows = [
        Row(pick(part.section.title, lang), tuple(getattr(part.counts, one) for one in used))
        for part in shown_parts
    ]
    said = _(
        "Heat map of the sections by result: the darker a field, the larger the share of the "
        "section; each field bears its figure, and the table holds the same."
    )
    return heat_map([display_name(one, lang) for one in used], rows, said)


def rounds(inputs: Inputs) -> tuple[RoundView, ...]:
    """Return this round and those before it with their scores; empty where it is the first."""
    if not inputs.past:
        return ()
    lang = inputs.lang
    names = [one.name for one in inputs.sheets]
    before = [
        RoundView(
            title=pick(one.title, lang),
            scores=tuple(shown(one.scores.get(name)) for name in names),
        )
        for one in inputs.past
    ]
    scores = [one.assessment.score for one in inputs.sheets]
    now = RoundView(
        title=pick(inputs.round.title, lang),
        scores=tuple(so_far(one, lang) for one in scores),
    )
    return (*before, now)


def rounds_trend(inputs: Inputs) -> Element | None:
    """Return the score of one sheet over the rounds; None for several sheets, or one round."""
    if not inputs.past or len(inputs.sheets) != 1:
        return None
    lang = inputs.lang
    _ = translator(lang)
    (sheet,) = inputs.sheets
    score = sheet.assessment.score
    values = [
        *((pick(one.title, lang), one.scores.get(sheet.name)) for one in inputs.past),
        (pick(inputs.round.title, lang), score.value if score else None),
    ]
    marks = [Mark(title, _number(value), shown(value)) for title, value in values]
    figures = PUNCTUATION[lang]["semicolon"].join(f"{one.name} {one.text}" for one in marks)
    return trend(marks, _("Scores of the rounds, 0 to 100: {figures}.").format(figures=figures))


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
