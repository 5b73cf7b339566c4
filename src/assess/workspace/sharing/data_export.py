"""`assess export --data`: a round as data for a higher body, whole or sanitised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess import __version__, locations
from assess.engine.outside_findings import OutsideRow, list_outside_rows
from assess.engine.personal_marks import accepts_unmarked_free_text, list_items_with_hidden_text
from assess.engine.pseudonyms import Pseudonyms
from assess.engine.round_data import (
    DataOrigin,
    make_checklist_record,
    make_round_data,
    make_round_record,
    make_sheet_record,
)
from assess.engine.round_data_json import DATA_START, encode_round_data
from assess.engine.sanitise import sanitised_config, sanitised_register, sanitised_sheet
from assess.engine.sanitised_findings import sanitised_finding
from assess.engine.scoring.assessment import assess_sheet
from assess.errors import UsageError
from assess.file_bytes import read_regular_file
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.round_data import ChecklistRecord, InputRecord, RoundData, SheetRecord
from assess.store.files import make_and_flush_missing_folders, make_write_error, write_atomic
from assess.store.open_file import OpenFile
from assess.workspace.core.names import SheetName
from assess.workspace.core.provenance import day_of_commit, paths_of_yaml_inputs
from assess.workspace.core.sources import RoundFiles
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import refuse_undecided_conflicts
from assess.workspace.sharing.sanitised_export import read_make_or_replace_pseudonym_key


class DataExport(NamedTuple):
    """The data of a round as JSON, and what a person is told of it."""

    data: bytes
    head: RoundData
    """The data without its sheets."""
    unmarked: tuple[str, ...] = ()
    """Checklists of a sanitised export that don't say what is personal: their words are gone."""
    has_new_key: bool = False
    """Whether the key of the pseudonyms could not be used, so that the pseudonyms are new ones."""


class _RoundInputs(NamedTuple):
    """What the sheets of a round are read and assessed with."""

    source: RoundFiles
    round_id: str
    names: Sequence[SheetName]
    config: OpenFile[Config]
    register: Register
    checklists: Mapping[str, OpenFile[Checklist]]
    day: date


def make_round_data_export(
    workspace: Workspace, round_id: str, today: date, *, sanitised: bool
) -> DataExport:
    """Return the data of a round; a closed round is read at its tag.

    One sheet at a time is read, so only the JSON grows with their number. The language of the
    messages makes no difference to the bytes.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: the round is closed, and the repository does not have its tag.
        FilesError: files can't be read, are too large, or hold conflicts.
    """
    names = workspace.list_sheets(round_id)
    refuse_undecided_conflicts(workspace.root, workspace.lang)
    source = workspace.find_round_files(round_id)
    source.refuse_large_files()
    provenance = workspace.make_provenance(round_id, names, ())
    inputs = _RoundInputs(
        source=source,
        round_id=round_id,
        names=names,
        config=source.read_config(),
        register=source.read_register_or_empty().value,
        checklists={
            pinned: source.read_checklist(pinned)
            for pinned in dict.fromkeys(name.checklist for name in names)
        },
        day=day_of_commit(provenance) or today,
    )
    wanted = paths_of_yaml_inputs(round_id, names)
    files = [
        InputRecord(path=file.path, sha256=file.sha256)
        for file in provenance.inputs
        if file.path in wanted and not (sanitised and _can_digest_confirm_guess(file.path))
    ]
    origin = DataOrigin(__version__, inputs.day, provenance.commit, tuple(files), sanitised)
    return _encode_export(workspace, inputs, origin)


def _can_digest_confirm_guess(path: str) -> bool:
    """Return whether the digest of a file would show that somebody guessed its words rightly."""
    return not locations.is_inside(path, locations.CHECKLISTS)


def _encode_export(workspace: Workspace, inputs: _RoundInputs, origin: DataOrigin) -> DataExport:
    pseudonyms, has_new_key, config = None, False, inputs.config.value
    if origin.sanitised:
        key, has_new_key = read_make_or_replace_pseudonym_key(workspace)
        pseudonyms = Pseudonyms(key, config.language)
        checklists = {name: file.value for name, file in inputs.checklists.items()}
        config = sanitised_config(config, inputs.round_id, checklists, pseudonyms, {})
    row = workspace.read_config().rounds[inputs.round_id]
    head = make_round_data(
        config,
        make_round_record(inputs.round_id, row, sanitised=origin.sanitised),
        origin,
        _list_checklist_records(inputs),
        outside=_list_outside_rows(inputs, pseudonyms),
    )
    sheets = _read_sheet_records(inputs, config, pseudonyms)
    return DataExport(
        data=b"".join(encode_round_data(head, sheets)),
        head=head,
        unmarked=tuple(
            name
            for name, file in inputs.checklists.items()
            if origin.sanitised and accepts_unmarked_free_text(file.value)
        ),
        has_new_key=has_new_key,
    )


def _list_outside_rows(
    inputs: _RoundInputs, pseudonyms: Pseudonyms | None
) -> tuple[OutsideRow, ...]:
    """Return the findings of others that stand in the round."""
    findings = inputs.source.read_findings_or_empty().value.findings
    rows = list_outside_rows(findings, inputs.round_id, inputs.day)
    if pseudonyms is None:
        return rows
    copies = {row.id: sanitised_finding(row.finding, pseudonyms) for row in rows}
    return list_outside_rows(copies, inputs.round_id, inputs.day)


def _list_checklist_records(inputs: _RoundInputs) -> Iterator[ChecklistRecord]:
    for name, file in inputs.checklists.items():
        digest = (
            f"sha256:{inputs.source.sha256_unless_missing_or_large(locations.checklist_path(name))}"
        )
        yield make_checklist_record(name, file.value, digest)


def _read_sheet_records(
    inputs: _RoundInputs, config: Config, pseudonyms: Pseudonyms | None
) -> Iterator[SheetRecord]:
    register = inputs.register
    if pseudonyms is not None:
        register = sanitised_register(register, set(register.evidence), pseudonyms)
    for name in inputs.names:
        checklist = inputs.checklists[name.checklist]
        hidden: frozenset[str] = frozenset()
        sheet = inputs.source.read_sheet_or_empty(
            name, inputs.round_id, inputs.config, checklist
        ).value
        if pseudonyms is not None:
            sheet = sanitised_sheet(sheet, checklist.value, pseudonyms, {})
            hidden = list_items_with_hidden_text(checklist.value)
        assessment = assess_sheet(checklist.value, sheet, config, register, inputs.day)
        yield make_sheet_record(str(name), sheet, assessment, hidden)


def write_round_data_unless_other_file(path: Path, data: bytes, lang: Lang) -> None:
    """Write the data of a round to a file, never over one that is something else.

    Raises:
        UsageError: the file is there and holds no such data.
        WriteError: the file can't be written.
    """
    try:
        start = read_regular_file(path, len(DATA_START), 0)
    except FileNotFoundError:
        start = DATA_START
    except OSError as error:
        raise make_write_error(error, path, lang) from error
    if start != DATA_START:
        _ = translator(lang)
        message = _("{path} is something else than the data of a round; it stays")
        raise UsageError(
            message.format(path=path), _("move it elsewhere, or write under another name: -o FILE")
        )
    make_and_flush_missing_folders(path.parent, lang)
    write_atomic(path, data, lang)
