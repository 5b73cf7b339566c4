"""Removing the files of a campaign from the inbox, once it is filed; the receipts stay.

The store of records is removed whole: what it has of other campaigns is made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations
from assess.store.files import make_write_error
from assess.store.sealed_rows import remove_rows
from assess.workspace.office.inbox import inbox_path
from assess.workspace.office.office import Office
from assess.workspace.office.record_store import record_store_path

_WITHOUT_PROBLEMS: Final = frozenset({locations.FIGURES, "reminders", "rollup-receipts"})
"""What a campaign's folder of made files has that names no problem of a unit."""


class InboxFile(NamedTuple):
    """A file of the inbox that goes: its digest, the name it came by, its unit and its size."""

    digest: str
    name: str
    unit: str | None
    size: int


class PurgePlan(NamedTuple):
    """What purging a campaign removes, and what it leaves."""

    campaign_id: str
    files: tuple[InboxFile, ...]
    shared: int
    """Files that the receipts of another campaign name, too; they stay."""
    absent: int
    """Files of the receipts that are not in the inbox of this machine."""


def plan_purge(office: Office, campaign_id: str) -> PurgePlan:
    """Return what purging a campaign removes; nothing is removed.

    Only files that its receipts name go. What lies in the inbox beside them stays.

    Raises:
        FilesError: receipts can't be read.
    """
    others = {
        digest
        for key in office.read_office_file().campaigns
        if key != campaign_id
        for digest in _map_files_of_campaign(office, key)
    }
    shared = absent = 0
    files = []
    for digest, (name, unit) in _map_files_of_campaign(office, campaign_id).items():
        path = office.root / inbox_path(digest)
        if path.is_symlink() or not path.is_file():
            absent += 1
        elif digest in others:
            shared += 1
        else:
            files.append(InboxFile(digest, name, unit, path.stat().st_size))
    return PurgePlan(campaign_id, tuple(files), shared, absent)


def _map_files_of_campaign(office: Office, campaign_id: str) -> dict[str, tuple[str, str | None]]:
    """Return name and unit of each file that the receipts of a campaign name, by its digest."""
    if not (office.root / locations.receipts_path(campaign_id)).exists():
        return {}
    receipts = office.open_receipts(campaign_id).value.receipts
    return {
        receipt.file.digest: (receipt.file.name, receipt.unit)
        for receipt in receipts.values()
        if receipt.file is not None
    }


def count_files_with_problems(office: Office, campaign_id: str) -> Mapping[str, int]:
    """Return how many files were made of the problems of units, by file or folder of the office.

    They are the tables, letters and returns of the campaign; a purge leaves them.
    """
    folder = office.root / locations.ROLLUPS / campaign_id
    if folder.is_symlink() or not folder.is_dir():
        return {}
    children = sorted(path for path in folder.iterdir() if path.name not in _WITHOUT_PROBLEMS)
    counts = {path.relative_to(office.root).as_posix(): _count_files(path) for path in children}
    return {path: count for path, count in counts.items() if count}


def _count_files(path: Path) -> int:
    if path.is_symlink() or not path.is_dir():
        return 1
    return sum(child.is_symlink() or not child.is_dir() for child in path.rglob("*"))


def remove_purged_files(office: Office, plan: PurgePlan) -> int:
    """Remove the files and the store, and return how many files were there.

    After an interruption it goes on.

    Raises:
        WriteError: a file can't be removed; those before it are gone.
    """
    _remove_record_store(office)
    removed = 0
    for file in plan.files:
        path = office.root / inbox_path(file.digest)
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise make_write_error(error, path, office.lang) from error
        removed += 1
    return removed


def _remove_record_store(office: Office) -> None:
    """Remove what was read of all files that came in.

    Raises:
        WriteError: it can't be removed.
    """
    path = record_store_path(office)
    try:
        remove_rows(path)
    except OSError as error:
        raise make_write_error(error, path, office.lang) from error
