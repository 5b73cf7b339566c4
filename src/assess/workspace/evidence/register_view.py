"""The evidence register for screens: what cites a row, its faults, its file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from assess import locations
from assess.errors import UsageError
from assess.i18n import translator
from assess.locations import PRIVATE
from assess.model.evidence import EvidenceFile, EvidenceRow, Register
from assess.model.outside_finding import OutsideFinding
from assess.model.results import Assessment
from assess.store.files import compute_file_sha256, write_atomic
from assess.store.inner_paths import resolve_path_inside
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core.names import SheetName
from assess.workspace.core.outside_findings import read_outside_findings
from assess.workspace.core.workspace import Workspace

OpenableKind = Literal["pdf", "png", "jpeg", "text"]
"""Kinds of files that may be opened; the content decides the kind, never the name."""

_STARTS: tuple[tuple[bytes, OpenableKind], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)
_ENDINGS: Mapping[OpenableKind, str] = {"pdf": "pdf", "png": "png", "jpeg": "jpg", "text": "txt"}
_NAMED: Mapping[str, OpenableKind] = {
    ".jpeg": "jpeg",
    **{f".{ending}": kind for kind, ending in _ENDINGS.items()},
}
_SAMPLE = 64 * 1024
_SOON = 30
"""Evidence with at most so many days left is about to expire."""

EvidenceFault = Literal["missing", "changed", "misnamed", "expired", "expires_soon", "unused"]


class Citation(NamedTuple):
    """An item that cites a row."""

    sheet: SheetName
    item_id: str


class CitingFinding(NamedTuple):
    """A finding of others that cites a row."""

    id: str
    finding: OutsideFinding


class EvidenceStatus(NamedTuple):
    """A row of the register with its citations, kind and faults."""

    id: str
    row: EvidenceRow
    cited: tuple[Citation, ...]
    findings: tuple[CitingFinding, ...]
    """The findings of others that cite it, whenever they were closed."""
    kind: OpenableKind | None
    """None for paper, and for files that may not be opened."""
    faults: tuple[EvidenceFault, ...]
    same: tuple[str, ...]
    """Other rows with the same content."""

    @property
    def citation_count(self) -> int:
        """How many items and findings of others cite it."""
        return len(self.cited) + len(self.findings)


class AddedEvidence(NamedTuple):
    """Evidence that was registered; `known`: a row with the same content existed already."""

    id: str
    row: EvidenceRow
    known: bool


def list_evidence_statuses(
    workspace: Workspace, sheets: Mapping[SheetName, Assessment], today: date
) -> list[EvidenceStatus]:
    """Return the rows of the register, in its order; only the beginning of each file is read.

    Raises:
        FilesError: the register, or findings.yaml, can't be read.
    """
    register = workspace.read_register_or_empty()
    cited = _citations_by_evidence_id(sheets)
    findings = _findings_by_evidence_id(read_outside_findings(workspace))
    return [
        EvidenceStatus(
            row_id,
            row,
            cited.get(row_id, ()),
            findings.get(row_id, ()),
            _detect_kind_of_row(workspace, row),
            tuple(
                _find_evidence_faults(
                    workspace, row, today, is_cited=row_id in cited or row_id in findings
                )
            ),
            _ids_of_same_content(register, row_id, row),
        )
        for row_id, row in register.evidence.items()
    ]


def _citations_by_evidence_id(
    sheets: Mapping[SheetName, Assessment],
) -> dict[str, tuple[Citation, ...]]:
    citations: dict[str, tuple[Citation, ...]] = {}
    for name, seen in sheets.items():
        for state in seen.items:
            for row_id in state.answer.evidence if state.answer else ():
                citations[row_id] = (*citations.get(row_id, ()), Citation(name, state.item.id))
    return citations


def _findings_by_evidence_id(
    findings: Mapping[str, OutsideFinding],
) -> dict[str, tuple[CitingFinding, ...]]:
    citing: dict[str, tuple[CitingFinding, ...]] = {}
    for key, finding in findings.items():
        for row_id in finding.evidence:
            citing[row_id] = (*citing.get(row_id, ()), CitingFinding(key, finding))
    return citing


def _detect_kind_of_row(workspace: Workspace, row: EvidenceRow) -> OpenableKind | None:
    path = find_registered_file_path(workspace, row.file)
    return None if path is None else detect_openable_kind(path)


def _find_evidence_faults(
    workspace: Workspace, row: EvidenceRow, today: date, *, is_cited: bool
) -> Iterable[EvidenceFault]:
    if row.file is not None:
        path = find_registered_file_path(workspace, row.file)
        if path is None:
            yield "missing"
        elif path.stat().st_size != row.file.size:
            yield "changed"
        elif does_suffix_contradict_content(path):
            yield "misnamed"
    if row.expires is not None and row.expires < today:
        yield "expired"
    elif row.expires is not None and (row.expires - today).days <= _SOON:
        yield "expires_soon"
    if not is_cited:
        yield "unused"


def _ids_of_same_content(register: Register, row_id: str, row: EvidenceRow) -> tuple[str, ...]:
    if row.file is None:
        return ()
    return tuple(
        other
        for other, other_row in register.evidence.items()
        if other != row_id
        and other_row.file is not None
        and other_row.file.sha256 == row.file.sha256
    )


def find_registered_file_path(workspace: Workspace, file: EvidenceFile | None) -> Path | None:
    """Return the path of a registered file; None where it is missing or leads out of evidence/."""
    path = (
        None
        if file is None
        else resolve_path_inside(workspace.root / locations.EVIDENCE, file.path)
    )
    return path if path is not None and path.is_file() else None


def require_registered_file_path(workspace: Workspace, row_id: str, row: EvidenceRow) -> Path:
    """Return the path of the file of a row.

    Raises:
        UsageError: the file is missing, or leads out of evidence/.
    """
    path = find_registered_file_path(workspace, row.file)
    if path is None:
        _ = translator(workspace.lang)
        raise UsageError(_("the file of {id} is missing").format(id=row_id))
    return path


def find_row_of_file(workspace: Workspace, path: Path) -> str | None:
    """Return the id of the row that has the content of a file; None for a file that is new.

    The file is read only where a registered one has its size.
    """
    try:
        size = path.stat().st_size
        rows = workspace.read_register_or_empty().evidence.items()
        alike = [(row_id, row.file) for row_id, row in rows if row.file and row.file.size == size]
        digest = compute_file_sha256(path) if alike else ""
    except (OSError, ValueError):  # no such file, a folder, a NUL in the path
        return None
    return next((row_id for row_id, file in alike if file.sha256 == digest), None)


def detect_openable_kind(path: Path) -> OpenableKind | None:
    """Return the kind of a file by its content; None for kinds that may not be opened."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_SAMPLE)
    except OSError:
        return None
    for sign, kind in _STARTS:
        if start.startswith(sign):
            return kind
    return "text" if _is_text(start) else None


def does_suffix_contradict_content(path: Path) -> bool:
    """Return whether a file's suffix names a kind that its content contradicts.

    A `.txt` file with unknown content is no contradiction: its encoding may be unknown.
    """
    named = _NAMED.get(path.suffix.lower())
    if named is None or not path.is_file():
        return False
    kind = detect_openable_kind(path)
    return kind != named and not (named == "text" and kind is None)


def _is_text(start: bytes) -> bool:
    """Return whether bytes are UTF-8 without NUL; the sample may end within a character."""
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data" and len(start) == _SAMPLE
        return cut and b"\0" not in start
    return b"\0" not in start


def add_evidence_file(
    workspace: Workspace, source: Path, *, title: str, round_id: str, by: str | None, now: datetime
) -> AddedEvidence:
    """Copy a file into evidence/ROUND/ and register it; a known hash gives the existing row.

    Raises:
        UsageError: the file does not exist, or is too large.
        WriteError: the copy can't be written.
    """
    rows = workspace.read_register_or_empty().evidence
    row_id, row = workspace.add_evidence_file(
        source, title=title, round_id=round_id, by=by, now=now
    )
    return AddedEvidence(row_id, row, known=row_id in rows)


def change_register_row(workspace: Workspace, row_id: str, fields: Mapping[str, str]) -> None:
    """Change title, paper location, effective date or expiry of a row; '' removes a field.

    A dotted name names an inner field (`title.zh`).

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
    """
    workspace.edit_register(
        [
            FieldEdit(("evidence", row_id, *name.split(".")), value or REMOVE)
            for name, value in fields.items()
        ]
    )


def remove_register_row_and_unshared_file(workspace: Workspace, row_id: str) -> None:
    """Remove a row from the register, and its file unless another row has the same file.

    Raises:
        UsageError: the register has no such row.
    """
    rows = workspace.read_register_or_empty().evidence
    if row_id not in rows:
        _ = translator(workspace.lang)
        raise UsageError(_("the register has no {id}").format(id=row_id))
    file = rows[row_id].file
    workspace.edit_register([FieldEdit(("evidence", row_id), REMOVE)])
    paths = {row.file.path for key, row in rows.items() if row.file and key != row_id}
    path = find_registered_file_path(workspace, file)
    if file is not None and path is not None and file.path not in paths:
        path.unlink(missing_ok=True)


def make_read_only_copy(workspace: Workspace, path: Path) -> Path:
    """Return a read-only copy of a file for opening; its suffix follows from its content.

    Programs that open files decide by name, and a name from elsewhere is not trusted.

    Raises:
        UsageError: the kind of the file may not be opened.
    """
    kind = detect_openable_kind(path)
    if kind is None:
        _ = translator(workspace.lang)
        raise UsageError(_("only PDF, PNG, JPEG and text files are opened"))
    folder = workspace.root / PRIVATE / "view"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{compute_file_sha256(path)[:16]}.{_ENDINGS[kind]}"
    if not target.exists():
        write_atomic(target, path.read_bytes(), workspace.lang)
        os.chmod(target, 0o400)  # noqa: PTH101  # the same
    return target
