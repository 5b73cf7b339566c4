"""The places of sheets within a category (分类排名): units of two categories are not compared."""

from __future__ import annotations

from typing import NamedTuple

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


def rank_sheets(records: RollUpRecords) -> list[RankedSheet]:
    """Return the sheets of each issued checklist by category, best first, those apart last.

    Equal scores, as they are printed, share a place, and the places after them are left out.
    """
    ranked: list[RankedSheet] = []
    for checklist in records.checklists:
        for category in records.list_categories():
            units = [entry for entry in records.units if entry.unit.category == category]
            ranked += _rank_category(records, checklist, units)
    return ranked


def _rank_category(
    records: RollUpRecords, checklist: str, units: list[UnitEntry]
) -> list[RankedSheet]:
    compared, apart = [], []
    for entry in units:
        reason = find_reason_without_sheet(records, entry, checklist)
        if reason is not None:
            apart.append(RankedSheet(checklist, entry, None, None, reason))
        for sheet in entry.sheets:
            if sheet.checklist.id != checklist:
                continue
            reason = find_reason_apart(sheet)
            if reason is None and sheet.score is not None:
                compared.append((sheet.score.value, entry, sheet))
            else:
                apart.append(RankedSheet(checklist, entry, sheet, None, reason))
    compared.sort(key=lambda row: -row[0])
    places: dict[object, int] = {}
    for number, (value, _entry, _sheet) in enumerate(compared, 1):
        places.setdefault(value, number)
    return [
        *(
            RankedSheet(checklist, entry, sheet, places[value], None)
            for value, entry, sheet in compared
        ),
        *apart,
    ]
