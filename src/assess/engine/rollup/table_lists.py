"""The tables that units filled in, one below the other (清单汇总)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from assess.engine.rollup.records import RollUpRecords, SheetEntry, UnitEntry
from assess.model.item import Table, select_tables


class ListedTable(NamedTuple):
    """A table of a sheet; `rows` None: it is not answered."""

    entry: UnitEntry
    sheet: SheetEntry
    rows: tuple[Mapping[str, Any], ...] | None


def list_table_items(records: RollUpRecords) -> list[tuple[str, Table]]:
    """Return the tables of the issued checklists, each with the id of its checklist."""
    return [
        (checklist, item)
        for checklist, content in records.checklists.items()
        for item in select_tables(content.items().values())
    ]


def list_unit_tables(records: RollUpRecords, checklist: str, item: str) -> Iterator[ListedTable]:
    """Yield what each sheet of an issued checklist has in a table.

    Sheets to which the table does not apply are left out.
    """
    place = list(records.checklists[checklist].items()).index(item)
    for entry in records.units:
        for sheet in entry.sheets:
            if not sheet.is_issued or sheet.checklist.id != checklist:
                continue
            if item in sheet.values:
                yield ListedTable(entry, sheet, tuple(sheet.values[item]))
            elif sheet.outcomes[place] is None:
                yield ListedTable(entry, sheet, None)
