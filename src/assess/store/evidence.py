"""Evidence files: copied into the workspace, and checked against the register."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath

from assess import locations
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.locations import REGISTER
from assess.model.evidence import DIGITS, EvidenceFile, Register
from assess.problem import Problem
from assess.store.files import (
    compute_file_sha256,
    create_file_unless_exists,
    make_and_flush_missing_folders,
)
from assess.store.inner_paths import is_name_too_long, resolve_path_inside

CodeMessageHint = tuple[str, str, str]
"""What a problem says: its code, its message, and what to do, '' for nothing."""

MAX_SIZE = 50 * 1024 * 1024
"""Bytes of an evidence file; git stores every version of it for ever."""

_LONGEST_NAME = 200
"""Bytes of a name: file systems accept 255, and the temporary file has a longer name."""

_LONGEST_ENDING = 20
"""Bytes of a file's suffix; a longer one counts as part of the name."""

_SHOWN = 40
"""Characters that a message shows of a name that is too long."""


def copy_into_evidence_unless_registered(
    root: Path, source: Path, round_id: str, lang: Lang, register: Register | None = None
) -> EvidenceFile:
    """Copy `source` into evidence/ROUND/ and return its entry for the register.

    The copy's name has the first digits of its digest, so two clones never give two files the same
    name. A file in `register` is not copied again; it is restored if it is missing.

    Raises:
        UsageError: no such file, not a regular file, or larger than MAX_SIZE.
        WriteError: the copy can't be written.
    """
    data = _read_evidence_source_file(source, lang)
    digest = hashlib.sha256(data).hexdigest()
    rows = register.evidence.values() if register is not None else ()
    for row in rows:
        if (
            row.file is not None
            and row.file.sha256 == digest
            and _restore_if_missing_and_compare(root, row.file, data, lang)
        ):
            return row.file
    folder = root / locations.EVIDENCE / round_id
    make_and_flush_missing_folders(folder, lang)
    names = numbered_target_paths(folder, make_safe_name_with_digest(source.name, digest))
    target = next(path for path in names if _create_if_missing_and_compare(path, data, lang))
    path = target.relative_to(root / locations.EVIDENCE).as_posix()
    return EvidenceFile(path=path, sha256=digest, size=len(data))


def _read_evidence_source_file(source: Path, lang: Lang) -> bytes:
    _ = translator(lang)
    if not source.is_file():
        raise UsageError(_("{path} is not a file").format(path=source))
    if source.stat().st_size > MAX_SIZE:
        limit = MAX_SIZE // 1024 // 1024
        raise UsageError(
            _("{path} is larger than {limit} MB").format(path=source, limit=limit),
            _("attach an excerpt, or register where the paper is kept"),
        )
    return source.read_bytes()


def _restore_if_missing_and_compare(
    root: Path, file: EvidenceFile, data: bytes, lang: Lang
) -> bool:
    """Return whether a registered file holds `data`; restore it if it is missing.

    The register may come from others: under a name that no copy gets, nothing is restored.
    """
    parts = PurePosixPath(file.path).parts
    if is_name_read_by_git(file.path) or any(
        part != make_safe_evidence_name(part) for part in parts
    ):
        return False
    path = resolve_path_inside(root / locations.EVIDENCE, file.path)
    if path is None:
        return False
    make_and_flush_missing_folders(path.parent, lang)
    return _create_if_missing_and_compare(path, data, lang)


def is_name_read_by_git(path: str) -> bool:
    """Return whether git reads a file of this path, or one in it, as its own.

    `.gitattributes` in any folder says how files are changed. Some file systems know `.git` in any
    case, with characters that nobody sees, or as `git~1`.
    """
    plain = ("".join(filter(str.isprintable, part)).casefold() for part in path.split("/"))
    return any(part.startswith((".git", "git~")) for part in plain)


def make_safe_evidence_name(name: str) -> str:
    """Return a file's name in NFC, with `_` for control, invisible and undecodable characters.

    A leading dot becomes `_` too: git reads `.gitattributes` and `.gitignore` in any folder. A name
    that Windows takes for a device gets a `_` before it.
    """
    plain = unicodedata.normalize("NFC", name)
    plain = "".join(
        character if character.isprintable() or character == "\u3000" else "_"
        for character in plain
    )
    if locations.is_windows_device_name(plain):
        return f"_{plain}"
    return f"_{plain[1:]}" if plain.startswith(".") else plain


def make_safe_name_with_digest(name: str, digest: str) -> str:
    """Return the plain name with the first digits of the content's digest before its suffix.

    A name that ends in these digits does not get them twice. A long name is cut.
    """
    stem, ending = _split_file_suffix(make_safe_evidence_name(name))
    mark = f"-{digest[:DIGITS]}"
    room = _LONGEST_NAME - len(f"{mark}{ending}".encode())
    short = stem.removesuffix(mark).encode()[:room].decode("utf-8", "ignore")
    return f"{short}{mark}{ending}"


def _split_file_suffix(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > _LONGEST_ENDING:
        return name, ""
    return stem, dot + ending


def numbered_target_paths(folder: Path, name: str) -> Iterator[Path]:
    """Yield the paths that a file may get, the preferred one first, without end."""
    stem, ending = _split_file_suffix(name)
    yield folder / name
    yield from (folder / f"{stem}-{number}{ending}" for number in count(2))


def _create_if_missing_and_compare(path: Path, data: bytes, lang: Lang) -> bool:
    """Write `data` if there is no file; return whether the file then holds `data`."""
    if not os.path.lexists(path) and create_file_unless_exists(path, data, lang):
        return True
    # The size first: a file of other bytes may have any size.
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def find_registered_file_problems(root: Path, register: Register, lang: Lang) -> list[Problem]:
    """Return a problem for each registered file that is missing, changed or outside evidence/."""
    problems = []
    for row_id, row in register.evidence.items():
        if row.file is None:
            continue
        fault = _find_registered_file_fault(root, row.file, lang)
        if fault:
            code, message, hint = fault
            path = ("evidence", row_id, "file", "path")
            problems.append(Problem(REGISTER, code, message, hint, path=path))
    return problems


def _find_registered_file_fault(
    root: Path, file: EvidenceFile, lang: Lang
) -> CodeMessageHint | None:
    return _find_path_fault(root, file, lang) or _find_content_fault(
        root / locations.EVIDENCE / file.path, file, lang
    )


def _find_path_fault(root: Path, file: EvidenceFile, lang: Lang) -> CodeMessageHint | None:
    _ = translator(lang)
    if is_name_too_long(file.path):
        message = _("no file can have so long a name: {path}…").format(path=file.path[:_SHOWN])
        return "evidence-name-long", message, _("give the file a shorter name, and write it here")
    if resolve_path_inside(root / locations.EVIDENCE, file.path) is None:
        message = _("{path} leads out of evidence/").format(path=file.path)
        return "evidence-outside", message, _("give a path under evidence/, without .. or links")
    if is_name_read_by_git(file.path):
        message = _("{path} is a name that git reads as its own").format(path=file.path)
        return "evidence-name-git", message, _("give the file another name, and write it here")
    if not unicodedata.is_normalized("NFC", file.path):
        message = _("{path} is written with decomposed characters").format(path=file.path)
        return "evidence-not-nfc", message, _("rename the file and write its path in Unicode NFC")
    return None


def _find_content_fault(path: Path, file: EvidenceFile, lang: Lang) -> CodeMessageHint | None:
    _ = translator(lang)
    if not path.is_file():
        message = _("{path} is missing").format(path=file.path)
        return "evidence-missing", message, _("put the file back, or remove its row")
    if path.stat().st_size > MAX_SIZE:
        return "evidence-too-large", _("{path} is too large").format(path=file.path), ""
    if path.stat().st_size != file.size or compute_file_sha256(path) != file.sha256:
        message = _("{path} was changed after it was registered").format(path=file.path)
        return "evidence-changed", message, _("register it again, or put the old file back")
    return None
