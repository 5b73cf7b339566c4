"""`assess export --sanitised`: a copy of a round for a higher body, in a folder of its own."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from assess import locations
from assess.engine.outside_findings import OutsideRow, list_outside_rows_of_round
from assess.engine.personal_marks import accepts_unmarked_free_text
from assess.engine.pseudonyms import Pseudonyms
from assess.engine.sanitise import (
    sanitised_config_with_single_round,
    sanitised_register_of_cited_rows,
    sanitised_sheet,
)
from assess.engine.sanitised_findings import sanitised_findings
from assess.errors import UsageError, WriteError
from assess.file_bytes import read_start_of_regular_file
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.base import Node
from assess.model.checklist import Checklist
from assess.model.formats import FileKind
from assess.store import shipped_files
from assess.store.files import make_and_flush_missing_folders, write_atomic
from assess.store.git.state.known_objects import has_object_with_bytes
from assess.store.open_file import OpenFile
from assess.store.pinned_digest import digest_with_prefix
from assess.store.yaml.writing.emit import yaml_document_text
from assess.store.yaml.writing.format_numbers import text_with_lowest_format_number
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import refuse_undecided_conflicts

KEY: Final = f"{locations.PRIVATE}/export-key"
_SIZE: Final = 32
"""Bytes of the key."""


class ExportResult(NamedTuple):
    """The folder of an export and the files in it, by path from that folder."""

    folder: Path
    files: tuple[str, ...]
    has_new_key: bool = False
    """Whether the file of the key could not be used, so that the pseudonyms are new ones."""
    unmarked: tuple[str, ...] = ()
    """Checklists that don't say which words are personal, so that all words are removed."""


class SanitisedFiles(NamedTuple):
    """The files of a sanitised copy, by path; the other fields are those of `ExportResult`."""

    files: Mapping[str, bytes]
    has_new_key: bool
    unmarked: tuple[str, ...]


def write_sanitised_copy(workspace: Workspace, round_id: str, folder: Path) -> ExportResult:
    """Write a sanitised copy of a round into `folder`, without git, evidence files and history.

    A closed round is read at its tag. The pseudonyms are the same in each export of this workspace:
    their secret is in .assess, which git ignores.

    Raises:
        UsageError: the folder is not empty, or is a part of the workspace.
        UnknownIdError: there is no such round.
        FilesError: files can't be read, or hold conflicts.
        WriteError: the folder can't be written.
    """
    _refuse_target_inside_or_not_empty(workspace, folder)
    made = make_sanitised_files(workspace, round_id)
    _write_files(workspace, folder, made.files)
    return ExportResult(folder, tuple(sorted(made.files)), made.has_new_key, made.unmarked)


def make_sanitised_files(
    workspace: Workspace, round_id: str, *, keeps_state: bool = False
) -> SanitisedFiles:
    """Return the files of a sanitised copy of a round; a closed round is read at its tag.

    The round of the copy is open, or with `keeps_state` as it is.

    Raises:
        UnknownIdError: there is no such round.
        FilesError: files can't be read, or hold conflicts.
    """
    names = workspace.list_sheets(round_id)
    refuse_undecided_conflicts(workspace.root, workspace.lang)
    source = workspace.find_round_files(round_id)
    config = source.read_config().value
    key, has_new_key = read_make_or_replace_pseudonym_key(workspace)
    pseudonyms = Pseudonyms(key, config.language)
    sheets: list[Sheet] = []
    checklists: dict[str, Checklist] = {}
    files: dict[str, bytes] = {}
    digests: dict[str, str] = {}
    for name in names:
        open_sheet = workspace.open_sheet(name, round_id)
        pinned = source.read_checklist(name.checklist)
        copied = _checklist_bytes_without_comments(pinned)
        checklists[name.checklist] = open_sheet.checklist
        files[locations.checklist_path(name.checklist)] = copied
        digests[digest_with_prefix(pinned.text.encode())] = digest_with_prefix(copied)
        sheets.append(open_sheet.sheet)
        sheet = sanitised_sheet(open_sheet.sheet, open_sheet.checklist, pseudonyms, digests)
        files[locations.sheet_path(round_id, str(name))] = _bytes_of_new_file(sheet, "sheet")
    findings = source.read_findings_or_empty().value
    rows = list_outside_rows_of_round(findings.findings, round_id, date.max)
    register = sanitised_register_of_cited_rows(
        source.read_register_or_empty().value, list_cited_evidence_ids(sheets, rows), pseudonyms
    )
    settings = sanitised_config_with_single_round(config, round_id, checklists, pseudonyms, digests)
    if keeps_state:
        row = replace(settings.rounds[round_id], state=config.rounds[round_id].state)
        settings = replace(settings, rounds={round_id: row})
    files[locations.CONFIG] = _bytes_of_new_file(settings, "config")
    files[locations.REGISTER] = _bytes_of_new_file(register, "register")
    if rows:
        copied_findings = sanitised_findings(findings, rows, pseudonyms)
        files[locations.FINDINGS] = _bytes_of_new_file(copied_findings, "findings")
    unmarked = [
        name for name, checklist in checklists.items() if accepts_unmarked_free_text(checklist)
    ]
    return SanitisedFiles(files, has_new_key, tuple(unmarked))


def list_cited_evidence_ids(sheets: Iterable[Sheet], rows: Iterable[OutsideRow]) -> set[str]:
    """Return the ids of the evidence that answers or findings of others cite."""
    answers = (answer for sheet in sheets for answer in sheet.answers.values())
    of_answers = {row_id for answer in answers for row_id in answer.evidence}
    return of_answers.union(*(row.finding.evidence for row in rows))


def _bytes_of_new_file(value: Node, kind: FileKind) -> bytes:
    """Return the bytes of a new file, with the format number that its content needs."""
    return text_with_lowest_format_number(yaml_document_text(value), kind).encode()


def _checklist_bytes_without_comments(pinned: OpenFile[Checklist]) -> bytes:
    """Return a checklist without comments; the library's comments are public and stay."""
    data = pinned.text.encode()
    ours = shipped_files.list_library_files_by_id().get(pinned.value.id)
    if ours is not None and ours.read_bytes() == data:
        return data
    return yaml_document_text(pinned.loaded.tree.value).encode()


def _refuse_target_inside_or_not_empty(workspace: Workspace, folder: Path) -> None:
    _ = translator(workspace.lang)
    target = folder.resolve()
    inside = any(
        target.is_relative_to(workspace.root.resolve() / part) for part in locations.INPUTS
    )
    if inside or target == workspace.root.resolve():
        message = _("{path} is a part of the workspace").format(path=folder)
        raise UsageError(message, "-o ../sanitised")
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise UsageError(_("{path} is not empty").format(path=folder), "-o NEW-DIR")


def read_make_or_replace_pseudonym_key(workspace: Workspace) -> tuple[bytes, bool]:
    """Return the secret of the pseudonyms, and whether it replaces a file that can't be one.

    The first export makes it, for its owner only. A key that git has is known to others, and so may
    be a key that came with a folder from elsewhere: only a note of the user says that it was made
    by this user. That the programs of the repository are trusted says nothing of the key.
    """
    path = workspace.root / KEY
    try:
        key = read_start_of_regular_file(path, _SIZE + 1, os.O_NOFOLLOW)
    except OSError:
        key = b""
    is_secret = len(key) == _SIZE and not has_object_with_bytes(workspace.root, key)
    if is_secret and _path_of_key_record(key).exists():
        return key, False
    is_replaced = os.path.lexists(path)
    make_and_flush_missing_folders(path.parent, workspace.lang)
    if path.is_symlink():
        path.unlink()
    key = secrets.token_bytes(_SIZE)
    write_atomic(path, key, workspace.lang)
    path.chmod(0o600)
    _record_key_made_by_program(key, workspace.lang)
    return key, is_replaced


def _path_of_key_record(key: bytes) -> Path:
    """Return the file of the user that says that this program made the key; it has no content."""
    return locations.key_records_folder() / hashlib.sha256(key).hexdigest()


def _record_key_made_by_program(key: bytes, lang: Lang) -> None:
    note = _path_of_key_record(key)
    with contextlib.suppress(WriteError):  # the next export then makes another key, and says so
        make_and_flush_missing_folders(note.parent, lang)
        write_atomic(note, b"", lang)


def _write_files(workspace: Workspace, folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        whole = folder / path
        make_and_flush_missing_folders(whole.parent, workspace.lang)
        write_atomic(whole, data, workspace.lang)
