"""Two times side by side: scores, counts, what was opened and closed, what was answered anew."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from assess.engine.history.changes import ItemChange, SheetChange, State, sheet_change
from assess.engine.history.words import field_change, turn_of
from assess.engine.kinds.values import has_status_only
from assess.engine.kinds.wording import display_name
from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.results import Assessment, shown
from assess.report.content.inputs import Inputs, SheetInputs
from assess.report.content.view.charts import sheet_radar
from assess.report.content.view.model import (
    ChangeView,
    CompareView,
    CountsRow,
    ItemChangeView,
    Line,
)
from assess.report.content.view.score import counts_row, so_far, verdict
from assess.report.content.view.words import PUNCTUATION, day

_TOLD = ("answer", "note", "evidence", "mitigation", "risk", "remediation")
"""Fields whose changes are told; reviews and rechecks are work, not state."""


def compare(inputs: Inputs) -> CompareView | None:
    """Return what changed since the earlier time; None where there is none."""
    if inputs.earlier is None:
        return None
    _ = translator(inputs.lang)
    now = _("{round}, {day}")
    return CompareView(
        before=pick(inputs.earlier.title, inputs.lang),
        after=now.format(
            round=pick(inputs.round.title, inputs.lang), day=day(inputs.today, inputs.lang)
        ),
        sheets=tuple(_sheet(one, inputs) for one in inputs.sheets),
    )


def _sheet(one: SheetInputs, inputs: Inputs) -> ChangeView:
    lang = inputs.lang
    _ = translator(lang)
    before = inputs.earlier.states.get(one.name) if inputs.earlier else None
    told = before.assessment if before else None
    change = sheet_change(str(one.name), before, State(one.sheet, one.assessment))
    title = pick(one.assessment.title, lang)
    if one.assessment.scope_is_system:
        title += PUNCTUATION[lang]["colon"] + pick(one.assessment.scope_name, lang)
    return ChangeView(
        title=title,
        score_before=so_far(told.score if told else None, lang),
        score_after=so_far(one.assessment.score, lang),
        difference=difference(change.score_before, change.score_after),
        counts=tuple(_counts(told, one.assessment, inputs)),
        opened=tuple(_findings(change, "opened", lang)),
        closed=tuple(_findings(change, "closed", lang)),
        items=() if told is None else tuple(_items(change, lang)),
        remark=_("This checklist was not there before.") if told is None else "",
        radar=sheet_radar(one.assessment, told, inputs),
    )


def difference(before: Fraction | None, after: Fraction | None) -> str:
    """Return by how much a score rose or fell, of the figures as they are shown; '' without one."""
    if before is None or after is None:
        return ""
    moved = Fraction(shown(after)) - Fraction(shown(before))
    sign = "+" if moved > 0 else "−" if moved < 0 else "±"
    return sign + shown(abs(moved))


def _counts(before: Assessment | None, after: Assessment, inputs: Inputs) -> Iterable[CountsRow]:
    lang = inputs.lang
    titles = (
        pick(inputs.earlier.title, lang) if inputs.earlier else "",
        pick(inputs.round.title, lang),
    )
    for title, told in zip(titles, (before, after), strict=True):
        if told is not None:
            score = told.score
            yield counts_row(
                title,
                told.counts,
                shown(score.value if score else None),
                lang,
                verdict(score, lang),
            )


def _findings(change: SheetChange, turn: str, lang: Lang) -> Iterable[Line]:
    for one in change.items:
        if one.finding == turn and one.about is not None:
            yield Line(name=one.item, text=pick(one.about.title, lang))


def _items(change: SheetChange, lang: Lang) -> Iterable[ItemChangeView]:
    for one in change.items:
        lines = tuple(_lines(one, lang))
        if lines or one.result_before != one.result_after or one.risk_before != one.risk_after:
            yield ItemChangeView(
                id=one.item,
                title=pick(one.about.title, lang) if one.about else "",
                before=display_name(one.result_before, lang),
                after=display_name(one.result_after, lang),
                turn=turn_of(one, lang).strip("[]［］【】"),
                lines=lines,
            )


def _lines(one: ItemChange, lang: Lang) -> Iterable[str]:
    by_status = one.about is not None and has_status_only(one.about)
    for field in one.fields:
        shown_already = field.name == "answer" and by_status
        if field.name.partition(".")[0] in _TOLD and not shown_already:
            yield field_change(field, one.about, lang)
