"""The places of sheets within a category (分类排名): units of two categories are not compared."""

from __future__ import annotations

from typing import NamedTuple

from assess.engine.rollup.earlier_places import EarlierPlace, EarlierPlaces, rank_values
from assess.engine.rollup.records import RollUpRecords, SheetEntry, UnitEntry
from assess.engine.rollup.score_figures import (
    ApartReason,
    find_reason_apart,
    find_reason_without_sheet,
)


class RankedSheet(NamedTuple):
    """A sheet with its place; without a place, why it stands apart."""

    checklist: str
    entry: UnitEntry
    sheet: SheetEntry | None
    place: int | None
    apart: ApartReason | None
    earlier: EarlierPlace = EarlierPlace()

    @property
    def change(self) -> int | None:
        """By how many places it rose; below 0 where it fell, None where nothing is alike."""
        if self.place is None or self.earlier.place is None or self.earlier.reason is not None:
            return None
        return self.earlier.place - self.place


def rank_sheets(records: RollUpRecords) -> list[RankedSheet]:
    """Return the sheets of each issued checklist by category, best first, those apart last.

    Equal scores, as they are printed, share a place, and the places after them are left out.
    """
    earlier = EarlierPlaces(records.before)
    ranked: list[RankedSheet] = []
    for checklist in records.checklists:
        for category in records.list_categories():
            units = [entry for entry in records.units if entry.unit.category == category]
            ranked += _rank_category(records, checklist, units)
    return [_add_earlier_place(row, earlier) for row in ranked]


def _add_earlier_place(row: RankedSheet, earlier: EarlierPlaces) -> RankedSheet:
    sheet = row.sheet.name if row.sheet is not None else row.checklist
    place = earlier.find_place(row.entry.id, row.entry.unit.category, sheet)
    return row._replace(earlier=place)


def _rank_category(
    records: RollUpRecords, checklist: str, units: list[UnitEntry]
) -> list[RankedSheet]:
    compared: list[RankedSheet] = []
    apart: list[RankedSheet] = []
    for entry in units:
        reason = find_reason_without_sheet(records, entry, checklist)
        if reason is not None:
            apart.append(RankedSheet(checklist, entry, None, None, reason))
        for sheet in entry.sheets:
            if sheet.checklist.id == checklist:
                reason = find_reason_apart(sheet)
                row = RankedSheet(checklist, entry, sheet, None, reason)
                (compared if reason is None else apart).append(row)
    scores = {
        number: row.sheet.score.value
        for number, row in enumerate(compared)
        if row.sheet is not None and row.sheet.score is not None
    }
    places = rank_values(scores)
    return [*(compared[number]._replace(place=place) for number, place in places.items()), *apart]
