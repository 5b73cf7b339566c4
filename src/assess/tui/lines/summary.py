"""The lines of the overview: the sheets of a round, the sections of the chosen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.results import Assessment, Counts, ItemState
from assess.tui.text.marks import bar, points, scope_text, tally
from assess.tui.text.safe import one_line
from assess.tui.text.styled import Drawn, Line, Part, StyleName, rule
from assess.tui.text.wrap import fit, width_of

_BAR = 10
_TALLY = 8
_SCORE = 6
_COUNT = 5
_SCOPE = 12
_BAR_FROM = 72
"""Below this width there is no room for the bars."""


class SheetRow(NamedTuple):
    """A sheet of the round; `assessment` is None until it is read."""

    name: str
    assessment: Assessment | None


def sheet_lines(rows: Sequence[SheetRow], chosen: int, lang: Lang, width: int) -> Drawn:
    """Return a heading and the sheets: how far each is, and what is wrong there.

    One line a sheet; where that would cut the names, two, and only what is wrong is counted.
    """
    _ = translator(lang)
    columns = [_("Progress"), _("Score"), *_fault_names(lang)]
    columns = [_("Scope"), *columns] if width >= _BAR_FROM else ["", *columns[:2]]
    bars = _bar_room([pick(one.assessment.title, lang) for one in rows if one.assessment], width)
    lines: list[Line] = [(Part("  " + _columns(_("Checklist"), columns, width, bars), "label"),)]
    at = 0
    for index, row in enumerate(rows):
        if index <= chosen:
            at = len(lines)
        style: StyleName = "cursor" if index == chosen else "plain"
        first, *others = _sheet_texts(row, lang, width, bars)
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


def _columns(title: str, cells: Sequence[str], width: int, bars: int) -> str:
    """Return a line of cells: scope, progress with a bar of `bars` cells, score, what is wrong."""
    scope, progress, *counts = cells
    tail = f" {fit(progress, _TALLY + bars)}" + _right(counts[0], _SCORE)
    tail += "".join(_right(count, _COUNT) for count in counts[1:])
    room = width - 2 - width_of(tail)
    if not scope:
        return fit(one_line(title), room) + tail
    scope_room = min(_SCOPE, room // 3)
    return (
        fit(one_line(title), room - scope_room - 1) + " " + fit(one_line(scope), scope_room) + tail
    )


def _bar_room(titles: Iterable[str], width: int) -> int:
    """Return the cells for bars: none where there is no room, or where they would cut a title."""
    tail = 1 + _TALLY + _BAR + _SCORE + _COUNT * 4
    beside = width - 2 - tail - _SCOPE - 1
    whole = all(width_of(one_line(title)) <= beside for title in titles)
    return _BAR if width >= _BAR_FROM and whole else 0


def _progress(counts: Counts, room: int) -> str:
    drawn = bar(counts.done, counts.applicable, room) if room else ""
    return fit(tally(counts), _TALLY) + drawn


def _right(text: str, width: int) -> str:
    return " " * max(0, width - width_of(text)) + text


def _sheet_texts(row: SheetRow, lang: Lang, width: int, bars: int) -> list[str]:
    seen = row.assessment
    if seen is None:
        return [_columns(row.name, ["", "...", "", "", "", "", ""], width, bars)]
    title, scope = pick(seen.title, lang), one_line(scope_text(seen, lang))
    cells = [_progress(seen.counts, bars), points(seen.score.value) if seen.score else "-"]
    if width < _BAR_FROM:
        return [
            _columns(title, ["", *cells], width, bars),
            "  ".join(filter(None, (scope, _fault_words(seen.items, lang)))),
        ]
    return [_columns(title, [scope, *cells, *map(str, _faults(seen.items))], width, bars)]


def section_lines(assessment: Assessment, lang: Lang, width: int) -> list[Line]:
    """Return one line a section of a sheet: progress, score, high risks, returned, overdue."""
    lines, bars = [rule(width)], _BAR if width >= _BAR_FROM else 0
    for number, section in enumerate(assessment.sections, 1):
        cells = [_progress(section.counts, bars), points(section.score)]
        title = f"{number} {pick(section.section.title, lang)}"
        if width < _BAR_FROM:
            title = f"{title}  {_fault_words(section.items, lang)}"
        else:
            cells += map(str, _faults(section.items))
        lines.append((Part("  " + _columns(title, ["", *cells], width, bars)),))
    return lines
