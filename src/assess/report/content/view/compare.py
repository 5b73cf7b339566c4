"""The comparison of two states: scores, counts, opened and closed findings, new answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec.structs import replace

from assess.display.figures import score_or_why_none_text
from assess.engine.finding_name import label_and_problem_or_title
from assess.engine.history.changes import ItemChange, SheetChange, SheetState, compare_sheet_states
from assess.engine.history.words import describe_field_change, describe_finding_or_risk_change
from assess.engine.kinds.values import is_answered_by_status_only
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.outside_finding import OutsideFinding
from assess.model.results import Assessment, Score, format_score
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.charts import draw_sheet_radar
from assess.report.content.view.model import (
    ChangeView,
    CompareView,
    CountsRow,
    ItemChangeView,
    LabelledLine,
)
from assess.report.content.view.outside import make_outside_finding_line
from assess.report.content.view.score import make_sheet_row
from assess.report.content.view.words import PUNCTUATION, format_long_date, result_name

_TOLD = ("answer", "note", "evidence", "mitigation", "risk", "remediation")
"""Fields whose changes are listed; reviews and rechecks are not."""


def compare_with_earlier(inputs: ReportInputs) -> CompareView | None:
    """Return what changed since the earlier time; None where there is none."""
    if inputs.earlier is None:
        return None
    _ = translator(inputs.lang)
    now = _("{round}, {day}")
    return CompareView(
        before=pick_text(inputs.earlier.title, inputs.lang),
        after=now.format(
            round=pick_text(inputs.round.title, inputs.lang),
            day=format_long_date(inputs.today, inputs.lang),
        ),
        sheets=_assign_ranks_by_new_problems(
            [_compare_sheet(sheet, inputs) for sheet in inputs.sheets]
        ),
        outside_opened=tuple(
            make_outside_finding_line(row, inputs.lang)
            for row in inputs.outside
            if row.id not in inputs.earlier.findings
        ),
        outside_closed=tuple(
            make_outside_finding_line(row, inputs.lang)
            for row in inputs.outside
            if row.is_closed and _was_not_yet_closed(inputs.earlier.findings.get(row.id))
        ),
    )


def _was_not_yet_closed(finding: OutsideFinding | None) -> bool:
    return finding is None or finding.closed is None


def _assign_ranks_by_new_problems(changes: Sequence[ChangeView]) -> tuple[ChangeView, ...]:
    """Return the sheets in their order, each with its rank: those with most new problems first."""
    ranked = sorted(range(len(changes)), key=lambda at: -len(changes[at].opened))
    ranks = {at: rank for rank, at in enumerate(ranked)}
    return tuple(replace(change, rank=ranks[at]) for at, change in enumerate(changes))


def _compare_sheet(sheet_inputs: SheetInputs, inputs: ReportInputs) -> ChangeView:
    lang = inputs.lang
    _ = translator(lang)
    before = inputs.earlier.states.get(sheet_inputs.name) if inputs.earlier else None
    earlier_assessment = before.assessment if before else None
    change = compare_sheet_states(
        str(sheet_inputs.name), before, SheetState(sheet_inputs.sheet, sheet_inputs.assessment)
    )
    title = pick_text(sheet_inputs.assessment.title, lang)
    if sheet_inputs.assessment.scope_is_system:
        title += PUNCTUATION[lang]["colon"] + pick_text(sheet_inputs.assessment.scope_name, lang)
    return ChangeView(
        title=title,
        score_before=score_or_why_none_text(earlier_assessment, lang)
        if earlier_assessment
        else format_score(None),
        score_after=score_or_why_none_text(sheet_inputs.assessment, lang),
        difference=format_score_difference(
            earlier_assessment.score if earlier_assessment else None, sheet_inputs.assessment.score
        ),
        counts=tuple(_counts_rows(earlier_assessment, sheet_inputs.assessment, inputs)),
        opened=tuple(_list_opened_or_closed_findings(change, "opened", lang)),
        closed=tuple(_list_opened_or_closed_findings(change, "closed", lang)),
        items=() if earlier_assessment is None else tuple(_changed_items(change, lang)),
        remark=_("This checklist was not there before.") if earlier_assessment is None else "",
        radar=draw_sheet_radar(sheet_inputs.assessment, earlier_assessment, inputs),
    )


def format_score_difference(before: Score | None, after: Score | None) -> str:
    """Return by how much a score rose or fell, of the figures as they are shown.

    The text is '' unless both scores are there and final: what is answered so far can't be compared
    with the whole.
    """
    if before is None or after is None or not (before.complete and after.complete):
        return ""
    moved = Fraction(format_score(after.value)) - Fraction(format_score(before.value))
    sign = "+" if moved > 0 else "−" if moved < 0 else "±"
    return sign + format_score(abs(moved))


def _counts_rows(
    before: Assessment | None, after: Assessment, inputs: ReportInputs
) -> Iterable[CountsRow]:
    lang = inputs.lang
    titles = (
        pick_text(inputs.earlier.title, lang) if inputs.earlier else "",
        pick_text(inputs.round.title, lang),
    )
    for title, assessment in zip(titles, (before, after), strict=True):
        if assessment is not None:
            yield make_sheet_row(title, assessment, lang)


def _list_opened_or_closed_findings(
    change: SheetChange, transition: str, lang: Lang
) -> Iterable[LabelledLine]:
    for item_change in change.items:
        if item_change.finding == transition and item_change.about is not None:
            yield LabelledLine(
                name=item_change.item, text=label_and_problem_or_title(item_change.about, lang)
            )


def _changed_items(change: SheetChange, lang: Lang) -> Iterable[ItemChangeView]:
    for item_change in change.items:
        lines = tuple(_list_field_change_lines(item_change, lang))
        if (
            lines
            or item_change.result_before != item_change.result_after
            or item_change.risk_before != item_change.risk_after
        ):
            yield ItemChangeView(
                id=item_change.item,
                title=pick_text(item_change.about.title, lang) if item_change.about else "",
                before=result_name(item_change.result_before, lang),
                after=result_name(item_change.result_after, lang),
                turn=describe_finding_or_risk_change(item_change, lang).strip("[]［］【】"),
                lines=lines,
            )


def _list_field_change_lines(item_change: ItemChange, lang: Lang) -> Iterable[str]:
    by_status = item_change.about is not None and is_answered_by_status_only(item_change.about)
    for field in item_change.fields:
        shown_already = field.name == "answer" and by_status
        if field.name.partition(".")[0] in _TOLD and not shown_already:
            yield describe_field_change(field, item_change.about, lang)
