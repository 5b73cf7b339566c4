"""The lines of the overview: the sheets of a round, and the sections of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assess.display.overview.sheet_summary import FaultCounts, SheetSummary
from assess.display.text.cells import width_of
from assess.display.text.marks import (
    done_of_applicable_text,
    progress_bar,
    score_value_text,
)
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, StyleName, dash_line
from assess.display.text.wrap import WIDEST, fit_width
from assess.harmless import one_line
from assess.i18n import Lang, translator
from assess.model.results import Counts

_BAR = 10
_TALLY = 8
_SCORE = 6
_COUNT = 5
_SCOPE = 12
"""Minimum number of cells for the scope."""
_BAR_FROM = 72
"""Minimum width that shows the bars."""


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


def _choose_shape(rows: Sequence[SheetRow], width: int) -> _Shape:
    """Return the layout of the sheets; bars are left out if they would cut a title."""
    width = min(width, WIDEST)
    if width < _BAR_FROM:
        return _Shape(width, 0)
    titles = max((width_of(one_line(row.title)) for row in rows), default=0)
    scope_width = max([_SCOPE, *(width_of(one_line(row.scope)) for row in rows)])
    free_width = width - 3 - _TALLY - _SCORE - _COUNT * 4
    third = min(scope_width, free_width // 3)
    bars = _BAR if titles + 1 + third <= free_width - _BAR else 0
    return _Shape(width, bars, min(scope_width, max(third, free_width - bars - titles - 1)))


def sheet_lines(rows: Sequence[SheetRow], chosen: int, lang: Lang, width: int) -> DrawnLines:
    """Return a heading and the sheets with progress, score and faults.

    Each sheet has one line. If that would cut the names, it has two, and only faults are counted.
    """
    _, shape = translator(lang), _choose_shape(rows, width)
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


def _fault_counts_text(faults: FaultCounts, lang: Lang) -> str:
    """Return the faults with their names; '' without faults."""
    pairs = zip(_fault_kind_names(lang), faults, strict=True)
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
    """Return the lines of a sheet; one that is not counted yet has no figures."""
    summary = row.summary
    cells, faults, counts = ["...", ""], "", [""] * 4
    if summary is not None:
        cells = [_progress_text(summary.counts, shape.bars), score_value_text(summary.score)]
        faults, counts = _fault_counts_text(summary.faults, lang), [*map(str, summary.faults)]
    if not shape.scope:
        return [
            _join_columns(row.title, ["", *cells], shape),
            "  ".join(filter(None, (one_line(row.scope), faults))),
        ]
    return [_join_columns(row.title, [row.scope, *cells, *counts], shape)]


def section_lines(summary: SheetSummary, lang: Lang, width: int) -> list[StyledLine]:
    """Return one line for each section of a sheet: progress, score, faults."""
    lines, most = [dash_line(width)], min(width, WIDEST)
    shape = _Shape(most, _BAR if most >= _BAR_FROM else 0)
    for number, section in enumerate(summary.sections, 1):
        cells = [_progress_text(section.counts, shape.bars), score_value_text(section.score)]
        title = f"{number} {section.title}"
        if not shape.bars:
            title = f"{title}  {_fault_counts_text(section.faults, lang)}"
        else:
            cells += map(str, section.faults)
        lines.append((LinePart("  " + _join_columns(title, ["", *cells], shape)),))
    return lines
