"""What documents of many sheets show: the worst of them, and what the others come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from assess.engine.scoring.figures import count_figures
from assess.i18n import translator
from assess.model.base import pick_text
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.model import CountsRow
from assess.report.content.view.remarks import sheet_title
from assess.report.content.view.score import make_counts_row, make_sheet_row

MANY_SHEETS: Final = 8
"""Sheets up to which each is told by itself."""


class RowLimit(NamedTuple):
    """How many rows of counts a document shows."""

    all_up_to: int
    """Sheets of which each has its row."""
    of_more: int
    """Rows where there are more sheets, that of the others counted."""


BRIEF_ROWS: Final = RowLimit(6, 4)
"""On the page for the leader, which stays one page."""

SUMMARY_ROWS: Final = RowLimit(12, 4)
"""In the summary, which stays two."""

_NO_SCORE: Final = 101
"""A number after every score."""


def sort_sheets_worst_first(inputs: ReportInputs) -> list[SheetInputs]:
    """Return the sheets, worst first: by high risks, then by score; what has no answer is last."""
    return sorted(inputs.sheets, key=_make_risk_and_score_sort_key)


def list_worst_sheet_rows(inputs: ReportInputs, limit: RowLimit) -> tuple[CountsRow, ...]:
    """Return a row of counts for each sheet; of many the worst, and one of the others."""
    if len(inputs.sheets) <= limit.all_up_to:
        return tuple(make_sheet_row_with_short_title(sheet, inputs) for sheet in inputs.sheets)
    _ = translator(inputs.lang)
    ranked = sort_sheets_worst_first(inputs)
    shown, others = ranked[: limit.of_more - 1], ranked[limit.of_more - 1 :]
    rest = make_counts_row(
        _("the other {count}").format(count=len(others)),
        count_figures(sheet.assessment for sheet in others).counts,
        "",
        inputs.lang,
    )
    return (*(make_sheet_row_with_short_title(sheet, inputs) for sheet in shown), rest)


def make_sheet_row_with_short_title(sheet_inputs: SheetInputs, inputs: ReportInputs) -> CountsRow:
    """Return the counts of a sheet as a row of a table of sheets."""
    title = distinguishing_sheet_title(sheet_inputs, inputs)
    return make_sheet_row(title, sheet_inputs.assessment, inputs.lang)


def distinguishing_sheet_title(sheet_inputs: SheetInputs, inputs: ReportInputs) -> str:
    """Return what tells a sheet from the others: its system, where all are of one checklist."""
    several = len({sheet.name.checklist for sheet in inputs.sheets}) > 1
    if several or len(inputs.sheets) == 1 or not sheet_inputs.assessment.scope_is_system:
        return sheet_title(sheet_inputs, inputs.lang)
    return pick_text(sheet_inputs.assessment.scope_name, inputs.lang)


def format_number_ranges(numbers: Iterable[int]) -> list[str]:
    """Return ascending numbers as ranges: 1–3, 5."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ["–".join(map(str, dict.fromkeys(ends))) for ends in ranges]


def _make_risk_and_score_sort_key(sheet_inputs: SheetInputs) -> tuple[int, float]:
    assessment = sheet_inputs.assessment
    high_risks = sum(finding.risk == "high" for finding in assessment.findings)
    score = assessment.score
    return -high_risks, _NO_SCORE if score is None else float(score.value or 0)
