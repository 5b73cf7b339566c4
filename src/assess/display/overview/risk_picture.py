"""The picture beside the overview: the answers of all sections, worst first, and the next dates."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from assess.display.overview.sheet_summary import OpenDue, SectionSummary, SheetSummary
from assess.display.text.cells import width_of
from assess.display.text.meters import meter_legend, stacked_meter
from assess.display.text.styled import LinePart, StyledLine, StyleName, line_width, styled_line
from assess.display.text.wrap import align_right, fit_width
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, plural_translator, translator

_MOST_SECTIONS = 60
"""Sections of the tallest terminal."""
_DUES = 5
_SOON = 30
"""Days before a due date from which it is due soon."""
_LINES_OF_DUES = _DUES + 2
_LEGEND = 2


class RiskPicture(NamedTuple):
    """The worst sections of a round, and its next due dates."""

    sections: Sequence[SectionSummary]
    dues: Sequence[OpenDue]


def select_worst_sections_and_dues(sheets: Iterable[SheetSummary]) -> RiskPicture:
    """Return the picture of the sheets that are counted."""
    counted = list(sheets)
    sections = (section for sheet in counted for section in sheet.sections)
    dues = (due for sheet in counted for due in sheet.dues)
    return RiskPicture(
        heapq.nsmallest(_MOST_SECTIONS, sections, key=_badness_sort_key),
        heapq.nsmallest(_DUES, dues, key=lambda due: due.day),
    )


def _badness_sort_key(section: SectionSummary) -> tuple[float, float]:
    """Return a key that is smaller the more is not met, then the more is unanswered."""
    shares = section.meter_shares
    total = sum(shares) or 1
    return -(shares.unmet + shares.partial / 2) / total, -shares.unanswered / total


def worst_section_and_due_lines(
    picture: RiskPicture, today: date, lang: Lang, width: int, height: int
) -> list[StyledLine]:
    """Return as many of the worst sections as fit, and the next due dates below them."""
    _ = translator(lang)
    dues = [_due_line(due, today, lang, width) for due in picture.dues]
    room = max(1, height - (_LINES_OF_DUES if dues else 0) - _LEGEND)
    lines: list[StyledLine] = [(), styled_line(" " + _("Sections, the worst first"), "title")]
    lines += [_section_line(section, width) for section in picture.sections[: room - 2]]
    lines.append((LinePart(" "), *meter_legend(lang)))
    if dues:
        lines += [(), styled_line(" " + _("Next due dates"), "title"), *dues]
    return lines


def _section_line(section: SectionSummary, width: int) -> StyledLine:
    meter = stacked_meter(section.meter_shares)
    bad = section.meter_shares.unmet + section.meter_shares.partial
    count = LinePart(
        align_right(str(bad) if bad else "", 4), "bad" if section.meter_shares.unmet else "warn"
    )
    tail = (LinePart(" "), *meter, count, LinePart(" "))
    return (
        LinePart(
            " " + fit_width(escape_as_single_line(section.title), width - 1 - line_width(tail))
        ),
        *tail,
    )


def _due_line(due: OpenDue, today: date, lang: Lang, width: int) -> StyledLine:
    _ = translator(lang)
    _n = plural_translator(lang)
    days = (due.day - today).days
    style: StyleName = "bad" if days < 0 else "warn" if days <= _SOON else "dim"
    words = (
        _n("{days} day late", "{days} days late", -days)
        if days < 0
        else _n("in {days} day", "in {days} days", days)
        if days
        else _("today")
    )
    when = f" {due.day.strftime('%m-%d')} {align_right(words.format(days=abs(days)), 12)} "
    title = fit_width(f" {escape_as_single_line(due.title)}", width - width_of(when))
    return (LinePart(title), LinePart(when, style))
