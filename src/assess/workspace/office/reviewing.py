"""Accepting what a unit handed in, or refusing what is held: the row, and the text to send back."""

from __future__ import annotations

from assess import locations
from assess.errors import UsageError
from assess.i18n import translator
from assess.model.receipt import Receipt
from assess.store.files import make_and_flush_missing_folders, write_atomic
from assess.workspace.office.office import Office
from assess.workspace.office.receipt_rows import write_receipt
from assess.workspace.office.returning import (
    CountedHandIn,
    OfficeAct,
    find_counted_hand_in,
    find_held_hand_in,
    make_act_row,
)
from assess.workspace.office.slips import format_slip_text, make_receipt_slip


def accept_hand_in(office: Office, act: OfficeAct) -> tuple[str, str]:
    """Write that what counts of a unit is accepted; return the row's number and the text.

    Raises:
        UnknownIdError: office.yaml has no such unit.
        UsageError: nothing of the unit counts, a file is held, or it was accepted before.
        FilesError: a file of the office can't be read.
        ChangedOnDiskError, LockedError, WriteError: a file can't be written.
    """
    counted = find_counted_hand_in(office, act)
    if counted.is_reviewed:
        _ = translator(office.lang)
        message = _("what {unit} handed in was accepted already").format(unit=act.unit_id)
        raise UsageError(message, f"assess rollup status {act.campaign_id}")
    number, receipt = make_act_row("reviewed", act, counted)
    return number, _write_act(office, act, counted, number, receipt)


def reject_held_file(office: Office, act: OfficeAct) -> tuple[str, str]:
    """Write that the newest held file of a unit is refused; return the row's number and the text.

    What counted before counts as it did; other held files stay held.

    Raises:
        UnknownIdError: office.yaml has no such unit.
        UsageError: nothing is held for it, or the campaign has as many receipts as a file may hold.
        FilesError: a file of the office can't be read.
        ChangedOnDiskError, LockedError, WriteError: a file can't be written.
    """
    held_file = find_held_hand_in(office, act)
    number, receipt = make_act_row("refused", act, held_file)
    return number, _write_act(office, act, held_file, number, receipt)


def _write_act(
    office: Office, act: OfficeAct, hand_in: CountedHandIn, number: str, receipt: Receipt
) -> str:
    """Write the row of an act and its text for the unit; return the text."""
    value = office.read_office_file()
    rows: dict[str, Receipt] = {**hand_in.file.value.receipts, number: receipt}
    campaign = value.campaigns[act.campaign_id]
    slip = format_slip_text(
        make_receipt_slip(number, rows, hand_in.unit, campaign, value.name, value.language),
        value.language,
    )
    path = office.root / locations.slip_path(act.campaign_id, number)
    make_and_flush_missing_folders(path.parent, office.lang)
    write_atomic(path, slip.encode(), office.lang)
    write_receipt(hand_in.file, number, receipt)
    return slip
