"""The entry of a unit, from the data of its round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Final

from assess.china_time import find_day_in_china
from assess.engine.rollup.records import FindingEntry, ItemOutcome, SheetEntry, UnitEntry
from assess.model.checklist import Checklist
from assess.model.item import Kind, RiskLevel
from assess.model.round_data import (
    ChecklistRecord,
    ItemDefinition,
    ItemRecord,
    OutsideRecord,
    RoundData,
    SheetRecord,
    SystemRecord,
)

STATISTIC_KINDS: Final[frozenset[Kind]] = frozenset(
    ("number", "ratio", "choice", "choices", "ladder", "table")
)
"""The kinds of items whose values are counted or summed up."""


SharedChecklists = MutableMapping[tuple[str, str], ChecklistRecord]
"""The checklists of the units so far, by name and digest: thousands of units have the same."""


def add_round_data(
    entry: UnitEntry,
    data: RoundData,
    issued: Mapping[str, Checklist],
    shared: SharedChecklists,
) -> UnitEntry:
    """Return the entry of a unit with what it handed in; `issued` are checklists by digest.

    Raises:
        ValueError: a sheet does not fit its checklist.
    """
    checklists = {row.pinned_as: _share_checklist(row, shared) for row in data.checklists}
    systems = {row.id: row for row in data.systems}
    sheets = tuple(_make_sheet_entry(row, checklists, systems, issued) for row in data.sheets)
    return entry._replace(
        dated=data.date,
        commit=data.commit,
        program=data.program,
        is_sanitised=data.sanitised,
        systems=data.systems,
        sheets=sheets,
        outside=tuple(map(_make_outside_entry, data.outside)),
    )


def _share_checklist(row: ChecklistRecord, shared: SharedChecklists) -> ChecklistRecord:
    """Return the equal record of an earlier unit, where there is one, so that memory holds one."""
    known = shared.setdefault((row.pinned_as, row.digest), row)
    return known if known == row else row


def _make_sheet_entry(
    sheet: SheetRecord,
    checklists: Mapping[str, ChecklistRecord],
    systems: Mapping[str, SystemRecord],
    issued: Mapping[str, Checklist],
) -> SheetEntry:
    checklist = checklists.get(sheet.checklist)
    if checklist is None:
        raise ValueError(sheet.checklist)
    pairs = list(_pair_items(checklist, sheet))
    if checklist.digest in issued:
        _refuse_other_sections(sheet, issued[checklist.digest])
    return SheetEntry(
        name=sheet.name,
        checklist=checklist,
        is_issued=checklist.digest in issued,
        system=_find_system(sheet.system, systems),
        counts=sheet.counts,
        score=sheet.score,
        verdict=sheet.verdict,
        findings=tuple(
            _make_finding_entry(item, item.risk) for _row, item in pairs if item.risk is not None
        ),
        overdue=sheet.overdue,
        taken_over=sheet.taken_over,
        sections=tuple((section.id, section.counts) for section in sheet.sections),
        outcomes=tuple(_decide_outcome(item) for _row, item in pairs),
        values=_select_values(pairs),
    )


def _refuse_other_sections(sheet: SheetRecord, issued: Checklist) -> None:
    """Refuse a sheet that names an issued checklist and has other sections or items.

    Raises:
        ValueError: it has.
    """
    expected = [(row.id, [item.id for item in row.items]) for row in issued.sections]
    if [(row.id, [item.id for item in row.items]) for row in sheet.sections] != expected:
        raise ValueError(sheet.name)


def _find_system(system_id: str | None, systems: Mapping[str, SystemRecord]) -> SystemRecord | None:
    """Return a system; one that assess.yaml has no longer is known by its id alone."""
    if system_id is None:
        return None
    return systems.get(system_id) or SystemRecord(id=system_id, name=system_id)


def _pair_items(
    checklist: ChecklistRecord, sheet: SheetRecord
) -> Iterator[tuple[ItemDefinition, ItemRecord]]:
    """Yield each item with its definition.

    Raises:
        ValueError: the sheet has other items than its checklist.
    """
    definitions = [item for section in checklist.sections for item in section.items]
    items = [item for section in sheet.sections for item in section.items]
    for definition, item in zip(definitions, items, strict=True):
        if definition.id != item.id:
            raise ValueError(item.id)
        yield definition, item


def _decide_outcome(item: ItemRecord) -> ItemOutcome:
    return "left_out" if item.applies == "no" else item.result


def _select_values(pairs: list[tuple[ItemDefinition, ItemRecord]]) -> dict[str, Any]:
    return {
        item.id: item.value
        for definition, item in pairs
        if definition.kind in STATISTIC_KINDS and item.value is not None and item.applies != "no"
    }


def _make_finding_entry(item: ItemRecord, risk: RiskLevel) -> FindingEntry:
    return FindingEntry(
        item=item.id,
        risk=risk,
        high_risk_case=item.high_risk_case,
        since=find_day_in_china(item.at) if item.at is not None else None,
        measure=item.measure,
        days_late=item.measure.days_late if item.measure is not None else 0,
        result=item.result,
    )


def _make_outside_entry(row: OutsideRecord) -> FindingEntry:
    return FindingEntry(
        item=row.id,
        risk=row.risk,
        high_risk_case=None,
        since=row.dated,
        measure=row.measure,
        days_late=row.days_late,
        source=row.source,
        text=row.text,
        system=row.system,
        is_closed=row.closed_on is not None,
    )
