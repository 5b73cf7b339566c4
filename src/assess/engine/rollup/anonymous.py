"""Records of a roll-up without names: labels by category, no persons, no words of units."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from assess.engine.rollup.records import (
    LEAST_UNITS,
    FindingEntry,
    RollUpRecords,
    SheetEntry,
    UnitEntry,
)
from assess.engine.unit_states import UnitProgress
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.office import Unit
from assess.model.rollup_figures import RollUpFigures, SheetFigures, UnitFigures
from assess.model.round_data import MeasureRecord, SystemRecord

_Labels = Mapping[str, Unit]
"""By the id of a unit what stands in its place."""

_SystemNumbers = Mapping[str, int]
"""By the id of a system of a unit its number."""


def make_anonymous_records(records: RollUpRecords, lang: Lang) -> RollUpRecords:
    """Return the records with labels in place of names, in an order that does not tell units.

    Receipts, digests, days of receipt, measures in words and findings of others in words are taken
    out. The figures stay as they are. The same records give the same labels.
    """
    entries = sorted(records.units, key=lambda entry: _hash_for_order(records, entry))
    order = records.list_categories()
    entries.sort(key=lambda entry: order.index(entry.unit.category))
    labels = _make_labels(entries, lang)
    numbers = {entry.id: _number_systems(entry) for entry in entries}
    return records._replace(
        units=tuple(
            _hide_unit(records, entry, labels[entry.id], numbers[entry.id], lang)
            for entry in entries
        ),
        before=_hide_figures(records.before, labels, numbers) if records.before else None,
        is_anonymous=True,
    )


def list_small_categories(records: RollUpRecords) -> list[str | None]:
    """Return the categories with so few units that these may be guessed in spite of labels."""
    categories = [entry.unit.category for entry in records.units]
    return [key for key in records.list_categories() if categories.count(key) < LEAST_UNITS]


def _hash_for_order(records: RollUpRecords, entry: UnitEntry) -> str:
    """Return what orders the units; who has not all receipts can't work it out again."""
    receipts = [row.receipt for row in records.units if row.receipt is not None]
    digests = [receipt.file.digest for receipt in receipts if receipt.file is not None]
    return hashlib.sha256("\n".join((*sorted(digests), entry.id)).encode()).hexdigest()


def _make_labels(entries: list[UnitEntry], lang: Lang) -> _Labels:
    """Return by the id of each unit its label, such as 部门 03, and nothing else of it."""
    _ = translator(lang)
    members: dict[str | None, list[UnitEntry]] = defaultdict(list)
    for entry in entries:
        members[entry.unit.category].append(entry)
    return {
        entry.id: Unit(
            name=f"{category or _('unit')} {number:0{len(str(len(rows)))}}",
            category=category,
            expects=entry.unit.expects,
        )
        for category, rows in members.items()
        for number, entry in enumerate(rows, 1)
    }


def _hide_unit(
    records: RollUpRecords, entry: UnitEntry, label: Unit, numbers: _SystemNumbers, lang: Lang
) -> UnitEntry:
    _ = translator(lang)
    systems = {
        key: SystemRecord(id=f"s{number}", name=_("system {number}").format(number=number))
        for key, number in numbers.items()
    }
    grades = {row.id: row.grade for row in entry.systems}
    progress = entry.progress
    return UnitEntry(
        id=label.name,
        unit=label,
        progress=UnitProgress(
            state=progress.state,
            current="-" if progress.current is not None else None,
            days_late=progress.days_late,
        ),
        fault=entry.fault,
        dated=entry.dated,
        is_sanitised=entry.is_sanitised,
        systems=tuple(
            msgspec.structs.replace(systems[row.id], grade=grades[row.id]) for row in entry.systems
        ),
        sheets=tuple(_hide_sheet(records, sheet, systems) for sheet in entry.sheets),
        outside=tuple(
            _hide_finding(row, None)._replace(
                system=systems[row.system].id if row.system in systems else None
            )
            for row in entry.outside
        ),
    )


def _number_systems(entry: UnitEntry) -> dict[str, int]:
    """Return a number for each system of a unit, those that only its sheets name included."""
    names = [row.id for row in entry.systems]
    names += [sheet.system.id for sheet in entry.sheets if sheet.system is not None]
    return {key: number for number, key in enumerate(dict.fromkeys(names), 1)}


def _hide_sheet(
    records: RollUpRecords, sheet: SheetEntry, systems: Mapping[str, SystemRecord]
) -> SheetEntry:
    """Return a sheet; what a unit may have named in a checklist of its own is taken out."""
    checklist = records.checklists.get(sheet.checklist.id)
    record = sheet.checklist
    if not sheet.is_issued:
        name = record.id if checklist is not None else "-"
        record = msgspec.structs.replace(record, id=name, pinned_as=name, version="", digest="")
    system = systems[sheet.system.id] if sheet.system is not None else None
    return sheet._replace(
        name=f"{record.id}@{system.id}" if system is not None else record.id,
        checklist=record,
        system=system,
        findings=tuple(_hide_finding(row, checklist) for row in sheet.findings),
    )


def _hide_finding(finding: FindingEntry, checklist: Checklist | None) -> FindingEntry:
    """Return a problem with its item, where the checklist has it, its days and its state."""
    item = checklist.items().get(finding.item) if checklist is not None else None
    measure = finding.measure
    return finding._replace(
        item=finding.item if item is not None else "",
        high_risk_case=finding.high_risk_case if item is not None else None,
        text=None,
        system=None,
        measure=MeasureRecord(
            state=measure.state,
            due=measure.due,
            first_due=measure.first_due,
            done_on=measure.done_on,
            verified_on=measure.verified_on,
            days_late=measure.days_late,
        )
        if measure is not None
        else None,
    )


def _hide_figures(
    before: RollUpFigures, labels: _Labels, numbers: Mapping[str, _SystemNumbers]
) -> RollUpFigures:
    """Return the figures of the preceding campaign by the same labels; units gone get their own."""
    checklists = {row.digest: row.id for row in before.checklists}
    gone = [key for key in before.units if key not in labels]
    gone.sort(key=lambda key: hashlib.sha256(f"{before.units[key].file} {key}".encode()).digest())
    names = {key: label.name for key, label in labels.items()}
    names |= {key: f"gone-{number}" for number, key in enumerate(gone, 1)}
    units = {
        names[key]: UnitFigures(
            receipt=None,
            file=None,
            category=unit.category,
            sheets=tuple(
                _hide_sheet_figures(sheet, checklists, numbers.get(key, {}))
                for sheet in unit.sheets
            ),
        )
        for key, unit in before.units.items()
    }
    return msgspec.structs.replace(before, units=units)


def _hide_sheet_figures(
    sheet: SheetFigures, checklists: Mapping[str, str], numbers: _SystemNumbers
) -> SheetFigures:
    """Return the figures of a sheet under the name that the sheet has among the records."""
    system = sheet.sheet.partition("@")[2]
    name = checklists.get(sheet.checklist, "-")
    if system:
        name += f"@s{numbers[system]}" if system in numbers else "@gone"
    return msgspec.structs.replace(sheet, sheet=name)
