"""Reading and writing ZIPs of plain files that pass between people; any ZIP may be a stranger's.

Nothing is written to the disk: files are returned by path. Reading belongs into the limited child.
"""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final, Literal, NamedTuple

from assess.damaged_zip import ENCRYPTED, ZIP_ERRORS
from assess.harmless import escape_as_single_line
from assess.locations import is_windows_device_name

HIGHEST_RATIO: Final = 100
"""How many times larger a packed file may become; answers and checklists shrink to a tenth."""

LONGEST_PATH: Final = 400
"""Bytes of a path in UTF-8."""

LONGEST_NAME: Final = 240
"""Bytes of a file's or folder's name: file systems take 255."""

_SMALL: Final = 1 << 17
"""Bytes up to which any ratio is harmless."""

_MEMBER: Final = b"PK\x01\x02"
"""The beginning of a row in the directory of a ZIP."""

_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold."""
_ORDINARY_FILE: Final = 0o100644 << 16

ZipFault = Literal[
    "zip-large",
    "zip-many-files",
    "zip-damaged",
    "zip-unknown-file",
    "zip-link",
    "zip-encrypted",
    "zip-packing",
    "zip-file-large",
    "zip-ratio",
    "zip-unpacked-large",
    "zip-same-path",
]
"""Why a ZIP is refused."""


class BrokenZipError(ValueError):
    """A ZIP is none, is damaged, or holds what it may not; `path` is that of the file in it."""

    def __init__(self, fault: ZipFault, path: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.path = path


class ZipLimits(NamedTuple):
    """What a ZIP may have: bytes in all, files, bytes of a file, bytes of all files unpacked."""

    most_of_a_zip: int
    most_files: int
    most_of_a_file: int
    most_in_all: int


def unzip_files(
    data: bytes,
    limits: ZipLimits,
    is_allowed: Callable[[str], bool],
    directory: bytes | None = None,
) -> dict[str, bytes]:
    """Return the files of a ZIP by path; `is_allowed` tells which paths it may have.

    `directory` is the part of the ZIP in which its files are counted, None: all of it.

    Raises:
        BrokenZipError: it is no ZIP, is damaged, or holds what it may not.
    """
    if len(data) > limits.most_of_a_zip:
        raise BrokenZipError("zip-large")
    # Each row of its directory begins so: more of them are not even listed.
    if (data if directory is None else directory).count(_MEMBER) > limits.most_files:
        raise BrokenZipError("zip-many-files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [member for member in package.infolist() if not _is_folder(member)]
            _refuse_invalid_members(members, limits, is_allowed)
            return {member.filename: _read_member(package, member) for member in members}
    except BrokenZipError:
        raise
    except ZIP_ERRORS as error:
        raise BrokenZipError("zip-damaged") from error


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """Return whether a member is a folder, which says nothing: folders are made for files."""
    return member.is_dir() and not member.file_size


def _refuse_invalid_members(
    members: list[zipfile.ZipInfo], limits: ZipLimits, is_allowed: Callable[[str], bool]
) -> None:
    for member in members:
        # The library ends a name at a NUL byte.
        if member.orig_filename != member.filename or not is_allowed(member.filename):
            raise BrokenZipError("zip-unknown-file", member.orig_filename)
        _refuse_invalid_kind(member)
        _refuse_oversized_member(member, limits)
    if sum(member.file_size for member in members) > limits.most_in_all:
        raise BrokenZipError("zip-unpacked-large")
    refuse_clashing_paths(member.filename for member in members)


def _refuse_invalid_kind(member: zipfile.ZipInfo) -> None:
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        raise BrokenZipError("zip-link", member.filename)
    if member.flag_bits & ENCRYPTED:
        raise BrokenZipError("zip-encrypted", member.filename)
    if member.compress_type not in _PACKINGS:
        raise BrokenZipError("zip-packing", member.filename)


def _refuse_oversized_member(member: zipfile.ZipInfo, limits: ZipLimits) -> None:
    if member.file_size > limits.most_of_a_file:
        raise BrokenZipError("zip-file-large", member.filename)
    if member.file_size > max(_SMALL, HIGHEST_RATIO * member.compress_size):
        raise BrokenZipError("zip-ratio", member.filename)


def _read_member(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with package.open(member) as stream:
        data = stream.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise BrokenZipError("zip-damaged", member.filename)
    return data


def refuse_clashing_paths(paths: Iterable[str]) -> None:
    """Refuse paths that would be one file on some system, and files that are folders of others.

    Raises:
        BrokenZipError: there are such paths; names the first.
    """
    seen: dict[str, str] = {}
    for path in paths:
        plain = unicodedata.normalize("NFC", path).casefold()
        if plain in seen:
            raise BrokenZipError("zip-same-path", path)
        seen[plain] = path
    for plain, path in seen.items():
        if any(str(folder) in seen for folder in PurePosixPath(plain).parents):
            raise BrokenZipError("zip-same-path", path)


def make_stored_zip(files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of files by path, stored and not packed: the same files, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for path, data in sorted(files.items()):
            member = zipfile.ZipInfo(path, _FIRST_DAY)
            member.create_system = 3
            member.external_attr = _ORDINARY_FILE
            package.writestr(member, data)
    return out.getvalue()


def is_portable_printable_path(path: str) -> bool:
    """Return whether a path leads to a file below a folder, on every system, and can be printed.

    Drives, streams, devices and reserved characters of Windows, hidden files and git's folder are
    left out.
    """
    return (
        escape_as_single_line(path) == path
        and not set(path) & set('\\:*?"<>|')
        and len(path.encode("utf-8", "surrogatepass")) <= LONGEST_PATH
        and all(_is_portable_file_name(name) for name in path.split("/"))
    )


def _is_portable_file_name(name: str) -> bool:
    length = len(name.encode("utf-8", "surrogatepass"))
    return (
        0 < length <= LONGEST_NAME
        and not name.startswith((".", " "))
        and name[-1] not in ". "
        and not is_windows_device_name(name)
    )
