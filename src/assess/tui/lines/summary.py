"""The lines of the overview: the sheets of a round, the sections of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.results import Assessment, Counts
from assess.tui.text.marks import bar, points, scope_text, tally
from assess.tui.text.safe import one_line
from assess.tui.text.styled import Line, Part, rule
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


def sheet_lines(rows: Sequence[SheetRow], chosen: int, lang: Lang, width: int) -> list[Line]:
    """Return a heading and one line a sheet: how far it is, and what is wrong there."""
    _ = translator(lang)
    columns = [_("Scope"), _("Progress"), _("Score"), _("High"), _("Back"), _("Late"), _("Old")]
    heading = _columns(_("Checklist"), columns, width)
    lines: list[Line] = [(Part("  " + heading, "label"),)]
    for index, row in enumerate(rows):
        sign, text = (
            ("> ", _sheet_text(row, lang, width))
            if index == chosen
            else ("  ", _sheet_text(row, lang, width))
        )
        lines.append((Part(sign + text, "cursor" if index == chosen else "plain"),))
    return lines


def _columns(title: str, cells: Sequence[str], width: int) -> str:
    scope, progress, *counts = cells
    tail = f" {fit(progress, _TALLY + _bar_room(width))}" + _right(counts[0], _SCORE)
    tail += "".join(_right(count, _COUNT) for count in counts[1:])
    room = width - 2 - width_of(tail)
    if not scope:
        return fit(one_line(title), room) + tail
    scope_room = min(_SCOPE, room // 3)
    return (
        fit(one_line(title), room - scope_room - 1) + " " + fit(one_line(scope), scope_room) + tail
    )


def _bar_room(width: int) -> int:
    return _BAR if width >= _BAR_FROM else 0


def _progress(counts: Counts, width: int) -> str:
    room = _bar_room(width)
    drawn = bar(counts.done, counts.applicable, room) if room else ""
    return fit(tally(counts), _TALLY) + drawn


def _right(text: str, width: int) -> str:
    return " " * max(0, width - width_of(text)) + text


def _sheet_text(row: SheetRow, lang: Lang, width: int) -> str:
    seen = row.assessment
    if seen is None:
        return _columns(row.name, ["", "...", "", "", "", "", ""], width)
    progress = _progress(seen.counts, width)
    score = points(seen.score.value) if seen.score else "-"
    back = sum(state.work == "returned" for state in seen.items)
    stale = sum(state.stale for state in seen.items)
    counts = [score, str(seen.high_risks), str(back), str(seen.overdue), str(stale)]
    return _columns(pick(seen.title, lang), [scope_text(seen, lang), progress, *counts], width)


def section_lines(assessment: Assessment, lang: Lang, width: int) -> list[Line]:
    """Return one line a section of a sheet: progress, score, high risks, returned, overdue."""
    lines = [rule(width)]
    for number, section in enumerate(assessment.sections, 1):
        progress = _progress(section.counts, width)
        high = sum(state.risk == "high" for state in section.items)
        back = sum(state.work == "returned" for state in section.items)
        late = sum(state.overdue for state in section.items)
        stale = sum(state.stale for state in section.items)
        counts = [points(section.score), str(high), str(back), str(late), str(stale)]
        title = f"{number} {pick(section.section.title, lang)}"
        lines.append((Part("  " + _columns(title, ["", progress, *counts], width)),))
    return lines
