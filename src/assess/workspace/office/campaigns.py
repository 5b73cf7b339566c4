"""Campaigns of an office: the checklists that it issues are pinned with their digests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess import locations
from assess.errors import UnknownIdError, UsageError
from assess.file_bytes import read_start_of_regular_file
from assess.harmless import escape_control_characters
from assess.i18n import Lang, translator
from assess.model.office import LONGEST_NAME, MOST_CAMPAIGNS, IssuedChecklist, OfficeFile
from assess.store.files import (
    MAX_FILE,
    create_file_unless_exists,
    make_and_flush_missing_folders,
    read_utf8_file,
)
from assess.store.pinned_digest import digest_with_prefix
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core.library import decode_valid_checklist, find_checklist_file
from assess.workspace.core.names import refuse_invalid_id
from assess.workspace.office.office import Office


class CampaignPlan(NamedTuple):
    """A campaign that is to be added."""

    id: str
    title: str
    issued: date
    due: date
    checklists: Sequence[str]
    """Files, or ids of the library."""
    units: Sequence[str] = ()
    """The units that have to hand in; empty: all."""


class _CheckedFile(NamedTuple):
    row: IssuedChecklist
    data: bytes


def add_campaign(office: Office, plan: CampaignPlan) -> list[IssuedChecklist]:
    """Write a campaign into office.yaml and its checklists into `checklists/`; return these.

    Raises:
        UsageError: the id is taken or not valid; the days are in the wrong order; a checklist
            stands twice; a file of the office has other bytes for the same version.
        UnknownIdError: office.yaml has no such unit; the library has no such checklist.
        FilesError: a checklist has errors; holds the problems.
        WriteError, LockedError: a file can't be written.
    """
    value = office.read_office_file()
    _refuse_unusable_plan(plan, value, office.lang)
    files = [_read_checklist(source, office.lang) for source in plan.checklists]
    _refuse_repeated_checklists([file.row for file in files], office.lang)
    for file in files:
        _pin_checklist(office, file)
    row = {
        "title": escape_control_characters(plan.title.strip()),
        "issued": plan.issued.isoformat(),
        "due": plan.due.isoformat(),
        "checklists": [
            {"id": file.row.id, "version": file.row.version, "digest": file.row.digest}
            for file in files
        ],
        "units": list(plan.units) or "all",
    }
    office.edit_office_file([FieldEdit(("campaigns", plan.id), row)])
    return [file.row for file in files]


def _refuse_unusable_plan(plan: CampaignPlan, value: OfficeFile, lang: Lang) -> None:
    refuse_invalid_id(plan.id, lang, "assess office campaign add 2026 …")
    _ = translator(lang)
    if plan.id in value.campaigns:
        raise UsageError(_("{name} exists already").format(name=plan.id))
    if len(value.campaigns) >= MOST_CAMPAIGNS:
        raise UsageError(_("an office has at most {count} campaigns").format(count=MOST_CAMPAIGNS))
    if not plan.title.strip() or len(escape_control_characters(plan.title)) > LONGEST_NAME:
        message = _("a title has 1 to {count} characters").format(count=LONGEST_NAME)
        raise UsageError(message, "--title TEXT")
    if plan.due < plan.issued:
        message = _("{due} is before {issued}, the day of the announcement")
        raise UsageError(message.format(due=plan.due, issued=plan.issued), "--issued D --due D")
    for unit in plan.units:
        if unit not in value.units:
            message = _("office.yaml has no unit {name}").format(name=unit)
            raise UnknownIdError(message, unit, value.units)


def _read_checklist(source: str, lang: Lang) -> _CheckedFile:
    """Return a checklist that lint finds no error in, with its bytes."""
    path = find_checklist_file(source, lang)
    text = read_utf8_file(path, lang)
    checklist = decode_valid_checklist(text, str(path), lang)
    data = text.encode()
    row = IssuedChecklist(
        id=checklist.id, version=checklist.version, digest=digest_with_prefix(data)
    )
    return _CheckedFile(row, data)


def _refuse_repeated_checklists(rows: Sequence[IssuedChecklist], lang: Lang) -> None:
    ids = [row.id for row in rows]
    for checklist_id in ids:
        if ids.count(checklist_id) > 1:
            _ = translator(lang)
            message = _("the checklist {name} was given twice").format(name=checklist_id)
            raise UsageError(message, "--checklist FILE")


def _pin_checklist(office: Office, file: _CheckedFile) -> None:
    """Write the file of an issued checklist; one with the same bytes stays."""
    path = office.root / issued_checklist_path(file.row)
    make_and_flush_missing_folders(path.parent, office.lang)
    create_file_unless_exists(path, file.data, office.lang)


def issued_checklist_path(row: IssuedChecklist) -> str:
    """Return the path of the file of an issued checklist; each of its editions has its own."""
    return locations.checklist_path(f"{row.id}-{row.digest.removeprefix('sha256:')[:12]}")


def find_issued_checklist(office: Office, row: IssuedChecklist) -> bytes | None:
    """Return the bytes of an issued checklist as they are now; None where there is no file."""
    path: Path = office.root / issued_checklist_path(row)
    try:
        return read_start_of_regular_file(path, MAX_FILE + 1, os.O_NOFOLLOW)
    except OSError:
        return None
