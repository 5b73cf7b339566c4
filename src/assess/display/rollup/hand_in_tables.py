"""报送情况: how many units are in which state, and each unit."""

from __future__ import annotations

from datetime import date

from assess.display.rollup.checklist_remarks import list_lacking_sheets
from assess.display.rollup.table_building import (
    RollUpCell,
    RollUpSource,
    list_unit_cells,
    make_column,
    make_table,
    make_unit_columns,
)
from assess.engine.punctuation import enumeration_comma_sign
from assess.engine.rollup.hand_in_figures import CategoryCounts, count_hand_ins
from assess.engine.rollup.records import RecordFault, UnitEntry, compute_share
from assess.engine.unit_states import STATE_NAMES, UNIT_STATES
from assess.i18n import N_
from assess.model.office import UNSIGNED
from assess.model.rollup import RollUpTable

FAULT_NAMES: dict[RecordFault, str] = {
    "file-missing": N_("its file is not in the inbox here"),
    "file-changed": N_("its file has other bytes than the receipt names"),
    "file-unreadable": N_("its file has no data that can be read"),
}
"""Why nothing is known of what a unit handed in."""


def make_hand_in_tables(source: RollUpSource) -> tuple[RollUpTable, ...]:
    """Return the counts by category, and the units."""
    return (_make_counts_table(source), make_units_table(source))


def _make_counts_table(source: RollUpSource) -> RollUpTable:
    _ = source.translate
    columns = [
        make_column("category", _("Category")),
        make_column("units", _("Units"), "number"),
        make_column("expected", _("To hand in"), "number"),
        make_column("arrived", _("Arrived"), "number"),
        make_column("in_time", _("Of these in time"), "number"),
        make_column("late", _("Of these late"), "number"),
        make_column("arrived_share", _("Share handed in"), "percent"),
        make_column("unreadable", _("Not readable here"), "number"),
        *(
            make_column(
                f"state.{state}", _("State: {state}").format(state=_(STATE_NAMES[state])), "number"
            )
            for state in UNIT_STATES
        ),
    ]
    rows = (_list_cells_of_counts(source, row) for row in count_hand_ins(source.records))
    note = _(
        "To hand in: all units but those that need not and did not. In time or late is the first "
        "file. The state is that of now: who handed in late and then again is “handed in again”."
    )
    return make_table("hand_ins", _("Handing in"), note, columns, rows)


def _list_cells_of_counts(source: RollUpSource, row: CategoryCounts) -> tuple[RollUpCell, ...]:
    _ = source.translate
    name = _("all") if row.is_total else source.category_name(row.category)
    return (
        name,
        row.units,
        row.expected,
        row.arrived,
        row.in_time,
        row.late,
        compute_share(row.arrived, row.expected),
        row.unreadable,
        *row.states.values(),
    )


def make_units_table(source: RollUpSource) -> RollUpTable:
    """Return the table of the units: when each handed in, how much is answered, by whom signed."""
    _ = source.translate
    columns = [
        *make_unit_columns(source),
        make_column("state", _("State")),
        make_column("received", _("First came in on"), "date"),
        make_column("received_last", _("Last came in on"), "date"),
        make_column("days_late", _("Days late"), "number"),
        make_column("sheets", _("Sheets"), "number"),
        make_column("applicable", _("Apply"), "number"),
        make_column("unanswered", _("Open"), "number"),
        make_column("answered_share", _("Share answered"), "percent"),
        make_column("taken_over", _("Carried over"), "number"),
        make_column("versions", _("Versions of checklists")),
        make_column("signed_by", _("Certificate of the signature")),
        make_column("signed_scan", _("Scan of the stamped page")),
        make_column("receipt", _("Receipt")),
        make_column("remark", _("Remark")),
    ]
    rows = (_list_cells_of_unit(source, entry) for entry in source.records.units)
    note = _("Items that are not answered are named and never count as 0.")
    return make_table("units", _("Units"), note, columns, rows)


def _list_cells_of_unit(source: RollUpSource, entry: UnitEntry) -> tuple[RollUpCell, ...]:
    _, progress = source.translate, entry.progress
    counts = [sheet.counts for sheet in entry.sheets]
    applicable = sum(row.applicable for row in counts)
    unanswered = sum(row.unanswered for row in counts)
    is_late = progress.days_late and progress.state != "exempt"
    return (
        *list_unit_cells(source, entry),
        _(STATE_NAMES[progress.state]),
        progress.first_received,
        _find_last_day(entry),
        progress.days_late if is_late else None,
        len(counts) if entry.is_readable else None,
        applicable if entry.is_readable else None,
        unanswered if entry.is_readable else None,
        compute_share(applicable - unanswered, applicable),
        sum(sheet.taken_over for sheet in entry.sheets) if entry.is_readable else None,
        _versions_text(source, entry),
        _signer_text(source, entry),
        _scan_text(source, entry),
        entry.number,
        _remark_text(source, entry),
    )


def _find_last_day(entry: UnitEntry) -> date | None:
    """Return the day on which the file that counts came in; None where it is the first one."""
    if entry.receipt is None or entry.progress.replaced is None:
        return None
    return entry.receipt.received


def _versions_text(source: RollUpSource, entry: UnitEntry) -> str | None:
    versions = dict.fromkeys(
        f"{sheet.checklist.id} {sheet.checklist.version}".rstrip() for sheet in entry.sheets
    )
    return enumeration_comma_sign(source.lang).join(versions) or None


def _signer_text(source: RollUpSource, entry: UnitEntry) -> str | None:
    _ = source.translate
    if entry.receipt is None:
        return None
    signer = entry.receipt.signer
    if signer is None or signer == UNSIGNED:
        return _("identity not proved")
    return signer


def _scan_text(source: RollUpSource, entry: UnitEntry) -> str | None:
    """Return whether there is a scan of the stamped page, which proves nobody's identity."""
    _ = source.translate
    if entry.receipt is None or entry.receipt.contents is None:
        return None
    return _("included") if entry.receipt.contents.signed_scan else _("none")


def _remark_text(source: RollUpSource, entry: UnitEntry) -> str | None:
    _ = source.translate
    remarks = []
    if entry.fault is not None:
        remarks.append(_(FAULT_NAMES[entry.fault]))
    if any(not sheet.is_issued for sheet in entry.sheets):
        remarks.append(_("checklists differ"))
    remarks.extend(list_lacking_sheets(entry.receipt, source.lang))
    if entry.is_sanitised:
        remarks.append(_("without notes and persons"))
    if entry.unit.exempt is not None:
        remarks.append(entry.unit.exempt.reason)
    return enumeration_comma_sign(source.lang).join(remarks) or None
