"""Problems of high risk by name (高风险), and how far problems are remedied (整改)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import add
from typing import Final, NamedTuple

from assess.engine.rollup.records import (
    FAILED,
    FindingEntry,
    RollUpRecords,
    SheetEntry,
    UnitEntry,
)
from assess.model.item import RISK_LEVELS

_FIRST_LIMIT: Final = 30
_SECOND_LIMIT: Final = 90
"""Days late by which overdue measures are divided."""


class LocatedFinding(NamedTuple):
    """A problem with the unit and the sheet that it is of; `sheet` None: others told of it."""

    entry: UnitEntry
    sheet: SheetEntry | None
    finding: FindingEntry


class RemediationCounts(NamedTuple):
    """How many problems of a unit or of several are how far."""

    problems: int = 0
    """All problems, those of others included."""
    mended: int = 0
    """Remedied, verified or not yet."""
    closed: int = 0
    """Verified and closed off."""
    on_time: int = 0
    """Of those mended, the ones that were remedied by their due day."""
    without_day: int = 0
    """Of those mended, the ones that lack a due day or the day on which they were."""
    without_measure: int = 0
    extended: int = 0
    """Those whose due day was moved to a later one, mended or not."""
    overdue_short: int = 0
    """Overdue for at most 30 days."""
    overdue_long: int = 0
    """Overdue for 31 to 90 days."""
    overdue_longest: int = 0
    """Overdue for more than 90 days."""

    @property
    def overdue(self) -> int:
        """All that are overdue."""
        return self.overdue_short + self.overdue_long + self.overdue_longest

    def add_counts(self, other: RemediationCounts) -> RemediationCounts:
        """Return the sum of two counts."""
        return RemediationCounts(*map(add, self, other))


def list_unit_findings(entry: UnitEntry) -> Iterator[LocatedFinding]:
    """Yield the problems of a unit: those of its sheets, then those that others found."""
    for sheet in entry.sheets:
        for finding in sheet.findings:
            yield LocatedFinding(entry, sheet, finding)
    for finding in entry.outside:
        yield LocatedFinding(entry, None, finding)


def list_open_findings(entry: UnitEntry) -> list[LocatedFinding]:
    """Return the problems of a unit that are not mended, those of high risk first."""
    rows = [row for row in list_unit_findings(entry) if not row.finding.is_mended]
    return sorted(rows, key=lambda row: RISK_LEVELS.index(row.finding.risk))


def list_contradicted_findings(entry: UnitEntry) -> list[LocatedFinding]:
    """Return the problems that are marked as mended while their items are still not met in full."""
    return [
        row
        for row in list_unit_findings(entry)
        if row.finding.is_mended and row.finding.result in FAILED
    ]


def list_high_risks(records: RollUpRecords) -> list[LocatedFinding]:
    """Return the problems of high risk that are not mended, those of a high-risk case first."""
    rows = [
        row
        for entry in records.units
        for row in list_unit_findings(entry)
        if row.finding.risk == "high" and not row.finding.is_mended
    ]
    return sorted(rows, key=_by_case_and_age)


def _by_case_and_age(row: LocatedFinding) -> tuple[bool, date]:
    return row.finding.high_risk_case is None, row.finding.since or date.max


def list_overdue_findings(records: RollUpRecords) -> list[LocatedFinding]:
    """Return the overdue problems, those that are most days late first."""
    rows = [
        row for entry in records.units for row in list_unit_findings(entry) if row.finding.days_late
    ]
    return sorted(rows, key=lambda row: -row.finding.days_late)


def count_unit_remediation(entry: UnitEntry) -> RemediationCounts:
    """Return how far the problems of a unit are remedied."""
    counts = RemediationCounts()
    for row in list_unit_findings(entry):
        counts = counts.add_counts(_count_finding(row.finding))
    return counts


def _count_finding(finding: FindingEntry) -> RemediationCounts:
    measure, late = finding.measure, finding.days_late
    mended_on = (measure.done_on or measure.verified_on) if measure is not None else None
    due = measure.due if measure is not None else None
    has_days = mended_on is not None and due is not None
    is_verified = measure is not None and measure.state == "verified"
    return RemediationCounts(
        problems=1,
        mended=int(finding.is_mended),
        closed=int(finding.is_closed or is_verified),
        on_time=int(finding.is_mended and bool(mended_on and due and mended_on <= due)),
        without_day=int(finding.is_mended and not has_days),
        extended=int(finding.is_extended),
        without_measure=int(measure is None and not finding.is_mended),
        overdue_short=int(0 < late <= _FIRST_LIMIT),
        overdue_long=int(_FIRST_LIMIT < late <= _SECOND_LIMIT),
        overdue_longest=int(late > _SECOND_LIMIT),
    )


def sum_remediation_by_category(
    records: RollUpRecords,
) -> list[tuple[str | None, bool, RemediationCounts]]:
    """Return the counts of all units (True), then those of each category."""
    by_category = dict.fromkeys(records.list_categories(), RemediationCounts())
    total = RemediationCounts()
    for entry in records.units:
        counts = count_unit_remediation(entry)
        total = total.add_counts(counts)
        by_category[entry.unit.category] = by_category[entry.unit.category].add_counts(counts)
    return [(None, True, total), *((key, False, row) for key, row in by_category.items())]
