"""Reading what the units handed in, for a roll-up: a file that can't be read is a unit's entry."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

from assess.engine.rollup.records import (
    CampaignScores,
    RecordFault,
    RollUpRecords,
    UnitEntry,
)
from assess.engine.rollup.trend import MOST_CAMPAIGNS, summarise_scores
from assess.engine.rollup.unit_entries import SharedChecklists, add_round_data
from assess.engine.round_data_json import decode_round_data
from assess.errors import FilesError
from assess.file_bytes import read_start_of_regular_file
from assess.i18n import translator
from assess.model.checklist import Checklist
from assess.model.hand_in import DATA
from assess.model.receipt import Receipt
from assess.model.rollup_figures import RollUpFigures
from assess.problem import Problem
from assess.store.files import decode_utf8
from assess.store.pinned_digest import digest_with_prefix
from assess.workspace.core.library import decode_valid_checklist
from assess.workspace.hand_in.archive import MOST_OF_A_HAND_IN, unpack_hand_in
from assess.workspace.hand_in.outcome import AcceptedHandIn, HandIn, HandInRefusedError
from assess.workspace.office.campaigns import find_issued_checklist, issued_checklist_path
from assess.workspace.office.inbox import inbox_path
from assess.workspace.office.office import Office
from assess.workspace.office.rollup_files import read_figures_before
from assess.workspace.office.status import CampaignStatus, read_campaign_status

CheckHandIn = Callable[[bytes], HandIn]
"""Reads a hand-in in the limited child, and returns what the program computes from its inputs."""

_COMPUTED_BY_OTHERS = "data-other-program"
"""The remark on a file whose data another version made: the figures computed here count."""


class UnitReader:
    """Reads the units of a campaign one by one, for those who show each as soon as it is read.

    It may be used from several threads: one unit is read at a time.
    """

    def __init__(
        self, office: Office, campaign_id: str | None, today: date, check: CheckHandIn
    ) -> None:
        """Read office.yaml, the receipts and the issued checklists, and no file of a unit.

        Raises:
            UnknownIdError, UsageError, FilesError: as `read_campaign_status`; an issued checklist
                was changed or is missing.
        """
        self.status = read_campaign_status(office, campaign_id, today)
        self._office = office
        self._check = check
        self._checklists = _read_issued_checklists(office, self.status)
        self._digests = {
            row.digest: self._checklists[row.id] for row in self.status.campaign.checklists
        }
        self._shared: SharedChecklists = {}
        self._turn = threading.Lock()

    def make_unread_entry(self, unit_id: str) -> UnitEntry:
        """Return what is known of a unit without its file."""
        status = self.status
        progress = status.progress[unit_id]
        receipt = status.receipts.get(progress.current or "")
        return UnitEntry(unit_id, status.units[unit_id], progress, progress.current, receipt)

    def read_unit(self, unit_id: str) -> UnitEntry:
        """Return the entry of a unit; where its file can't be read, with the reason."""
        entry = self.make_unread_entry(unit_id)
        if entry.receipt is None:
            return entry
        with self._turn:
            data = _read_inbox_file(self._office, entry.receipt)
            if isinstance(data, str):
                return entry._replace(fault=data)
            try:
                record = decode_round_data(_find_data(data, entry.receipt, self._check))
                return add_round_data(entry, record, self._digests, self._shared)
            except (ValueError, HandInRefusedError):
                return entry._replace(fault="file-unreadable")

    def make_records(self, entries: Iterable[UnitEntry]) -> RollUpRecords:
        """Return records of these entries, without the figures of earlier campaigns."""
        return RollUpRecords(
            office=self._office.read_office_file().name,
            campaign_id=self.status.campaign_id,
            campaign=self.status.campaign,
            today=self.status.today,
            units=tuple(entries),
            checklists=self._checklists,
        )

    def add_earlier_figures(self, records: RollUpRecords) -> RollUpRecords:
        """Return the records with the figures of the campaigns before.

        Raises:
            FilesError: the figures of the preceding campaign can't be read.
        """
        before, earlier = _read_earlier_scores(self._office, self.status.campaign_id)
        return records._replace(before=before, earlier=tuple(reversed(earlier)))


def read_rollup_records(
    office: Office,
    campaign_id: str | None,
    today: date,
    check: CheckHandIn,
    report_progress: Callable[[int, int, str], None],
) -> RollUpRecords:
    """Return the records of all units of a campaign; without an id of the last one announced.

    `report_progress` is called with the units that are done, all units, and the next one's name.

    Raises:
        UnknownIdError, UsageError, FilesError: as `UnitReader`; the figures of the preceding
            campaign can't be read.
    """
    reader = UnitReader(office, campaign_id, today, check)
    status = reader.status
    entries = []
    for done, key in enumerate(status.progress):
        report_progress(done, len(status.progress), status.units[key].name)
        entries.append(reader.read_unit(key))
    return reader.add_earlier_figures(reader.make_records(entries))


def _read_earlier_scores(
    office: Office, campaign_id: str
) -> tuple[RollUpFigures | None, list[CampaignScores]]:
    """Return the figures of the preceding campaign, and the scores of those before, last first.

    One file at a time is in memory: that of ten thousand units is large.
    """
    before, earlier = None, []
    for figures in islice(read_figures_before(office, campaign_id), MOST_CAMPAIGNS - 1):
        before = before or figures
        earlier.append(summarise_scores(figures))
    return before, earlier


def _read_issued_checklists(office: Office, status: CampaignStatus) -> dict[str, Checklist]:
    """Return the issued checklists by id.

    Raises:
        FilesError: a file is missing, or has other bytes than were issued.
    """
    checklists = {}
    _ = translator(office.lang)
    for row in status.campaign.checklists:
        path = issued_checklist_path(row)
        data = find_issued_checklist(office, row)
        if data is None or digest_with_prefix(data) != row.digest:
            message = _("the file of the issued checklist {name} is missing or was changed")
            hint = _("put the file back that was issued (git checkout), or issue it again")
            problem = Problem(path, "issued-checklist-changed", message.format(name=row.id), hint)
            raise FilesError(_("{file} can't be used").format(file=path), [problem])
        text = decode_utf8(data, office.lang, path)
        checklists[row.id] = decode_valid_checklist(text, path, office.lang)
    return checklists


def _read_inbox_file(office: Office, receipt: Receipt) -> bytes | RecordFault:
    """Return the bytes that a receipt names, or why they can't be had."""
    if receipt.file is None:
        return "file-missing"
    path = office.root / inbox_path(receipt.file.digest)
    try:
        data = read_start_of_regular_file(path, MOST_OF_A_HAND_IN + 1, 0)
    except (FileNotFoundError, NotADirectoryError):
        return "file-missing"
    except OSError:
        return "file-unreadable"
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    return data if digest == receipt.file.digest else "file-changed"


def _find_data(data: bytes, receipt: Receipt, check: CheckHandIn) -> bytes:
    """Return the data of a hand-in that was checked when it was taken in.

    Raises:
        ValueError, HandInRefusedError: it has none.
    """
    if any(remark.code == _COMPUTED_BY_OTHERS for remark in receipt.reasons):
        outcome = check(data)
        if isinstance(outcome, AcceptedHandIn):
            return outcome.data
        raise ValueError(outcome.reason.code)
    return unpack_hand_in(data).get(DATA, b"")
