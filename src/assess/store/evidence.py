"""Evidence files: taken into the workspace, and checked against the register."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.evidence import DIGITS, EvidenceFile, Register
from assess.problem import Problem
from assess.store.files import inside, make_folders, name_too_long, sha256, write_new
from assess.store.layout import REGISTER

MAX_SIZE = 50 * 1024 * 1024
"""Bytes that one evidence file may have; git keeps every version of it for ever."""

_LONGEST_NAME = 200
"""Bytes of a name: file systems take 255, and what is written first has a longer name."""

_LONGEST_ENDING = 20
"""Bytes of what is taken for a file's ending."""

_SHOWN = 40
"""Characters of a name that is too long to be shown."""


def take_in(
    root: Path, source: Path, round_id: str, lang: Lang, register: Register | None = None
) -> EvidenceFile:
    """Copy `source` into evidence/ROUND/ and return what the register holds of it.

    The copy's name holds the first digits of its hash: two clones give two files two names. A file
    that `register` knows is not copied again; it is put back where it has gone.

    Raises:
        UsageError: no such file, not a regular file, or larger than MAX_SIZE.
        WriteError: the copy can't be written.
    """
    data = _read_source(source, lang)
    digest = hashlib.sha256(data).hexdigest()
    rows = register.evidence.values() if register is not None else ()
    for row in rows:
        if (
            row.file is not None
            and row.file.sha256 == digest
            and _is_put(root, row.file, data, lang)
        ):
            return row.file
    folder = root / "evidence" / round_id
    make_folders(folder, lang)
    names = numbered(folder, hashed_name(source.name, digest))
    target = next(path for path in names if _holds(path, data, lang))
    path = target.relative_to(root / "evidence").as_posix()
    return EvidenceFile(path=path, sha256=digest, size=len(data))


def _read_source(source: Path, lang: Lang) -> bytes:
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


def _is_put(root: Path, file: EvidenceFile, data: bytes, lang: Lang) -> bool:
    """Return whether a registered file holds `data`: already, or put back now."""
    path = inside(root / "evidence", file.path)
    if path is None:
        return False
    make_folders(path.parent, lang)
    return _holds(path, data, lang)


def plain_name(name: str) -> str:
    """Return a file's name in NFC, its controls, hidden signs and bytes that are no text as `_`.

    A leading dot goes too: git reads `.gitattributes` and `.gitignore` in any folder.
    """
    plain = unicodedata.normalize("NFC", name)
    plain = "".join(one if one.isprintable() or one == "\u3000" else "_" for one in plain)
    return f"_{plain[1:]}" if plain.startswith(".") else plain


def hashed_name(name: str, digest: str) -> str:
    """Return the plain name with the first digits of the content's hash before its ending.

    A name that holds them already is not given them twice; a long one is cut.
    """
    stem, ending = _split_ending(plain_name(name))
    mark = f"-{digest[:DIGITS]}"
    room = _LONGEST_NAME - len(f"{mark}{ending}".encode())
    short = stem.removesuffix(mark).encode()[:room].decode("utf-8", "ignore")
    return f"{short}{mark}{ending}"


def _split_ending(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > _LONGEST_ENDING:
        return name, ""
    return stem, dot + ending


def numbered(folder: Path, name: str) -> Iterator[Path]:
    """Return the paths that a file may get, best first, without end."""
    stem, ending = _split_ending(name)
    yield folder / name
    yield from (folder / f"{stem}-{number}{ending}" for number in count(2))


def _holds(path: Path, data: bytes, lang: Lang) -> bool:
    """Return whether the file holds `data`: now that it was made, or already."""
    if not os.path.lexists(path) and write_new(path, data, lang):
        return True
    return path.is_file() and path.read_bytes() == data


def check_files(root: Path, register: Register, lang: Lang) -> list[Problem]:
    """Return a problem for each registered file that is missing, changed or outside evidence/."""
    problems = []
    for row_id, row in register.evidence.items():
        if row.file is None:
            continue
        fault = _fault(root, row.file, lang)
        if fault:
            code, message, hint = fault
            path = ("evidence", row_id, "file", "path")
            problems.append(Problem(REGISTER, code, message, hint, path=path))
    return problems


def _fault(root: Path, file: EvidenceFile, lang: Lang) -> tuple[str, str, str] | None:
    return _path_fault(root, file, lang) or _file_fault(root / "evidence" / file.path, file, lang)


def _path_fault(root: Path, file: EvidenceFile, lang: Lang) -> tuple[str, str, str] | None:
    _ = translator(lang)
    if name_too_long(file.path):
        message = _("no file can have so long a name: {path}…").format(path=file.path[:_SHOWN])
        return "evidence-name-long", message, _("give the file a shorter name, and write it here")
    if inside(root / "evidence", file.path) is None:
        message = _("{path} leads out of evidence/").format(path=file.path)
        return "evidence-outside", message, _("give a path under evidence/, without .. or links")
    if not unicodedata.is_normalized("NFC", file.path):
        message = _("{path} is written with decomposed characters").format(path=file.path)
        return "evidence-not-nfc", message, _("rename the file and write its path in Unicode NFC")
    return None


def _file_fault(path: Path, file: EvidenceFile, lang: Lang) -> tuple[str, str, str] | None:
    _ = translator(lang)
    if not path.is_file():
        message = _("{path} is missing").format(path=file.path)
        return "evidence-missing", message, _("put the file back, or remove its row")
    if path.stat().st_size > MAX_SIZE:
        return "evidence-too-large", _("{path} is too large").format(path=file.path), ""
    if path.stat().st_size != file.size or sha256(path) != file.sha256:
        message = _("{path} was changed after it was registered").format(path=file.path)
        return "evidence-changed", message, _("register it again, or put the old file back")
    return None
