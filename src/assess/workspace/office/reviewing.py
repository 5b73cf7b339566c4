"""Accepting what a unit handed in: the row, and the text that is sent to the unit."""

from __future__ import annotations

from assess import locations
from assess.errors import UsageError
from assess.i18n import translator
from assess.model.receipt import Receipt
from assess.store.files import make_and_flush_missing_folders, write_atomic
from assess.workspace.office.office import Office
from assess.workspace.office.receipt_rows import write_receipt
from assess.workspace.office.returning import OfficeAct, find_counted_hand_in, make_act_row
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
    value = office.read_office_file()
    rows: dict[str, Receipt] = {**counted.file.value.receipts, number: receipt}
    campaign = value.campaigns[act.campaign_id]
    slip = format_slip_text(
        make_receipt_slip(number, rows, counted.unit, campaign, value.name, value.language),
        value.language,
    )
    path = office.root / locations.slip_path(act.campaign_id, number)
    make_and_flush_missing_folders(path.parent, office.lang)
    write_atomic(path, slip.encode(), office.lang)
    write_receipt(counted.file, number, receipt)
    return number, slip
