"""Reading what the units handed in, for a roll-up: a file that can't be read is a unit's entry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
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
from assess.workspace.office.rollup_inputs import digest_rollup_inputs
from assess.workspace.office.status import CampaignStatus, read_campaign_status

CheckHandIn = Callable[[bytes], HandIn]
"""Reads a hand-in in the limited child, and returns what the program computes from its inputs."""

_COMPUTED_HERE = ("data-other-program", "report-alone")
"""The remarks on a file whose data another version made, or that has none: the figures that are
computed here count."""


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
        UnknownIdError, UsageError, FilesError: as `read_campaign_status`; an issued checklist was
            changed or is missing; the figures of the preceding campaign can't be read.
    """
    status = read_campaign_status(office, campaign_id, today)
    checklists = _read_issued_checklists(office, status)
    digests = {row.digest: checklists[row.id] for row in status.campaign.checklists}
    shared: SharedChecklists = {}
    entries = []
    for done, key in enumerate(status.progress):
        report_progress(done, len(status.progress), status.units[key].name)
        entries.append(_read_unit_entry(office, status, key, digests, shared, check))
    before, earlier = _read_earlier_scores(office, status.campaign_id)
    return RollUpRecords(
        office=office.read_office_file().name,
        campaign_id=status.campaign_id,
        campaign=status.campaign,
        today=today,
        units=tuple(entries),
        checklists=checklists,
        before=before,
        earlier=tuple(reversed(earlier)),
        inputs=digest_rollup_inputs(office, status.campaign_id),
    )


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


def _read_unit_entry(
    office: Office,
    status: CampaignStatus,
    unit_id: str,
    issued: Mapping[str, Checklist],
    shared: SharedChecklists,
    check: CheckHandIn,
) -> UnitEntry:
    """Return the entry of a unit; where its file can't be read, with the reason."""
    progress = status.progress[unit_id]
    receipt = status.receipts.get(progress.current or "")
    entry = UnitEntry(unit_id, status.units[unit_id], progress, progress.current, receipt)
    if receipt is None:
        return entry
    data = _read_inbox_file(office, receipt)
    if isinstance(data, str):
        return entry._replace(fault=data)
    try:
        record = decode_round_data(_find_data(data, receipt, check))
        return add_round_data(entry, record, issued, shared)
    except (ValueError, HandInRefusedError):
        return entry._replace(fault="file-unreadable")


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
    if any(remark.code in _COMPUTED_HERE for remark in receipt.reasons):
        outcome = check(data)
        if isinstance(outcome, AcceptedHandIn):
            return outcome.data
        raise ValueError(outcome.reason.code)
    return unpack_hand_in(data).get(DATA, b"")
