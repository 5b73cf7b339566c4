"""What the page of a unit asks of it; what does not concern it is left out."""

from __future__ import annotations

from collections.abc import Iterator

from assess.display.rollup.document import write_collection_warning
from assess.display.rollup.table_building import RollUpSource
from assess.engine.rollup.findings import (
    list_contradicted_findings,
    list_high_risks,
    list_open_findings,
    list_overdue_findings,
)
from assess.engine.rollup.records import UnitEntry
from assess.report.content.view.words import format_long_date
from assess.report.rollup.circular.demands import (
    list_problem_demands,
    number_demands,
    write_secrecy_demand,
)


def write_unit_demands(source: RollUpSource, entry: UnitEntry) -> Iterator[str]:
    """Yield the demands, numbered; the last is the sentence about passing the page on.

    `source` has the records of that unit alone.
    """
    yield from number_demands(list(_list_unit_demands(source, entry)), source.lang)


def _list_unit_demands(source: RollUpSource, entry: UnitEntry) -> Iterator[str]:
    yield from _list_hand_in_demands(source, entry)
    high, overdue = list_high_risks(source.records), list_overdue_findings(source.records)
    yield from list_problem_demands(len(high), len(overdue), source.lang)
    yield from _list_ordinary_demands(source, entry)
    yield write_secrecy_demand(write_collection_warning(source.lang), source.lang)


def _list_ordinary_demands(source: RollUpSource, entry: UnitEntry) -> Iterator[str]:
    """Yield what is demanded about other problems, and about answers that contradict a measure."""
    _ = source.translate
    others = [
        row.finding
        for row in list_open_findings(entry)
        if row.finding.risk != "high" and not row.finding.days_late
    ]
    if others:
        text = _(
            "Other problems. Please mend the problems that are neither of high risk nor overdue "
            "({count}) by their due days; name a measure and a day where one lacks."
        )
        yield text.format(count=len(others))
    contradicted = len(list_contradicted_findings(entry))
    if contradicted:
        text = _(
            "Answers to check. Please check the items that are marked as mended and still answered "
            "as not met or partly met ({count}): correct the answer, or go on mending."
        )
        yield text.format(count=contradicted)


def _list_hand_in_demands(source: RollUpSource, entry: UnitEntry) -> Iterator[str]:
    _, progress = source.translate, entry.progress
    if progress.state == "missing" and progress.days_late:
        yield _("Handing in. Nothing of yours that counts has come in; please hand in at once.")
    elif progress.state == "missing":
        text = _("Handing in. Nothing of yours that counts has come in; please hand in by {day}.")
        yield text.format(day=format_long_date(source.records.campaign.due, source.lang))
    elif progress.state == "returned":
        yield _("Handing in. Please put right what was sent back, and hand in again.")
    elif progress.state == "held":
        yield _(
            "Handing in. What came in is looked at first; please answer our questions about it."
        )
    if any(not sheet.is_issued for sheet in entry.sheets):
        yield _("Checklists. Please answer the checklists as they were issued, and hand in again.")
    unanswered = sum(sheet.counts.unanswered for sheet in entry.sheets)
    if unanswered:
        text = _("Open answers. Please answer what is open ({count}), and hand in again.")
        yield text.format(count=unanswered)
