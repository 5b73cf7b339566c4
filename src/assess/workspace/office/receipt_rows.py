"""The rows of receipts that the office adds: their numbers and times, and writing one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.receipt import MOST_RECEIPTS, Receipt, ReceiptsFile
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import FieldEdit

_DIGITS_OF_NUMBER: Final = 8


def find_free_number(receipts: Mapping[str, Receipt], digest: str, day: date) -> str:
    """Return a number that no receipt has: the day, and the first digits of the digest.

    Two officers who take in one file on one day give it one number.
    """
    digits = digest.removeprefix("sha256:")[:_DIGITS_OF_NUMBER]
    start, count = f"{day:%Y%m%d}-{digits}", 1
    number = start
    while number in receipts:
        count += 1
        number = f"{start}-{count}"
    return number


def choose_time_after_receipts(receipts: Iterable[Receipt], now: datetime) -> datetime:
    """Return the present time, or a second after the last of a unit's receipts.

    The acts of a unit count in the order of their times.
    """
    return max([now, *(receipt.at + timedelta(seconds=1) for receipt in receipts)])


def refuse_full_receipts(receipts: Mapping[str, Receipt], lang: Lang) -> None:
    """Refuse another row where a campaign has as many as a file may hold.

    Raises:
        UsageError: it has.
    """
    if len(receipts) >= MOST_RECEIPTS:
        _ = translator(lang)
        message = _("a campaign has at most {count} receipts").format(count=MOST_RECEIPTS)
        raise UsageError(message, "assess office campaign add ID …")


def write_receipt(file: OpenFile[ReceiptsFile], number: str, receipt: Receipt) -> None:
    """Write a row into the receipts of a campaign.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
    """
    file.save([FieldEdit(("receipts", number), receipt)])
