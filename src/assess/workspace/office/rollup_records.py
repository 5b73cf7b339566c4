"""Reading what the units handed in, for a roll-up: a file that can't be read is a unit's entry."""

from __future__ import annotations

import gc
from collections.abc import Callable
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
from assess.workspace.office.status import CampaignStatus, compute_campaign_status
from assess.workspace.office.unit_reading import CheckHandIn, UnitReader


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
        UnknownIdError, UsageError, FilesError: as `read_campaign_status`; an issued checklist was
            changed or is missing; the figures of the preceding campaign can't be read.
    """
    with pause_garbage_collector(), open_record_store(office, report_notice) as store:
        value = read_stored_office_file(office, store)
        chosen, _campaign = choose_campaign_of_office(value, campaign_id, office.lang)
        receipts = read_stored_receipts(office, store, chosen).receipts
        status = compute_campaign_status(value, chosen, receipts, today)
        checklists = _read_issued_checklists(office, status, store)
        digests = {row.digest: checklists[row.id] for row in status.campaign.checklists}
        reader = UnitReader(office, digests, check, store)
        entries = []
        for done, key in enumerate(status.progress):
            report_progress(done, len(status.progress), status.units[key].name)
            entries.append(_read_unit_entry(status, key, reader))
        gc.freeze()  # the records live as long as the command does
    before, earlier = _read_earlier_scores(office, value, chosen)
    return RollUpRecords(
        office=value.name,
        campaign_id=chosen,
        campaign=status.campaign,
        today=today,
        units=tuple(entries),
        checklists=checklists,
        before=before,
        earlier=tuple(reversed(earlier)),
    )


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


def _read_unit_entry(status: CampaignStatus, unit_id: str, reader: UnitReader) -> UnitEntry:
    """Return the entry of a unit; where its file can't be read, with the reason."""
    progress = status.progress[unit_id]
    receipt = status.receipts.get(progress.current or "")
    entry = UnitEntry(unit_id, status.units[unit_id], progress, progress.current, receipt)
    return reader.add_hand_in(entry, receipt) if receipt is not None else entry
