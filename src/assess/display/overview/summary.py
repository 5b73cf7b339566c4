"""The lines of the overview: the sheets of a round, and the sections of the chosen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.marks import (
    done_of_applicable_text,
    progress_bar,
    score_value_text,
    system_or_unit_text,
)
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, StyleName, dash_line
from assess.display.text.wrap import WIDEST, fit_width
from assess.harmless import one_line
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.results import Assessment, Counts, ItemState

_BAR = 10
_TALLY = 8
_SCORE = 6
_COUNT = 5
_SCOPE = 12
"""Minimum number of cells for the scope."""
_BAR_FROM = 72
"""Minimum width that shows the bars."""


class SheetRow(NamedTuple):
    """A sheet of the round; `assessment` is None until the sheet is read."""

    name: str
    assessment: Assessment | None


class _Shape(NamedTuple):
    """The layout of the lines; `bars` and `scope` are cells, 0 if they are not shown."""

    width: int
    bars: int
    scope: int = 0


def _choose_shape(rows: Sequence[SheetRow], lang: Lang, width: int) -> _Shape:
    """Return the layout of the sheets; bars are left out if they would cut a title."""
    width = min(width, WIDEST)
    if width < _BAR_FROM:
        return _Shape(width, 0)
    assessments = [row.assessment for row in rows if row.assessment is not None]
    titles = max(
        (width_of(one_line(pick_text(assessment.title, lang))) for assessment in assessments),
        default=0,
    )
    scope_width = max(
        [
            _SCOPE,
            *(
                width_of(one_line(system_or_unit_text(assessment, lang)))
                for assessment in assessments
            ),
        ]
    )
    free_width = width - 3 - _TALLY - _SCORE - _COUNT * 4
    third = min(scope_width, free_width // 3)
    bars = _BAR if titles + 1 + third <= free_width - _BAR else 0
    return _Shape(width, bars, min(scope_width, max(third, free_width - bars - titles - 1)))


def sheet_lines(rows: Sequence[SheetRow], chosen: int, lang: Lang, width: int) -> DrawnLines:
    """Return a heading and the sheets with progress, score and faults.

    Each sheet has one line. If that would cut the names, it has two, and only faults are counted.
    """
    _, shape = translator(lang), _choose_shape(rows, lang, width)
    columns = [_("Scope"), _("Progress"), _("Score"), *_fault_kind_names(lang)]
    columns = columns if shape.scope else ["", *columns[1:3]]
    lines: list[StyledLine] = [
        (LinePart("  " + _join_columns(_("Checklist"), columns, shape), "label"),)
    ]
    cursor_line = 0
    for index, row in enumerate(rows):
        if index <= chosen:
            cursor_line = len(lines)
        style: StyleName = "cursor" if index == chosen else "plain"
        first, *others = _sheet_texts(row, lang, shape)
        lines.append((LinePart(("> " if index == chosen else "  ") + first, style),))
        lines += [(LinePart(fit_width("    " + text, width), "dim"),) for text in others]
    return DrawnLines(lines, cursor_line)


def _fault_kind_names(lang: Lang) -> list[str]:
    _ = translator(lang)
    return [_("High"), _("Back"), _("Late"), _("Old")]


def _count_items_by_fault(items: Iterable[ItemState]) -> list[int]:
    """Return the numbers of items: high risk, returned, overdue, answered to an older text."""
    marks = [
        (state.risk == "high", state.work == "returned", state.overdue, state.stale)
        for state in items
    ]
    return [sum(column) for column in zip(*marks, strict=True)] or [0] * 4


def _fault_counts_text(items: Iterable[ItemState], lang: Lang) -> str:
    """Return the faults with their names; '' without faults."""
    pairs = zip(_fault_kind_names(lang), _count_items_by_fault(items), strict=True)
    return "  ".join(f"{name} {count}" for name, count in pairs if count)


def _join_columns(title: str, cells: Sequence[str], shape: _Shape) -> str:
    """Return a line of cells: scope, progress, score, faults."""
    scope, progress, *counts = cells
    tail = f" {fit_width(progress, _TALLY + shape.bars)}" + _align_right(counts[0], _SCORE)
    tail += "".join(_align_right(count, _COUNT) for count in counts[1:])
    if scope:
        tail = " " + fit_width(one_line(scope), shape.scope) + tail
    return fit_width(one_line(title), shape.width - 2 - width_of(tail)) + tail


def _progress_text(counts: Counts, bar_width: int) -> str:
    drawn = progress_bar(counts.done, counts.applicable, bar_width) if bar_width else ""
    return fit_width(done_of_applicable_text(counts), _TALLY) + drawn


def _align_right(text: str, width: int) -> str:
    return " " * max(0, width - width_of(text)) + text


def _sheet_texts(row: SheetRow, lang: Lang, shape: _Shape) -> list[str]:
    assessment = row.assessment
    if assessment is None:
        return [_join_columns(row.name, ["", "...", "", "", "", "", ""], shape)]
    title, scope = (
        pick_text(assessment.title, lang),
        one_line(system_or_unit_text(assessment, lang)),
    )
    cells = [
        _progress_text(assessment.counts, shape.bars),
        score_value_text(assessment.score.value) if assessment.score else "-",
    ]
    if not shape.scope:
        return [
            _join_columns(title, ["", *cells], shape),
            "  ".join(filter(None, (scope, _fault_counts_text(assessment.items, lang)))),
        ]
    return [
        _join_columns(
            title, [scope, *cells, *map(str, _count_items_by_fault(assessment.items))], shape
        )
    ]


def section_lines(assessment: Assessment, lang: Lang, width: int) -> list[StyledLine]:
    """Return one line for each section of a sheet: progress, score, faults."""
    lines, most = [dash_line(width)], min(width, WIDEST)
    shape = _Shape(most, _BAR if most >= _BAR_FROM else 0)
    for number, section in enumerate(assessment.sections, 1):
        cells = [_progress_text(section.counts, shape.bars), score_value_text(section.score)]
        title = f"{number} {pick_text(section.section.title, lang)}"
        if not shape.bars:
            title = f"{title}  {_fault_counts_text(section.items, lang)}"
        else:
            cells += map(str, _count_items_by_fault(section.items))
        lines.append((LinePart("  " + _join_columns(title, ["", *cells], shape)),))
    return lines
