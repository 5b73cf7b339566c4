"""The file of a report: it is never written over a file that can't be made again."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from assess.errors import UsageError, WriteError
from assess.file_bytes import read_regular_file
from assess.i18n import N_, Lang, translator
from assess.store.files import MAX_REPORT, make_and_flush_missing_folders, write_atomic
from assess.store.report_seal import SealForm, is_unchanged_report, seal_report_if_possible

__all__ = [
    "SealForm",
    "refuse_replacing_edited_report",
    "seal_report_if_possible",
    "write_report_unless_edited",
]

_ANOTHER_NAME: Final = N_("move it elsewhere, or write under another name: -o FILE")


def write_report_unless_edited(
    path: Path, data: bytes, lang: Lang, seal: SealForm = "structure"
) -> None:
    """Write a report so that a reader sees the old file or the whole new one.

    Raises:
        UsageError: a file that was signed or changed stands there.
        WriteError: it can't be written; nothing was changed.
        UnconfirmedError: it is written, but the disk did not confirm it.
    """
    make_and_flush_missing_folders(path.parent, lang)
    refuse_replacing_edited_report(path, lang, seal, data)
    write_atomic(path, data, lang)


def refuse_replacing_edited_report(
    path: Path, lang: Lang, seal: SealForm = "structure", data: bytes = b""
) -> None:
    """Refuse to replace a file that can't be made again: it was signed, filled in or edited.

    A file without a seal (CSV, JSON) shows no change: a report without a seal may replace it.
    `data` that begins with all bytes of the file loses nothing.

    Raises:
        UsageError: names the file; or it is no ordinary file: a link, a pipe, a device, a folder.
        WriteError: the file can't be read.
    """
    try:
        old = _read_file_to_replace_unless_large(path, lang)
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror}") from error
    is_table = seal == "none" and old is not None and not old.startswith(b"%PDF")
    if old is None or not (is_table or data.startswith(old) or is_unchanged_report(old)):
        _ = translator(lang)
        message = _("{path} was signed or changed, or is no report of this program; it stays")
        raise UsageError(message.format(path=path), _(_ANOTHER_NAME))


def _read_file_to_replace_unless_large(path: Path, lang: Lang) -> bytes | None:
    """Return the bytes of a file to replace; None if it is larger than any report, thus not read.

    Raises:
        UsageError: it is no ordinary file.
        OSError: it can't be read.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    if not stat.S_ISREG(status.st_mode):
        _ = translator(lang)
        message = _("{path} is no ordinary file but a link, a folder, a pipe or a device; it stays")
        raise UsageError(message.format(path=path), _(_ANOTHER_NAME))
    if status.st_size > MAX_REPORT:
        return None
    return read_regular_file(path, MAX_REPORT, os.O_NOFOLLOW)
