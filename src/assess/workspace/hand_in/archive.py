"""The ZIP of a hand-in: which files it may hold, how large they may be, and its exact bytes."""

from __future__ import annotations

import struct
from typing import Final

from assess import locations
from assess.model.hand_in import DATA, INPUTS_FOLDER, MANIFEST, REPORT, SIGNED_FOLDER
from assess.workspace.core.arriving_zip import (
    BrokenZipError,
    ZipLimits,
    is_portable_printable_path,
    make_stored_zip,
    unzip_files,
)
from assess.workspace.hand_in.outcome import HandInRefusedError, make_note

_MB: Final = 1 << 20
MOST_OF_A_HAND_IN: Final = 256 * _MB
MOST_FILES: Final = 5000
MOST_OF_A_SCAN: Final = 20 * _MB
_MOST_OF_INPUTS: Final = 64 * _MB
"""Bytes of all inputs, as in a ZIP of the inputs of a report."""

_MOST_BY_FOLDER: Final = {
    MANIFEST: 4 * _MB,
    DATA: 64 * _MB,
    REPORT: 128 * _MB,
    INPUTS_FOLDER: 16 * _MB,
    SIGNED_FOLDER: MOST_OF_A_SCAN,
    locations.EVIDENCE: 50 * _MB,
}
"""Bytes of one file, by its name or the folder that it is in."""

_LIMITS: Final = ZipLimits(
    MOST_OF_A_HAND_IN, MOST_FILES, max(_MOST_BY_FOLDER.values()), MOST_OF_A_HAND_IN
)
_START: Final = b"PK\x03\x04"
_END: Final = struct.Struct("<4s4H2LH")
"""The record at the end of a ZIP: its mark, counts, size and place of the directory, a comment."""
_END_MARK: Final = b"PK\x05\x06"
_PDF_START: Final = b"%PDF-"
LONGEST_START: Final = 1024
"""Bytes in which a PDF has to begin: readers of PDF allow some before `%PDF-`."""
_FARTHEST_END: Final = 1 << 17
"""Bytes at the end of a ZIP in which its end record stands, whatever was put behind it."""


def begins_as_zip(start: bytes) -> bool:
    """Return whether bytes are the start of a ZIP, also of an empty one."""
    return start.startswith((_START, _END_MARK))


def begins_as_pdf(start: bytes) -> bool:
    """Return whether bytes are the start of a PDF, and of no ZIP."""
    return not begins_as_zip(start) and _PDF_START in start[:LONGEST_START]


def unpack_hand_in(data: bytes) -> dict[str, bytes]:
    """Return the files of a hand-in by path.

    Raises:
        HandInRefusedError: it is no ZIP, or not one as `assess submit` writes it.
    """
    try:
        files = unzip_files(data, _LIMITS, is_allowed_path, _cut_out_directory(data))
    except BrokenZipError as error:
        limit = MOST_FILES if error.fault == "zip-many-files" else most_of_file(error.path) // _MB
        raise HandInRefusedError(make_note(error.fault, error.path, limit=limit)) from error
    _refuse_large_files(files)
    if make_stored_zip(files) != data:
        raise HandInRefusedError(make_note("zip-form"))
    return files


def is_allowed_path(path: str) -> bool:
    """Return whether a hand-in may hold a file of this path."""
    folder, separator, inner_path = path.partition("/")
    if not separator:
        return path in (MANIFEST, DATA, REPORT)
    if not is_portable_printable_path(path):
        return False
    if folder == INPUTS_FOLDER:
        return _is_allowed_input_path(inner_path)
    return folder in (SIGNED_FOLDER, locations.EVIDENCE)


def _is_allowed_input_path(path: str) -> bool:
    if path in (locations.CONFIG, locations.REGISTER, locations.FINDINGS):
        return True
    folders = (locations.CHECKLISTS, locations.ANSWERS)
    return path.startswith(tuple(f"{folder}/" for folder in folders)) and path.endswith(".yaml")


def most_of_file(path: str) -> int:
    """Return how many bytes a file of a hand-in may have; of '' the whole hand-in."""
    return _MOST_BY_FOLDER.get(path.partition("/")[0], MOST_OF_A_HAND_IN)


def _refuse_large_files(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        if len(data) > most_of_file(path):
            limit = most_of_file(path) // _MB
            raise HandInRefusedError(make_note("zip-file-large", path, limit=limit))
    inputs = (len(data) for path, data in files.items() if path.startswith(f"{INPUTS_FOLDER}/"))
    if sum(inputs) > _MOST_OF_INPUTS:
        note = make_note("zip-unpacked-large", INPUTS_FOLDER, limit=_MOST_OF_INPUTS // _MB)
        raise HandInRefusedError(note)


def _cut_out_directory(data: bytes) -> bytes:
    """Return the directory of a ZIP, which must be the last thing in it but its end record.

    Raises:
        HandInRefusedError: it is not, or this is no ZIP.
    """
    if len(data) > MOST_OF_A_HAND_IN:
        raise HandInRefusedError(make_note("zip-large", limit=MOST_OF_A_HAND_IN // _MB))
    end = len(data) - _END.size
    if end < 0 or _END_MARK not in data[-_FARTHEST_END:]:
        raise HandInRefusedError(make_note("zip-damaged"))
    mark, *_counts, count, size, start, _comment = _END.unpack(data[end:])
    if mark == _END_MARK and count > MOST_FILES:
        raise HandInRefusedError(make_note("zip-many-files", limit=MOST_FILES))
    if mark != _END_MARK or start + size != end or not begins_as_zip(data):
        raise HandInRefusedError(make_note("zip-form"))
    return data[start:end]
