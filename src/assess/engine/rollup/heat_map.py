"""Unit by section: which share of the answered items conforms (热力图)."""

from __future__ import annotations

from typing import NamedTuple

from assess.engine.rollup.records import RollUpRecords, UnitEntry, compute_share
from assess.model.base import Number
from assess.model.round_data import CountsRecord


class ConformityCounts(NamedTuple):
    """How many items conform of those that are judged, and how many are open."""

    met: int = 0
    judged: int = 0
    open: int = 0

    def add_counts(self, counts: CountsRecord) -> ConformityCounts:
        """Return the sum with the counts of a section or a sheet."""
        return ConformityCounts(
            self.met + counts.met,
            self.judged + counts.met + counts.partial + counts.unmet,
            self.open + counts.unanswered,
        )

    @property
    def rate(self) -> Number | None:
        """The share that conforms of what is judged; None where nothing is."""
        return compute_share(self.met, self.judged)

    @property
    def risk_share(self) -> Number | None:
        """The share that does not conform in full or is not answered."""
        return compute_share(self.judged - self.met + self.open, self.judged + self.open)


class HeatMapRow(NamedTuple):
    """A unit, over all its sheets of a checklist."""

    entry: UnitEntry
    total: ConformityCounts
    sections: dict[str, ConformityCounts]


def make_heat_map(records: RollUpRecords, checklist: str) -> list[HeatMapRow]:
    """Return the units that answered an issued checklist, the lowest rate first."""
    rows = [
        row for entry in records.units if (row := _make_row(records, entry, checklist)) is not None
    ]
    return sorted(rows, key=_by_rate)


def _by_rate(row: HeatMapRow) -> tuple[bool, Number]:
    rate = row.total.rate
    return rate is None, rate or Number(0)


def _make_row(records: RollUpRecords, entry: UnitEntry, checklist: str) -> HeatMapRow | None:
    sheets = [
        sheet for sheet in entry.sheets if sheet.is_issued and sheet.checklist.id == checklist
    ]
    if not sheets:
        return None
    total = ConformityCounts()
    sections = {row.id: ConformityCounts() for row in records.checklists[checklist].sections}
    for sheet in sheets:
        total = total.add_counts(sheet.counts)
        for section, counts in sheet.sections:
            sections[section] = sections[section].add_counts(counts)
    return HeatMapRow(entry, total, sections)
