"""Making the district: the office's folder, with what its units handed in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, time
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple

from assess.china_time import CHINA
from assess.errors import UsageError
from assess.i18n import N_, Lang, translator
from assess.store.files import create_file_unless_exists, make_and_flush_missing_folders
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.hand_in.outcome import HandIn
from assess.workspace.hand_in.read import read_hand_in
from assess.workspace.office.campaigns import CampaignPlan, add_campaign
from assess.workspace.office.commit_office import commit_office_files_as
from assess.workspace.office.demo_district.data import (
    CHECKLIST_IDS,
    District,
    find_checklist_path,
    read_district,
)
from assess.workspace.office.demo_district.schedule import Delivery, list_deliveries
from assess.workspace.office.demo_district.unit_hand_in import (
    UnitAct,
    make_git_environ,
    make_unit_hand_in,
)
from assess.workspace.office.make_office import make_and_commit_office
from assess.workspace.office.office import Office
from assess.workspace.office.taking import HandInTaker, TakingOptions
from assess.workspace.office.units import UnitRow, exempt_unit, import_units

OFFICE_FOLDER: Final = "office"
FILES_FOLDER: Final = "handed-in"
_COMPLETE: Final = ".district"
"""The file that is written last: the district was made to its end."""
_MOST_WORKERS: Final = 4
_MEMORY: Final = Path("/dev/shm")  # noqa: S108  # TemporaryDirectory makes a private folder in it
"""A file system in memory: each save of a workspace waits for a disk, and these are thrown away."""

ReportProgress = Callable[[int, int], None]
"""Is told how many files of how many are made and taken in."""


class _ArrivedFile(NamedTuple):
    delivery: Delivery
    path: Path


def is_district_complete(folder: Path) -> bool:
    """Return whether the folder holds a district that was made to its end."""
    return (folder / _COMPLETE).is_file()


def make_demo_district(
    folder: Path,
    lang: Lang,
    report_progress: ReportProgress,
    *,
    unit_ids: Collection[str] | None = None,
    campaign_ids: Collection[str] | None = None,
    workers: int | None = None,
) -> Office:
    """Make the district in `folder` and return its office.

    `unit_ids` and `campaign_ids` are those that it has, else all. The same program makes the same
    bytes. `workers` is the number of processes that make files.

    Raises:
        UsageError: the folder is not empty.
        WriteError: it can't be written.
    """
    _refuse_folder_in_use(folder, lang)
    district = read_district()
    chosen = [key for key in district.units if unit_ids is None or key in unit_ids]
    campaigns = [key for key in district.campaigns if campaign_ids is None or key in campaign_ids]
    deliveries = list_deliveries(district, chosen, campaigns)
    make_and_flush_missing_folders(folder / FILES_FOLDER, lang)
    office = _make_office_with_units(district, folder / OFFICE_FOLDER, chosen, lang)
    arrived: list[_ArrivedFile] = []
    for delivery, (name, data) in zip(
        deliveries, _make_files(district, deliveries, workers), strict=True
    ):
        arrived.append(_write_arrived_file(folder / FILES_FOLDER, delivery, name, data, lang))
        report_progress(len(arrived), len(deliveries))
    for campaign_id in campaigns:
        files = [file for file in arrived if file.delivery.act.campaign_id == campaign_id]
        _run_campaign(district, office, campaign_id, files)
    create_file_unless_exists(folder / _COMPLETE, b"assess demo --district\n", lang)
    return office


def _refuse_folder_in_use(folder: Path, lang: Lang) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        _ = translator(lang)
        message = _("{path} is not empty; name a new folder").format(path=folder)
        raise UsageError(message)


def _make_office_with_units(
    district: District, root: Path, unit_ids: Sequence[str], lang: Lang
) -> Office:
    """Make the folder of the office with its units, as before its first campaign."""
    environ = _make_environ(district, min(plan.issued for plan in district.campaigns.values()))
    office, _committed = make_and_commit_office(
        root, name=district.office, language="zh", lang=lang, environ=environ
    )
    units = {key: district.units[key] for key in unit_ids}
    rows = [
        UnitRow(number, {"id": key, "name": unit.name, "category": unit.category})
        for number, (key, unit) in enumerate(units.items(), 2)
    ]
    import_units(office, rows)
    office.edit_office_file(
        [
            FieldEdit(("units", key, "expects"), [{"checklist": CHECKLIST_IDS[0]}])
            for key, unit in units.items()
            if not unit.systems
        ]
    )
    for key, unit in units.items():
        if unit.exempt is not None:
            exempt_unit(office, key, unit.exempt)
    message = N_("Units: {added} new, {changed} changed")
    commit_office_files_as(office, message, environ, {"added": len(rows), "changed": 0})
    return office


def _make_environ(district: District, day: date) -> dict[str, str]:
    """Return git's environment variables for a commit of the office on a day."""
    officer = district.officer
    moment = datetime.combine(day, time(17), CHINA)
    return make_git_environ(officer.name, officer.email, moment)


def _make_files(
    district: District, deliveries: Sequence[Delivery], workers: int | None
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file, in the order of the deliveries."""
    acts = [delivery.act for delivery in deliveries]
    count = min(workers or os.cpu_count() or 1, _MOST_WORKERS, len(acts))
    if count <= 1:
        yield from (_make_file(district, act) for act in acts)
        return
    # Forked processes would share locks that other threads of this one hold.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_make_file, [district] * len(acts), acts)


def _make_file(district: District, act: UnitAct) -> tuple[str, bytes]:
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="assess-", dir=place) as folder:
        made = make_unit_hand_in(district, act, Path(folder))
    return made.file_name, made.data


def _write_arrived_file(
    folder: Path, delivery: Delivery, name: str, data: bytes, lang: Lang
) -> _ArrivedFile:
    """Write a file into the folder of its campaign and day."""
    day = f"{delivery.received:%m-%d}"
    path = folder / delivery.act.campaign_id / day / name
    make_and_flush_missing_folders(path.parent, lang)
    create_file_unless_exists(path, data[: len(data) // 2] if delivery.is_damaged else data, lang)
    return _ArrivedFile(delivery, path)


def _run_campaign(
    district: District, office: Office, campaign_id: str, files: Iterable[_ArrivedFile]
) -> None:
    """Announce a campaign, and take in its files day by day."""
    plan = district.campaigns[campaign_id]
    checklists = [str(find_checklist_path(checklist)) for checklist in CHECKLIST_IDS]
    add_campaign(office, CampaignPlan(campaign_id, plan.title, plan.issued, plan.due, checklists))
    _record_signers(office, plan.signers)
    environ = _make_environ(district, plan.issued)
    commit_office_files_as(office, N_("Campaign {name}"), environ, {"name": campaign_id})
    for received, rows in groupby(files, key=lambda file: file.delivery.received):
        options = TakingOptions(district.officer.name, received)
        taker = HandInTaker(office, campaign_id, _make_check(received.date()), options)
        for row in rows:
            taker.take_file(row.path)
        taker.save()
        environ = _make_environ(district, received.date())
        message, words = N_("Receipts of {campaign}"), {"campaign": campaign_id}
        commit_office_files_as(office, message, environ, words)


def _record_signers(office: Office, signers: Mapping[str, str]) -> None:
    """Write the certificates that the office has on record into office.yaml."""
    units = office.read_office_file().units
    edits = [
        FieldEdit(("units", unit_id, "signer"), signer)
        for unit_id, signer in signers.items()
        if unit_id in units
    ]
    if edits:
        office.edit_office_file(edits)


def _make_check(today: date) -> Callable[[bytes], HandIn]:
    """Return the reading of a hand-in without a child process: the program made the file itself."""

    def read_own_file(data: bytes) -> HandIn:
        with tempfile.TemporaryDirectory(prefix="assess-") as folder:
            return read_hand_in(data, Path(folder), today)

    return read_own_file
