"""Units that are to be reminded: nothing counts of them, or what was sent back is late."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from assess import locations
from assess.errors import UsageError
from assess.i18n import translator
from assess.workspace.office.letter_files import write_letter_to_folder
from assess.workspace.office.office import Office
from assess.workspace.office.status import CampaignStatus


class PendingReturn(NamedTuple):
    """A return that waits for the unit."""

    number: str
    day: date
    items: tuple[str, ...]
    """The items that are to be put right, each as CHECKLIST/ITEM or CHECKLIST/ITEM@SYSTEM."""


class Reminder(NamedTuple):
    """Why a unit is reminded."""

    unit_id: str
    unit_name: str
    due: date | None
    """The day by which it was to hand in; None where what was sent back has no day."""
    days_late: int
    returned: PendingReturn | None
    """What was sent back, and did not come in again."""
    refused: str | None
    """The receipt of the file that was refused, where nothing was taken after it."""


def list_reminders(
    office: Office, status: CampaignStatus, wanted: Collection[str]
) -> list[Reminder]:
    """Return the reminders of a campaign in the order of office.yaml; only those of `wanted` units.

    A unit is reminded from the announcement on while nothing counts of it, and where what was sent
    back is late, or has no day. One whose file is held, or who need not hand in, is not.

    Raises:
        UnknownIdError: office.yaml has no such unit.
        UsageError: such a unit does not hand in for the campaign.
    """
    _ = translator(office.lang)
    for unit_id in wanted:
        office.find_unit(unit_id)
        if unit_id not in status.progress:
            message = _("{unit} does not hand in for {campaign}")
            raise UsageError(message.format(unit=unit_id, campaign=status.campaign_id))
    reminders = (_make_reminder(status, unit_id) for unit_id in status.progress)
    return [row for row in reminders if row is not None and (not wanted or row.unit_id in wanted)]


def _make_reminder(status: CampaignStatus, unit_id: str) -> Reminder | None:
    progress, name = status.progress[unit_id], status.units[unit_id].name
    if progress.state == "missing":
        due = status.campaign.due
        return Reminder(unit_id, name, due, progress.days_late, None, progress.refused)
    number = progress.returned or ""
    act = status.receipts.get(number)
    if progress.state != "returned" or act is None:
        return None
    days = (status.today - act.due).days if act.due is not None else 0
    if act.due is not None and days <= 0:
        return None
    returned = PendingReturn(number, act.received, act.items)
    return Reminder(unit_id, name, act.due, days, returned, None)


def write_reminder(
    office: Office, status: CampaignStatus, reminder: Reminder, files: Mapping[str, bytes]
) -> list[str]:
    """Write the files of a reminder, by suffix, and return their paths in the office's folder.

    Raises:
        WriteError: a file can't be written.
    """
    return write_letter_to_folder(
        office,
        lambda suffix: locations.reminder_path(
            status.campaign_id, reminder.unit_id, f"{status.today}", suffix
        ),
        files,
    )
