"""Reading of a ZIP of inputs that anybody may have made; in the child only.

Nothing is written: the files are returned by path. What no ZIP of this program has is refused.
"""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from assess.damaged_zip import ENCRYPTED, ZIP_ERRORS
from assess.i18n import N_
from assess.report.content.inputs_zip import (
    LONGEST_PATH,
    MOST_FILES,
    MOST_IN_ALL,
    MOST_OF_A_FILE,
    is_allowed_input_path,
)

MOST_OF_A_ZIP: Final = MOST_IN_ALL + MOST_FILES * 3 * LONGEST_PATH
"""Bytes: all files stored, and the heads of each."""

HIGHEST_RATIO: Final = 100
"""How many times larger a packed file may become; answers and checklists shrink to a tenth."""

_SMALL: Final = 1 << 17
"""Bytes up to which any ratio is harmless."""

_MEMBER: Final = b"PK\x01\x02"
"""The beginning of a row in the directory of a ZIP."""

_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class BrokenInputsError(ValueError):
    """A ZIP holds what no ZIP of inputs does; the text, marked by `N_`, names it."""


def unzip_inputs(data: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP by path.

    Raises:
        BrokenInputsError: it is no ZIP, is damaged, or holds what no ZIP of inputs does.
    """
    if len(data) > MOST_OF_A_ZIP:
        raise BrokenInputsError(N_("the ZIP is larger than any of this program"))
    # Each row of its directory begins so: more of them are not even listed.
    if data.count(_MEMBER) > MOST_FILES:
        raise BrokenInputsError(N_("the ZIP holds too many files"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [member for member in package.infolist() if not _is_folder(member)]
            _refuse_invalid_members(members)
            return {member.filename: _read_member(package, member) for member in members}
    except BrokenInputsError:
        raise
    except ZIP_ERRORS as error:
        raise BrokenInputsError(N_("the ZIP is none, or is damaged")) from error


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """Return whether a member is a folder, which says nothing: folders are made for files."""
    return member.is_dir() and not member.file_size


def _refuse_invalid_members(members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        _refuse_invalid_name_or_kind(member)
        _refuse_oversized_member(member)
    if sum(member.file_size for member in members) > MOST_IN_ALL:
        raise BrokenInputsError(N_("the ZIP unpacks to more than any of this program"))
    refuse_clashing_paths(member.filename for member in members)


def _refuse_invalid_name_or_kind(member: zipfile.ZipInfo) -> None:
    # The library ends a name at a NUL byte.
    if member.orig_filename != member.filename or not is_allowed_input_path(member.filename):
        raise BrokenInputsError(N_("the ZIP holds a file that no document is made from"))
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        raise BrokenInputsError(N_("the ZIP holds a link or a device"))
    if member.flag_bits & ENCRYPTED:
        raise BrokenInputsError(N_("the ZIP is encrypted"))
    if member.compress_type not in _PACKINGS:
        raise BrokenInputsError(N_("the ZIP is packed in a way that this program never uses"))


def _refuse_oversized_member(member: zipfile.ZipInfo) -> None:
    if member.file_size > MOST_OF_A_FILE:
        raise BrokenInputsError(N_("a file of the ZIP is larger than any of a workspace"))
    if member.file_size > max(_SMALL, HIGHEST_RATIO * member.compress_size):
        raise BrokenInputsError(N_("a file of the ZIP unpacks to more than 100 times its size"))


def _read_member(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with package.open(member) as stream:
        data = stream.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise BrokenInputsError(N_("the ZIP is none, or is damaged"))
    return data


def refuse_clashing_paths(paths: Iterable[str]) -> None:
    """Refuse paths that would be one file on some system, and files that are folders of others.

    Raises:
        BrokenInputsError: there are such paths.
    """
    alike = [unicodedata.normalize("NFC", path).casefold() for path in paths]
    files = set(alike)
    folders = {str(folder) for path in files for folder in PurePosixPath(path).parents}
    if len(files) < len(alike) or files & folders:
        raise BrokenInputsError(N_("two files of the ZIP have one path"))
