"""The units of an office: taken in from a list, and exempted from handing in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from assess.engine.lint.office import MOST_LEVELS, is_unit_above_itself
from assess.errors import UsageError
from assess.harmless import escape_control_characters
from assess.i18n import Lang, translator
from assess.model.office import (
    LONGEST_NAME,
    LONGEST_REASON,
    MOST_UNITS,
    ExpectedChecklist,
    OfficeFile,
    Unit,
)
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core.names import propose_unused_id, refuse_invalid_id
from assess.workspace.office.office import Office

UNIT_FIELDS: Final = ("id", "name", "category", "trade", "parent", "contact_role", "expects")
"""The columns of a list of units; `expects` holds ids of checklists."""

_WRITTEN: Final = UNIT_FIELDS[1:]
_TEXTS: Final = UNIT_FIELDS[1:-1]
_BETWEEN_IDS: Final = re.compile(r"[\s;；,，、]+")


class UnitRow(NamedTuple):
    """A row of a list: its number in the file, and its cells by field."""

    number: int
    cells: Mapping[str, str]


class UnitFault(NamedTuple):
    """What is wrong with a cell of a list, by the number of its row and its field."""

    row: int
    field: str
    message: str


class UnitImport(NamedTuple):
    """What a list of units comes to: nothing is written where there are faults."""

    added: Sequence[str]
    changed: Sequence[str]
    unchanged: Sequence[str]
    faults: Sequence[UnitFault] = ()


class _KnownUnits:
    """The units that are there already, and those of the rows that were read."""

    def __init__(self, office: OfficeFile, lang: Lang) -> None:
        self.units: dict[str, Unit] = dict(office.units)
        self.ids_by_name = {unit.name: key for key, unit in office.units.items()}
        self.rows_by_id: dict[str, UnitRow] = {}
        self.faults: list[UnitFault] = []
        self.refused_names: set[str] = set()
        """The names and ids of rows that were not added; a parent may be among them."""
        self.lang = lang

    def add_row(self, row: UnitRow, reserved: set[str]) -> None:
        """Add the unit of a row, or note what is wrong with it."""
        _ = translator(self.lang)
        name = row.cells["name"]
        self._note_long_cells(row)
        key = row.cells.get("id") or self.ids_by_name.get(name) or ""
        if not key:
            key = propose_unused_id(name, {*self.units, *reserved, "conflict"}) or "unit"
        try:
            refuse_invalid_id(key, self.lang)
        except UsageError as error:
            self.faults.append(UnitFault(row.number, "id", error.message))
            self.refused_names |= {key, name}
            return
        other = self.rows_by_id.get(key)
        if other is not None:
            message = _("the unit {unit} stands in row {row} already")
            words = message.format(unit=key, row=other.number)
            self.faults.append(UnitFault(row.number, "id" if "id" in row.cells else "name", words))
            self.refused_names.add(name)
            return
        self.rows_by_id[key] = row
        self.ids_by_name.setdefault(name, key)
        known = self.units.get(key, Unit(name="-"))
        fields = {field: row.cells.get(field) for field in _TEXTS if row.cells.get(field)}
        expects = self._read_expected_checklists(row, known)
        self.units[key] = _replace_fields(known, {"name": name, **fields, "expects": expects})

    def _read_expected_checklists(self, row: UnitRow, known: Unit) -> tuple[ExpectedChecklist, ...]:
        """Return the checklists of a row, or those that the unit has; note ids that can't be."""
        cell = row.cells.get("expects")
        if not cell:
            return known.expects
        rows_by_id = {expected.checklist: expected for expected in known.expects}
        ids = dict.fromkeys(filter(None, _BETWEEN_IDS.split(cell)))
        for key in ids:
            try:
                refuse_invalid_id(key, self.lang)
            except UsageError as error:
                self.faults.append(UnitFault(row.number, "expects", error.message))
        return tuple(rows_by_id.get(key) or ExpectedChecklist(checklist=key) for key in ids)

    def _note_long_cells(self, row: UnitRow) -> None:
        _ = translator(self.lang)
        message = _("longer than {count} characters").format(count=LONGEST_NAME)
        self.faults += [
            UnitFault(row.number, field, message)
            for field, cell in row.cells.items()
            if field != "expects" and len(cell) > LONGEST_NAME
        ]

    def resolve_parents(self) -> None:
        """Put ids in the place of names of parents, and note those that are no unit."""
        _ = translator(self.lang)
        for key, row in self.rows_by_id.items():
            wanted = row.cells.get("parent")
            if wanted is None:
                continue
            parent = wanted if wanted in self.units else self.ids_by_name.get(wanted)
            if parent is None and wanted not in self.refused_names:
                words = _("no unit has this id or name: {given}").format(given=wanted)
                self.faults.append(UnitFault(row.number, "parent", words))
            self.units[key] = _replace_fields(self.units[key], {"parent": parent})
        for key, row in self.rows_by_id.items():
            if is_unit_above_itself(self.units, key):
                words = _("the units above {unit} lead back to it, or are more than {count}")
                words = words.format(unit=key, count=MOST_LEVELS)
                self.faults.append(UnitFault(row.number, "parent", words))


def _replace_fields(unit: Unit, fields: Mapping[str, Any]) -> Unit:
    import msgspec  # noqa: PLC0415  # its loading time is not for commands that print help

    return msgspec.structs.replace(unit, **fields)


def import_units(office: Office, rows: Sequence[UnitRow]) -> UnitImport:
    """Write the units of a list into office.yaml: all of them, or none where one has a fault.

    A unit with the id, or without one with the name, of a row is changed; cells that are empty
    change nothing. A row without an id gets one made from the name.

    Raises:
        UsageError: there would be more units than an office may have.
        ChangedOnDiskError, LockedError, WriteError: office.yaml can't be written.
    """
    file = office.open_office_file()
    known = _read_rows(file.value, rows, office.lang)
    if len(known.units) > MOST_UNITS:
        _ = translator(office.lang)
        raise UsageError(_("an office has at most {count} units").format(count=MOST_UNITS))
    before = file.value.units
    changed = [key for key in known.rows_by_id if key in before and known.units[key] != before[key]]
    added = [key for key in known.rows_by_id if key not in before]
    same = [key for key in known.rows_by_id if key not in {*added, *changed}]
    if not known.faults:
        file.save([*_list_edits({key: known.units[key] for key in (*added, *changed)}, before)])
    faults = sorted(known.faults, key=lambda fault: fault.row)
    return UnitImport(added, changed, same, faults)


def _read_rows(office: OfficeFile, rows: Sequence[UnitRow], lang: Lang) -> _KnownUnits:
    known = _KnownUnits(office, lang)
    reserved = {row.cells["id"] for row in rows if "id" in row.cells}
    for row in rows:
        known.add_row(row, reserved)
    known.resolve_parents()
    return known


def find_unit_faults(office: Office, rows: Sequence[UnitRow]) -> list[UnitFault]:
    """Return the faults of rows beside which others can't be read; nothing is written.

    A parent may be one of these others: it has no fault here.
    """
    known = _read_rows(office.read_office_file(), rows, office.lang)
    return [fault for fault in known.faults if fault.field != "parent"]


def _list_edits(units: Mapping[str, Unit], before: Mapping[str, Unit]) -> Iterator[FieldEdit]:
    """Yield the edits that write units; of a unit that is there only the fields that differ."""
    for key, unit in units.items():
        fields = {field: _make_plain_value(getattr(unit, field)) for field in _WRITTEN}
        if key not in before:
            row = {field: value for field, value in fields.items() if value}
            yield FieldEdit(("units", key), row)
            continue
        for field, value in fields.items():
            if value != _make_plain_value(getattr(before[key], field)):
                yield FieldEdit(("units", key, field), value)


def _make_plain_value(value: Any) -> Any:
    """Return a value as YAML holds it."""
    import msgspec  # noqa: PLC0415  # its loading time is not for commands that print help

    if not isinstance(value, tuple):
        return value
    return [msgspec.to_builtins(part) for part in value]


def exempt_unit(office: Office, unit_id: str, reason: str) -> None:
    """Write that a unit need not hand in, and why.

    Raises:
        UnknownIdError: office.yaml has no such unit.
        UsageError: the reason is empty or too long.
        ChangedOnDiskError, LockedError, WriteError: office.yaml can't be written.
    """
    office.find_unit(unit_id)
    text = check_reason(reason, office.lang)
    office.edit_office_file([FieldEdit(("units", unit_id, "exempt"), {"reason": text})])


def check_reason(reason: str, lang: Lang) -> str:
    """Return the officer's reason as it is stored.

    Raises:
        UsageError: it is empty or too long.
    """
    text = escape_control_characters(reason).strip()
    if not text or len(text) > LONGEST_REASON:
        _ = translator(lang)
        message = _("a reason has 1 to {count} characters").format(count=LONGEST_REASON)
        raise UsageError(message, "--reason TEXT")
    return text


def select_units(office: OfficeFile, category: str | None) -> Iterable[tuple[str, Unit]]:
    """Return the units of a category, or all of them."""
    return [(key, unit) for key, unit in office.units.items() if category in (None, unit.category)]
