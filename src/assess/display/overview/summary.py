"""The lines of the overview: the sheets of a round, and the sections of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from assess.display.overview.sheet_summary import FaultCounts, SectionSummary, SheetSummary
from assess.display.text.cells import width_of
from assess.display.text.marks import count_or_dot_part, done_of_applicable_text, score_value_text
from assess.display.text.meters import METER_WIDTH, done_meter, stacked_meter
from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    StyledLine,
    StyleName,
    cut_line,
    fill_line,
    line_width,
    row_line,
)
from assess.display.text.wrap import WIDEST, align_right, fit_width
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.results import Counts

_TALLY = 9
_SCORE = 6
_COUNT = 5
_SCOPE = 12
"""Minimum number of cells for the scope."""
_BAR_FROM = 72
"""Minimum width that shows a sheet on one line, with bars where there is room."""

_FAULT_STYLES: Sequence[StyleName] = ("bad", "warn", "bad", "warn")
"""The colours of the numbers of high risks, returned, overdue and outdated items."""


class SheetRow(NamedTuple):
    """A sheet of the round; `summary` is None until the sheet is counted."""

    title: str
    scope: str
    summary: SheetSummary | None


class _Shape(NamedTuple):
    """The layout of the lines; `bars` and `scope` are cells, 0 if they are not shown."""

    width: int
    bars: int
    scope: int = 0


def _choose_line_layout(rows: Sequence[SheetRow], width: int) -> _Shape:
    """Return the layout of the sheets; bars are left out if they would cut a title."""
    width = min(width, WIDEST)
    if width < _BAR_FROM:
        return _Shape(width, 0)
    titles = max((width_of(escape_as_single_line(row.title)) for row in rows), default=0)
    scope_width = max([_SCOPE, *(width_of(escape_as_single_line(row.scope)) for row in rows)])
    free_width = width - 3 - _TALLY - _SCORE - _COUNT * 4
    third = min(scope_width, free_width // 3)
    bars = METER_WIDTH if titles + 1 + third <= free_width - METER_WIDTH else 0
    return _Shape(width, bars, min(scope_width, max(third, free_width - bars - titles - 1)))


def sheet_lines(rows: Sequence[SheetRow], chosen: int, lang: Lang, width: int) -> DrawnLines:
    """Return a heading and the sheets with progress, score and faults.

    Each sheet has one line. If that would cut the names, it has two, and only faults are counted.
    """
    shape = _choose_line_layout(rows, width)
    lines = [_heading_line(lang, shape, width)]
    cursor_line = 0
    for index, row in enumerate(rows):
        if index <= chosen:
            cursor_line = len(lines)
        summary = row.summary
        if shape.scope:
            scope = (
                LinePart(" " + fit_width(escape_as_single_line(row.scope), shape.scope), "dim"),
            )
            cells = (
                *scope,
                *_progress_and_score_cells(summary, shape),
                *_fault_count_cells(summary),
            )
        else:
            cells = _progress_and_score_cells(summary, shape)
        line = _join_title_and_cells(LinePart(escape_as_single_line(row.title)), cells, shape)
        lines.append(row_line(line, width, focused=index == chosen))
        if not shape.scope:
            faults = _fault_name_and_count_parts(summary.faults, lang) if summary else ()
            words = (LinePart(f"    {escape_as_single_line(row.scope)}", "dim"), *faults)
            lines.append(cut_line(words, width))
    return DrawnLines(lines, cursor_line)


def outdated_column_text(lang: Lang) -> str:
    """Return what the last column counts."""
    _ = translator(lang)
    return _("Old: items that changed after they were answered; look at these answers again")


def _heading_line(lang: Lang, layout: _Shape, width: int) -> StyledLine:
    """Return the names of the columns."""
    _ = translator(lang)
    progress = (
        " " + fit_width(_("Progress"), _TALLY + layout.bars) + align_right(_("Score"), _SCORE)
    )
    cells = [LinePart(progress)]
    if layout.scope:
        cells.insert(0, LinePart(" " + fit_width(_("Scope"), layout.scope)))
        cells += [LinePart(align_right(name, _COUNT)) for name in _fault_kind_names(lang)]
    line = _join_title_and_cells(LinePart("  " + _("Checklist")), tuple(cells), layout, indent=0)
    return fill_line(tuple(part._replace(style="label") for part in line), width, "raised")


def _join_title_and_cells(
    title: LinePart, cells: StyledLine, layout: _Shape, *, indent: int = 2
) -> StyledLine:
    """Return a title with the cells at the end of the line, `indent` cells before it."""
    room = layout.width - indent - line_width(cells)
    return (title._replace(text=fit_width(title.text, room)), *cells)


def _progress_and_score_cells(summary: SheetSummary | None, layout: _Shape) -> StyledLine:
    """Return progress and score; a sheet that is not counted yet has none."""
    if summary is None:
        return (LinePart(" " + fit_width("...", _TALLY + layout.bars + _SCORE), "dim"),)
    counts = summary.counts
    meter = done_meter(counts.done, counts.applicable) if layout.bars else ()
    return (*_done_of_applicable_cell(counts), *meter, _score_cell(summary.score))


def _done_of_applicable_cell(counts: Counts) -> StyledLine:
    text = align_right(done_of_applicable_text(counts), _TALLY - 1)
    is_done = counts.done == counts.applicable
    return (LinePart(f" {text} ", "good" if is_done else "plain"),)


def _score_cell(score: Fraction | None) -> LinePart:
    text = align_right(score_value_text(score), _SCORE)
    return LinePart(text, "dim" if score is None else "plain")


def _fault_count_cells(summary: SheetSummary | SectionSummary | None) -> StyledLine:
    """Return the numbers of the faults: zeros quiet, the others in their colour."""
    if summary is None:
        return (LinePart(" " * _COUNT * len(_FAULT_STYLES)),)
    return tuple(
        count_or_dot_part(count, _COUNT, style)
        for count, style in zip(summary.faults, _FAULT_STYLES, strict=True)
    )


def _fault_kind_names(lang: Lang) -> list[str]:
    _ = translator(lang)
    return [_("High"), _("Back"), _("Late"), _("Old")]


def _fault_name_and_count_parts(faults: FaultCounts, lang: Lang) -> StyledLine:
    """Return the faults with their names; nothing without faults."""
    triples = zip(_fault_kind_names(lang), faults, _FAULT_STYLES, strict=True)
    return tuple(LinePart(f"  {name} {count}", style) for name, count, style in triples if count)


def section_lines(summary: SheetSummary, lang: Lang, width: int) -> list[StyledLine]:
    """Return one line for each section of a sheet: its answers, score, faults.

    Where the meters would cut a title they are left out, as are the columns of the faults.
    """
    most = min(width, WIDEST)
    heads = [
        _section_head(number, section, lang, summary, has_words=most < _BAR_FROM)
        for number, section in enumerate(summary.sections, 1)
    ]
    widest = max(map(line_width, heads), default=0)
    has_meters = widest + _TALLY + METER_WIDTH + _SCORE <= most
    lines: list[StyledLine] = []
    for head, section in zip(heads, summary.sections, strict=True):
        meter = stacked_meter(section.meter_shares) if has_meters else ()
        cells = (*_done_of_applicable_cell(section.counts), *meter, _score_cell(section.score))
        if most >= _BAR_FROM:
            cells = (*cells, *_fault_count_cells(section))
        room = most - line_width(cells)
        lines.append((*fill_line(cut_line(head, room), room), *cells))
    return lines


def _section_head(
    number: int, section: SectionSummary, lang: Lang, summary: SheetSummary, *, has_words: bool
) -> StyledLine:
    """Return number and title of a section, with its faults in words where they have no columns."""
    digits = len(str(len(summary.sections)))
    words = _fault_name_and_count_parts(section.faults, lang) if has_words else ()
    count = LinePart(f"  {align_right(str(number), digits)} ", "dim")
    return (count, LinePart(escape_as_single_line(section.title)), *words)
