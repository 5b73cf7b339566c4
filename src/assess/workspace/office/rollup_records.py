"""Reading what the units handed in, for a roll-up: a file that can't be read is a unit's entry."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

from assess.engine.rollup.records import CampaignScores, RollUpRecords, UnitEntry
from assess.engine.rollup.trend import MOST_CAMPAIGNS, summarise_scores
from assess.errors import FilesError
from assess.i18n import translator
from assess.model.checklist import Checklist
from assess.model.office import IssuedChecklist, OfficeFile
from assess.model.rollup_figures import RollUpFigures
from assess.problem import Problem
from assess.store.files import decode_utf8
from assess.store.pinned_digest import digest_with_prefix
from assess.store.yaml.reading.tree import pause_garbage_collector
from assess.workspace.core.library import decode_valid_checklist
from assess.workspace.office.campaigns import find_issued_checklist, issued_checklist_path
from assess.workspace.office.office import Office, choose_campaign_of_office
from assess.workspace.office.parsed_files import (
    read_stored_checklist,
    read_stored_office_file,
    read_stored_receipts,
)
from assess.workspace.office.record_store import RecordStore, open_record_store
from assess.workspace.office.rollup_files import read_figures_before
from assess.workspace.office.rollup_inputs import digest_rollup_inputs
from assess.workspace.office.status import CampaignStatus, compute_campaign_status
from assess.workspace.office.unit_reading import CheckHandIn, UnitReader


class CampaignReader:
    """Reads the units of a campaign one by one, for those who show each as soon as it is read.

    What was read before comes from the store. It may be used from several threads: one unit is
    read at a time.
    """

    def __init__(
        self,
        office: Office,
        campaign_id: str | None,
        today: date,
        check: CheckHandIn,
        store: RecordStore,
    ) -> None:
        """Read office.yaml, the receipts and the issued checklists, and no file of a unit.

        Raises:
            UnknownIdError, UsageError, FilesError: as `read_campaign_status`; an issued checklist
                was changed or is missing.
        """
        self._office = office
        self._office_file = read_stored_office_file(office, store)
        chosen, campaign = choose_campaign_of_office(self._office_file, campaign_id, office.lang)
        receipts = read_stored_receipts(office, store, chosen).receipts
        self.status = compute_campaign_status(self._office_file, chosen, receipts, today)
        self._checklists = _read_issued_checklists(office, self.status, store)
        issued = {row.digest: self._checklists[row.id] for row in campaign.checklists}
        self._reader = UnitReader(office, issued, check, store)
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
            return self._reader.add_hand_in(entry, entry.receipt)

    def make_records(self, entries: Iterable[UnitEntry]) -> RollUpRecords:
        """Return records of these entries, without the figures of earlier campaigns."""
        return RollUpRecords(
            office=self._office_file.name,
            campaign_id=self.status.campaign_id,
            campaign=self.status.campaign,
            today=self.status.today,
            units=tuple(entries),
            checklists=self._checklists,
        )

    def add_earlier_figures(self, records: RollUpRecords) -> RollUpRecords:
        """Return the records with the figures of the campaigns before, and digests of all files.

        Raises:
            FilesError: the figures of the preceding campaign can't be read.
        """
        before, earlier = _read_earlier_scores(
            self._office, self._office_file, self.status.campaign_id
        )
        inputs = digest_rollup_inputs(
            self._office, self._office_file.campaigns, self.status.campaign_id
        )
        return records._replace(before=before, earlier=tuple(reversed(earlier)), inputs=inputs)


def read_rollup_records(
    office: Office,
    campaign_id: str | None,
    today: date,
    check: CheckHandIn,
    report_progress: Callable[[int, int, str], None],
    report_notice: Callable[[str], None],
) -> RollUpRecords:
    """Return the records of all units of a campaign; without an id of the last one announced.

    What was read before comes from the store. `report_progress` is called with the units that are
    done, all units, and the next one's name; `report_notice` where the store can't be used.

    Raises:
        UnknownIdError, UsageError, FilesError: as `CampaignReader`; the figures of the preceding
            campaign can't be read.
    """
    with pause_garbage_collector(), open_record_store(office, report_notice) as store:
        reader = CampaignReader(office, campaign_id, today, check, store)
        status = reader.status
        entries = []
        for done, key in enumerate(status.progress):
            report_progress(done, len(status.progress), status.units[key].name)
            entries.append(reader.read_unit(key))
        gc.freeze()  # the records live as long as the command does
    return reader.add_earlier_figures(reader.make_records(entries))


def _read_earlier_scores(
    office: Office, value: OfficeFile, campaign_id: str
) -> tuple[RollUpFigures | None, list[CampaignScores]]:
    """Return the figures of the preceding campaign, and the scores of those before, last first.

    One file at a time is in memory: that of ten thousand units is large.
    """
    before, earlier = None, []
    figures_before = read_figures_before(office, value.campaigns, campaign_id)
    for figures in islice(figures_before, MOST_CAMPAIGNS - 1):
        before = before or figures
        earlier.append(summarise_scores(figures))
    return before, earlier


def _read_issued_checklists(
    office: Office, status: CampaignStatus, store: RecordStore
) -> dict[str, Checklist]:
    """Return the issued checklists by id.

    Raises:
        FilesError: a file is missing, or has other bytes than were issued.
    """
    return {
        row.id: _read_issued_checklist(office, row, store) for row in status.campaign.checklists
    }


def _read_issued_checklist(office: Office, row: IssuedChecklist, store: RecordStore) -> Checklist:
    path = issued_checklist_path(row)
    data = find_issued_checklist(office, row)
    if data is None or digest_with_prefix(data) != row.digest:
        _ = translator(office.lang)
        message = _("the file of the issued checklist {name} is missing or was changed")
        hint = _("put the file back that was issued (git checkout), or issue it again")
        problem = Problem(path, "issued-checklist-changed", message.format(name=row.id), hint)
        raise FilesError(_("{file} can't be used").format(file=path), [problem])
    text = decode_utf8(data, office.lang, path)
    return read_stored_checklist(
        store, path, data, lambda: decode_valid_checklist(text, path, office.lang)
    )
