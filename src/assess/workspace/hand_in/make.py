"""Making a hand-in from the workspace of a unit: one ZIP, without git and its history."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from assess import __version__, locations
from assess.engine.closings import parse_closing_number_or_one
from assess.engine.outside_findings import list_outside_rows_of_round
from assess.engine.rounds import list_rounds_oldest_first
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.model.evidence import EvidenceFile, Register
from assess.model.hand_in import (
    DATA,
    HAND_IN_FORMAT,
    INPUTS_FOLDER,
    MANIFEST,
    REPORT,
    SIGNED_FOLDER,
    LeftOut,
    Manifest,
    UnitRecord,
)
from assess.store.files import create_file_unless_exists, make_and_flush_missing_folders
from assess.workspace.core.arriving_zip import make_stored_zip
from assess.workspace.core.names import SheetName
from assess.workspace.core.provenance import day_of_commit, paths_of_yaml_inputs
from assess.workspace.core.sources import RoundFiles, find_tag_name_of_round
from assess.workspace.core.workspace import Workspace
from assess.workspace.hand_in.archive import (
    MOST_FILES,
    MOST_OF_A_HAND_IN,
    MOST_OF_A_SCAN,
    is_allowed_path,
    most_of_file,
)
from assess.workspace.hand_in.inputs import compute_round, lay_out_inputs
from assess.workspace.hand_in.manifest import encode_manifest, make_member_records
from assess.workspace.hand_in.read import is_scan_of_known_kind
from assess.workspace.sharing.commit import refuse_undecided_conflicts
from assess.workspace.sharing.sanitised_export import (
    list_cited_evidence_ids,
    make_sanitised_files,
)

SUFFIX: Final = "zip"


class HandInRequest(NamedTuple):
    """What is to be handed in."""

    round_id: str
    sanitised: bool = False
    with_evidence: bool = False
    report: bytes | None = None
    """The PDF of a report, signed or not."""


class MadeHandIn(NamedTuple):
    """A hand-in, and what the person who makes it is told."""

    data: bytes
    manifest: Manifest
    unmarked: tuple[str, ...] = ()
    """Checklists of a sanitised one that don't say what is personal: their words are gone."""
    has_new_key: bool = False
    """Whether the key of the pseudonyms could not be used, so that the pseudonyms are new ones."""

    @property
    def file_name(self) -> str:
        """The name by which it is written; it tells unit and round."""
        manifest = self.manifest
        again = f".{manifest.closing}" if (manifest.closing or 1) > 1 else ""
        more = ".sanitised" if manifest.sanitised else ""
        return f"hand-in-{manifest.unit.id}-{manifest.round}{again}{more}.{SUFFIX}"


def find_newest_round_to_hand_in(workspace: Workspace, *, is_open: bool) -> str:
    """Return the newest closed round, or with `is_open` the newest open one.

    Raises:
        UsageError: there is none.
    """
    rounds = workspace.read_config().rounds
    state = "open" if is_open else "closed"
    ids = [key for key in list_rounds_oldest_first(rounds) if rounds[key].state == state]
    if ids:
        return ids[-1]
    _ = translator(workspace.lang)
    if is_open:
        raise UsageError(_("no round is open"), "assess submit")
    raise UsageError(_("no round is closed"), "assess round close; assess submit --open")


def make_hand_in(workspace: Workspace, request: HandInRequest, today: date) -> MadeHandIn:
    """Return the hand-in of a round: the same files give the same bytes.

    A closed round is read at its tag. Whether an office takes the file, its reading tells.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: a file of evidence is missing or changed, the files are too many or too large,
            or have names that no ZIP may hold; the tag of the round is missing.
        FilesError: files can't be read, or hold conflicts.
    """
    names = workspace.list_sheets(request.round_id)
    refuse_undecided_conflicts(workspace.root, workspace.lang)
    source = workspace.find_round_files(request.round_id)
    source.refuse_large_files()
    provenance = workspace.make_provenance(request.round_id, names, ())
    commit_and_day = (provenance.commit, day_of_commit(provenance) or today)
    if not request.sanitised:
        return make_hand_in_of_files(source, request, names, commit_and_day)
    made = make_sanitised_files(workspace, request.round_id, keeps_state=True)
    packed = _pack_hand_in(source, request, made.files, {}, commit_and_day)
    return packed._replace(unmarked=made.unmarked, has_new_key=made.has_new_key)


def make_hand_in_of_files(
    source: RoundFiles,
    request: HandInRequest,
    names: list[SheetName],
    commit_and_day: tuple[str | None, date],
) -> MadeHandIn:
    """Return the hand-in, not sanitised, of the files of a round; `names` are its sheets.

    Raises:
        as `make_hand_in`.
    """
    paths = sorted(paths_of_yaml_inputs(request.round_id, names))
    inputs = {path: source.read_bytes(path) for path in paths if source.has_file(path)}
    extras = _collect_extra_files(source, request, names)
    return _pack_hand_in(source, request, inputs, extras, commit_and_day)


def _pack_hand_in(
    source: RoundFiles,
    request: HandInRequest,
    inputs: Mapping[str, bytes],
    extras: Mapping[str, bytes],
    commit_and_day: tuple[str | None, date],
) -> MadeHandIn:
    manifest = _make_manifest_without_members(
        source.read_config().value,
        request,
        commit_and_day,
        _list_what_is_left_out(request, extras),
    )
    files = {DATA: _compute_data(manifest, inputs), **extras}
    files |= {f"{INPUTS_FOLDER}/{path}": content for path, content in inputs.items()}
    manifest = replace(manifest, members=make_member_records(files))
    files[MANIFEST] = encode_manifest(manifest)
    _refuse_bad_paths_and_sizes(files, source.lang)
    return MadeHandIn(make_stored_zip(files), manifest)


def _collect_extra_files(
    source: RoundFiles, request: HandInRequest, names: list[SheetName]
) -> dict[str, bytes]:
    """Return what travels beside the inputs: report, scan of the stamped page, evidence."""
    config, register = source.read_config(), source.read_register_or_empty().value
    extras = dict(_read_signed_scan(source, config.value, register, request.round_id))
    if request.report is not None:
        extras[REPORT] = request.report
    if request.with_evidence:
        checklists = {name: source.read_checklist(name.checklist) for name in names}
        sheets = [
            source.read_sheet_or_empty(name, request.round_id, config, checklists[name]).value
            for name in names
        ]
        findings = source.read_findings_or_empty().value.findings
        rows = list_outside_rows_of_round(findings, request.round_id, date.max)
        for row_id in sorted(list_cited_evidence_ids(sheets, rows)):
            row = register.evidence.get(row_id)
            if row is not None and row.file is not None:
                path = locations.evidence_path(row.file.path)
                extras[path] = _read_evidence_or_refuse(source, row.file)
    return extras


def _read_signed_scan(
    source: RoundFiles, config: Config, register: Register, round_id: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the scan that `round close` took in, unless it is too large or of another kind."""
    row = register.evidence.get(config.rounds[round_id].signed or "")
    if row is None or row.file is None or row.file.size > MOST_OF_A_SCAN:
        return
    data = _read_evidence_or_refuse(source, row.file)
    if is_scan_of_known_kind(data):
        yield f"{SIGNED_FOLDER}/{row.file.path.rpartition('/')[2]}", data


def _read_evidence_or_refuse(source: RoundFiles, file: EvidenceFile) -> bytes:
    path = locations.evidence_path(file.path)
    data = b""
    if source.sha256_unless_missing_or_large(path) == file.sha256:
        data = source.read_bytes(path)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        _ = translator(source.lang)
        message = _("{path} is missing, or was changed after it was registered")
        raise UsageError(message.format(path=path), "assess lint")
    return data


def _list_what_is_left_out(
    request: HandInRequest, extras: Mapping[str, bytes]
) -> tuple[LeftOut, ...]:
    has_scan = any(path.startswith(f"{SIGNED_FOLDER}/") for path in extras)
    rows: tuple[tuple[LeftOut, bool], ...] = (
        ("notes_and_persons", request.sanitised),
        ("evidence", not request.with_evidence),
        ("report", request.report is None),
        ("signed_scan", not has_scan),
    )
    return tuple(name for name, is_left_out in rows if is_left_out)


def _make_manifest_without_members(
    config: Config,
    request: HandInRequest,
    commit_and_day: tuple[str | None, date],
    left_out: tuple[LeftOut, ...],
) -> Manifest:
    row, organization = config.rounds[request.round_id], config.organization
    tag = find_tag_name_of_round(request.round_id, row) if row.state == "closed" else None
    commit, day = commit_and_day
    return Manifest(
        format=HAND_IN_FORMAT,
        program=__version__,
        unit=UnitRecord(id=organization.id, name=organization.name),
        round=request.round_id,
        state=row.state,
        tag=tag,
        closing=parse_closing_number_or_one(tag) if tag else None,
        commit=commit,
        date=day,
        sanitised=request.sanitised,
        sheets=row.sheets,
        left_out=left_out,
        members=(),
    )


def _compute_data(manifest: Manifest, inputs: Mapping[str, bytes]) -> bytes:
    """Return the data of the round from the inputs as they are handed in.

    Raises:
        FilesError: a file can't be read.
    """
    with tempfile.TemporaryDirectory(prefix="assess-") as folder:
        lay_out_inputs(Path(folder), inputs)
        return compute_round(Path(folder), manifest, inputs).data


def _refuse_bad_paths_and_sizes(files: Mapping[str, bytes], lang: Lang) -> None:
    _ = translator(lang)
    for path, data in sorted(files.items()):
        if not is_allowed_path(path):
            message = _("{path} can't stand in a ZIP: rename it").format(path=path)
            raise UsageError(message)
        if len(data) > most_of_file(path):
            message = _("{path} is larger than {limit} MB, too large for a hand-in")
            raise UsageError(message.format(path=path, limit=most_of_file(path) >> 20))
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_OF_A_HAND_IN:
        message = _("a hand-in holds at most {count} files and {limit} MB")
        limits = {"count": MOST_FILES, "limit": MOST_OF_A_HAND_IN >> 20}
        raise UsageError(message.format(**limits), _("leave out --evidence"))


def write_hand_in(workspace: Workspace, path: Path, data: bytes) -> None:
    """Write a hand-in to a new file; a file that is there stays.

    Raises:
        UsageError: there is such a file, or it would be an input of reports.
        WriteError: it can't be written; nothing was changed.
    """
    _ = translator(workspace.lang)
    target = path.resolve()
    if any(target.is_relative_to(workspace.root.resolve() / part) for part in locations.INPUTS):
        message = _("{path} is a part of the workspace").format(path=path)
        raise UsageError(message, "assess submit --to DIR")
    make_and_flush_missing_folders(path.parent, workspace.lang)
    if not create_file_unless_exists(path, data, workspace.lang):
        raise UsageError(
            _("{path} is there already; it stays").format(path=path),
            _("move it elsewhere, or write under another name: -o FILE"),
        )
