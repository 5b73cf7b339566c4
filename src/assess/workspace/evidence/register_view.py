"""The evidence register as people look at it: what cites a row, what is wrong with it, its file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from assess.errors import UsageError
from assess.i18n import translator
from assess.model.evidence import EvidenceFile, EvidenceRow, Register
from assess.model.results import Assessment
from assess.store.files import inside, sha256, write_atomic
from assess.store.layout import PRIVATE
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace

FileKind = Literal["pdf", "png", "jpeg", "text"]
"""Kinds of files that are opened, known by their content and never by their name."""

_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)
_ENDINGS: Mapping[FileKind, str] = {"pdf": "pdf", "png": "png", "jpeg": "jpg", "text": "txt"}
_NAMED: Mapping[str, FileKind] = {
    ".jpeg": "jpeg",
    **{f".{ending}": kind for kind, ending in _ENDINGS.items()},
}
_SAMPLE = 64 * 1024
_SOON = 30
"""Days before its expiry from which a piece is about to expire."""

Fault = Literal["missing", "changed", "misnamed", "expired", "expires_soon", "unused"]


class Citation(NamedTuple):
    """An item that cites a row."""

    sheet: SheetName
    item_id: str


class Exhibit(NamedTuple):
    """A row of the register with what is known of it."""

    id: str
    row: EvidenceRow
    cited: tuple[Citation, ...]
    kind: FileKind | None
    """None for paper, and for files of a kind that is not opened."""
    faults: tuple[Fault, ...]
    same: tuple[str, ...]
    """Other rows with the same content."""


class Added(NamedTuple):
    """A piece that was registered, or `known` already by its content."""

    id: str
    row: EvidenceRow
    known: bool


def exhibits(here: Workspace, sheets: Mapping[SheetName, Assessment], today: date) -> list[Exhibit]:
    """Return the rows of the register, in its order; files are looked at, not read whole.

    Raises:
        FilesError: the register can't be read.
    """
    register = here.register()
    cited = _citations(sheets)
    return [
        Exhibit(
            row_id,
            row,
            cited.get(row_id, ()),
            _kind(here, row),
            tuple(_faults(here, row, cited.get(row_id, ()), today)),
            _same(register, row_id, row),
        )
        for row_id, row in register.evidence.items()
    ]


def _citations(sheets: Mapping[SheetName, Assessment]) -> dict[str, tuple[Citation, ...]]:
    found: dict[str, tuple[Citation, ...]] = {}
    for name, seen in sheets.items():
        for state in seen.items:
            for row_id in state.answer.evidence if state.answer else ():
                found[row_id] = (*found.get(row_id, ()), Citation(name, state.item.id))
    return found


def _kind(here: Workspace, row: EvidenceRow) -> FileKind | None:
    path = file_of(here, row.file)
    return None if path is None else kind_of(path)


def _faults(
    here: Workspace, row: EvidenceRow, cited: tuple[Citation, ...], today: date
) -> Iterable[Fault]:
    if row.file is not None:
        path = file_of(here, row.file)
        if path is None:
            yield "missing"
        elif path.stat().st_size != row.file.size:
            yield "changed"
        elif misnamed(path):
            yield "misnamed"
    if row.expires is not None and row.expires < today:
        yield "expired"
    elif row.expires is not None and (row.expires - today).days <= _SOON:
        yield "expires_soon"
    if not cited:
        yield "unused"


def _same(register: Register, row_id: str, row: EvidenceRow) -> tuple[str, ...]:
    if row.file is None:
        return ()
    return tuple(
        other
        for other, one in register.evidence.items()
        if other != row_id and one.file is not None and one.file.sha256 == row.file.sha256
    )


def file_of(here: Workspace, file: EvidenceFile | None) -> Path | None:
    """Return where a registered file is; None where there is none, or it leads out of evidence/."""
    path = None if file is None else inside(here.root / "evidence", file.path)
    return path if path is not None and path.is_file() else None


def kind_of(path: Path) -> FileKind | None:
    """Return the kind of a file by its content; None for kinds that are not opened."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_SAMPLE)
    except OSError:
        return None
    for sign, kind in _STARTS:
        if start.startswith(sign):
            return kind
    return "text" if _is_text(start) else None


def misnamed(path: Path) -> bool:
    """Return whether a file's ending names a kind that is opened, and its content is not of it.

    A text may be in an encoding that is not known here.
    """
    named = _NAMED.get(path.suffix.lower())
    if named is None or not path.is_file():
        return False
    kind = kind_of(path)
    return kind != named and not (named == "text" and kind is None)


def _is_text(start: bytes) -> bool:
    """Whether bytes are UTF-8 without NUL; the last sign may be cut off by the sample's end."""
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data" and len(start) == _SAMPLE
        return cut and b"\0" not in start
    return b"\0" not in start


def add_file(
    here: Workspace, source: Path, *, title: str, round_id: str, by: str | None, now: datetime
) -> Added:
    """Register a file, copied into evidence/ROUND/; one with known content is found by its hash.

    Raises:
        UsageError: no such file, or too large.
        WriteError: the copy can't be written.
    """
    rows = here.register().evidence
    row_id, row = here.attach_file(source, title=title, round_id=round_id, by=by, now=now)
    return Added(row_id, row, known=row_id in rows)


def change_row(here: Workspace, row_id: str, fields: Mapping[str, str]) -> None:
    """Change title, paper place, day of effect or expiry of a row; an empty field goes.

    A dotted name reaches inside (`title.zh`).

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
    """
    here.edit_register(
        [
            Edit(("evidence", row_id, *name.split(".")), value or REMOVE)
            for name, value in fields.items()
        ]
    )


def remove_row(here: Workspace, row_id: str) -> None:
    """Take a row out of the register, and its file away unless another row has it.

    Raises:
        UsageError: the register has no such row.
    """
    rows = here.register().evidence
    if row_id not in rows:
        _ = translator(here.lang)
        raise UsageError(_("the register has no {id}").format(id=row_id))
    file = rows[row_id].file
    here.edit_register([Edit(("evidence", row_id), REMOVE)])
    paths = {row.file.path for key, row in rows.items() if row.file and key != row_id}
    path = file_of(here, file)
    if file is not None and path is not None and file.path not in paths:
        path.unlink(missing_ok=True)


def viewed_copy(here: Workspace, path: Path) -> Path:
    """Return a read-only copy of a file to be opened, its ending that of its content.

    A program that opens files goes by their names; a name from elsewhere is not trusted.

    Raises:
        UsageError: the file is of no kind that is opened.
    """
    kind = kind_of(path)
    if kind is None:
        _ = translator(here.lang)
        raise UsageError(_("only PDF, PNG, JPEG and text files are opened"))
    folder = here.root / PRIVATE / "view"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{sha256(path)[:16]}.{_ENDINGS[kind]}"
    if not target.exists():
        write_atomic(target, path.read_bytes(), here.lang)
        os.chmod(target, 0o400)  # noqa: PTH101  # the same
    return target
