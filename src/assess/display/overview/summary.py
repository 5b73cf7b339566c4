"""The lines of the overview: the sheets of a round, the sections of the chosen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.display.text.marks import bar, points, scope_text, tally
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, Part, StyleName, rule
from assess.display.text.wrap import WIDEST, fit, width_of
from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.results import Assessment, Counts, ItemState

_BAR = 10
_TALLY = 8
_SCORE = 6
_COUNT = 5
_SCOPE = 12
"""Cells for the scope at least, where there are so many."""
_BAR_FROM = 72
"""Below this width there is no room for the bars."""


class SheetRow(NamedTuple):
    """A sheet of the round; `assessment` is None until it is read."""

    name: str
    assessment: Assessment | None


class _Shape(NamedTuple):
    """How the lines are laid out; `bars` and `scope` are cells, 0 where there are none."""

    width: int
    bars: int
    scope: int = 0


def _shape(rows: Sequence[SheetRow], lang: Lang, width: int) -> _Shape:
    """Return the layout of the sheets: a bar gives way to a title that it would cut."""
    width = min(width, WIDEST)
    if width < _BAR_FROM:
        return _Shape(width, 0)
    seen = [row.assessment for row in rows if row.assessment is not None]
    titles = max((width_of(one_line(pick(one.title, lang))) for one in seen), default=0)
    wanted = max([_SCOPE, *(width_of(one_line(scope_text(one, lang))) for one in seen)])
    room = width - 3 - _TALLY - _SCORE - _COUNT * 4
    third = min(wanted, room // 3)
    bars = _BAR if titles + 1 + third <= room - _BAR else 0
    return _Shape(width, bars, min(wanted, max(third, room - bars - titles - 1)))


def sheet_lines(rows: Sequence[SheetRow], chosen: int, lang: Lang, width: int) -> Drawn:
    """Return a heading and the sheets: how far each is, and what is wrong there.

    One line a sheet; where that would cut the names, two, and only what is wrong is counted.
    """
    _, shape = translator(lang), _shape(rows, lang, width)
    columns = [_("Scope"), _("Progress"), _("Score"), *_fault_names(lang)]
    columns = columns if shape.scope else ["", *columns[1:3]]
    lines: list[Line] = [(Part("  " + _columns(_("Checklist"), columns, shape), "label"),)]
    at = 0
    for index, row in enumerate(rows):
        if index <= chosen:
            at = len(lines)
        style: StyleName = "cursor" if index == chosen else "plain"
        first, *others = _sheet_texts(row, lang, shape)
        lines.append((Part(("> " if index == chosen else "  ") + first, style),))
        lines += [(Part(fit("    " + text, width), "dim"),) for text in others]
    return Drawn(lines, at)


def _fault_names(lang: Lang) -> list[str]:
    _ = translator(lang)
    return [_("High"), _("Back"), _("Late"), _("Old")]


def _faults(items: Iterable[ItemState]) -> list[int]:
    """Return how many are of high risk, returned, overdue, answered to an older wording."""
    marks = [(one.risk == "high", one.work == "returned", one.overdue, one.stale) for one in items]
    return [sum(column) for column in zip(*marks, strict=True)] or [0] * 4


def _fault_words(items: Iterable[ItemState], lang: Lang) -> str:
    """Return what is wrong, each with its name; '' where nothing is."""
    pairs = zip(_fault_names(lang), _faults(items), strict=True)
    return "  ".join(f"{name} {count}" for name, count in pairs if count)


def _columns(title: str, cells: Sequence[str], shape: _Shape) -> str:
    """Return a line of cells: scope, progress, score, what is wrong."""
    scope, progress, *counts = cells
    tail = f" {fit(progress, _TALLY + shape.bars)}" + _right(counts[0], _SCORE)
    tail += "".join(_right(count, _COUNT) for count in counts[1:])
    if scope:
        tail = " " + fit(one_line(scope), shape.scope) + tail
    return fit(one_line(title), shape.width - 2 - width_of(tail)) + tail


def _progress(counts: Counts, room: int) -> str:
    drawn = bar(counts.done, counts.applicable, room) if room else ""
    return fit(tally(counts), _TALLY) + drawn


def _right(text: str, width: int) -> str:
    return " " * max(0, width - width_of(text)) + text


def _sheet_texts(row: SheetRow, lang: Lang, shape: _Shape) -> list[str]:
    seen = row.assessment
    if seen is None:
        return [_columns(row.name, ["", "...", "", "", "", "", ""], shape)]
    title, scope = pick(seen.title, lang), one_line(scope_text(seen, lang))
    cells = [_progress(seen.counts, shape.bars), points(seen.score.value) if seen.score else "-"]
    if not shape.scope:
        return [
            _columns(title, ["", *cells], shape),
            "  ".join(filter(None, (scope, _fault_words(seen.items, lang)))),
        ]
    return [_columns(title, [scope, *cells, *map(str, _faults(seen.items))], shape)]


def section_lines(assessment: Assessment, lang: Lang, width: int) -> list[Line]:
    """Return one line a section of a sheet: progress, score, high risks, returned, overdue."""
    lines, most = [rule(width)], min(width, WIDEST)
    shape = _Shape(most, _BAR if most >= _BAR_FROM else 0)
    for number, section in enumerate(assessment.sections, 1):
        cells = [_progress(section.counts, shape.bars), points(section.score)]
        title = f"{number} {pick(section.section.title, lang)}"
        if not shape.bars:
            title = f"{title}  {_fault_words(section.items, lang)}"
        else:
            cells += map(str, _faults(section.items))
        lines.append((Part("  " + _columns(title, ["", *cells], shape)),))
    return lines
