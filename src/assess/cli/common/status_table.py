"""The sheets of a round as rows of `assess status`: aligned columns, colours for what presses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING

from assess.cli.common.coloured_lines import Colour, ColouredLine, ColouredText
from assess.cli.common.context import LANG, _
from assess.display.figures import score_or_why_none_text
from assess.display.taken_over import taken_over_count_text
from assess.display.text.cells import width_of
from assess.engine.field_checks.judge import list_broken_checks
from assess.engine.scoring.figures import count_figures
from assess.harmless import escape_as_single_line
from assess.model.base import pick_text
from assess.model.results import Assessment

if TYPE_CHECKING:
    from assess.workspace import SheetName

_GAP = "  "


def sheet_lines(assessments: Mapping[SheetName, Assessment]) -> Iterator[ColouredLine]:
    """Yield a line for each sheet: its name, title, progress, score and counts in columns."""
    rows = [_sheet_cells(name, assessment) for name, assessment in assessments.items()]
    columns = zip_longest(*rows, fillvalue=ColouredText(""))
    widths = [max(width_of(cell.text) for cell in column) for column in columns]
    for row in rows:
        yield ColouredLine(tuple(map(_pad_cell, row, [*widths[: len(row) - 1], 0])))


def _pad_cell(cell: ColouredText, width: int) -> ColouredText:
    """Return a cell with the gap before it, and with spaces up to a width."""
    return ColouredText(f"{_GAP}{cell.text}{' ' * (width - width_of(cell.text))}", cell.colour)


def _sheet_cells(name: SheetName, assessment: Assessment) -> list[ColouredText]:
    counts = assessment.counts
    figures = count_figures((assessment,))
    progress = _("{done}/{all} answered").format(done=counts.done, all=counts.applicable)
    cells = [
        ColouredText(str(name)),
        ColouredText(escape_as_single_line(pick_text(assessment.title, LANG))),
        ColouredText(progress, "green" if counts.done == counts.applicable else None),
        ColouredText(_("score {score}").format(score=score_or_why_none_text(assessment, LANG))),
        _count_cell(_("findings: {count}"), figures.problems, "yellow"),
        _count_cell(_("high risk: {count}"), figures.high, "red"),
        _count_cell(_("overdue: {count}"), figures.remediation.overdue, "red"),
    ]
    if carried := taken_over_count_text(figures, LANG):
        cells.append(ColouredText(carried))
    stale = sum(state.stale for state in assessment.items)
    if stale:
        cells.append(_count_cell(_("wording changed, to confirm: {count}"), stale, "yellow"))
    if broken := len(list_broken_checks(assessment)):
        cells.append(_count_cell(_("answers that do not fit together: {count}"), broken, "yellow"))
    return cells


def _count_cell(text: str, count: int, colour: Colour) -> ColouredText:
    """Return a count: dim where it is zero, in its colour else."""
    return ColouredText(text.format(count=count), colour if count else "dim")
