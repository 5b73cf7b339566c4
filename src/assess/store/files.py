"""Read and write files: limits, encodings, atomic writes."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from assess.errors import FilesError, UnconfirmedError, WriteError
from assess.file_bytes import (
    create_file_atomically,
    read_start_of_regular_file,
    write_file_atomically,
)
from assess.harmless import quote_for_shell
from assess.i18n import N_, Lang, translator
from assess.problem import Problem
from assess.store.file_limits import USUAL_LIMITS
from assess.store.flushing import flush_folder
from assess.store.yaml.reading.problem_words import position_of_index

MAX_FILE: Final = USUAL_LIMITS.size
"""Bytes of a YAML file, but for the kinds with limits of their own."""

MAX_REPORT: Final = 128 * 1024 * 1024
"""Bytes of a report or a template file, such as a scan of many pages or a font."""


def read_utf8_file(
    path: Path,
    lang: Lang,
    file: str | None = None,
    limit: int = MAX_FILE,
    *,
    follow_links: bool = True,
) -> str:
    """Return the text of a UTF-8 file; `file` is its name in problems, `limit` is in bytes.

    Without `follow_links` a symbolic link is refused: neither a commit nor the digest of a report
    covers the target of a link.

    Raises:
        FilesError: the file is missing, no regular file, unreadable, too large or not UTF-8. The
            problem says whether it is UTF-16, GBK or begins with a byte-order mark.
    """
    name = file or str(path)
    try:
        data = read_start_of_regular_file(path, limit + 1, 0 if follow_links else os.O_NOFOLLOW)
    except OSError as error:
        raise _make_files_error(_unreadable_file_problem(error, name, lang)) from error
    if len(data) > limit:
        _ = translator(lang)
        message = _("the file is larger than {limit} MiB").format(limit=limit // 1024 // 1024)
        raise _make_files_error(Problem(name, "too-large", message, line=1, column=1))
    return decode_utf8(data, lang, name)


def _unreadable_file_problem(error: OSError, file: str, lang: Lang) -> Problem:
    _ = translator(lang)
    code, message = {
        errno.ENOENT: ("file-missing", _("there is no such file")),
        errno.ENOTDIR: ("file-missing", _("there is no such file")),
        errno.EISDIR: ("not-a-file", _("this is a folder or device, not a file")),
        errno.EINVAL: ("not-a-file", _("this is a folder or device, not a file")),
        errno.EACCES: ("unreadable", _("this user may not read the file")),
        errno.ELOOP: ("link", _("this is a link, not a file")),
    }.get(error.errno or 0, ("unreadable", error.strerror or str(error)))
    hint = _("put the file itself in its place") if code == "link" else ""
    return Problem(file, code, message, hint, line=1, column=1)


def decode_utf8(data: bytes, lang: Lang, file: str) -> str:
    """Decode bytes as strict UTF-8 without a byte-order mark.

    Raises:
        FilesError: the bytes are something else; its problem says what they look like.
    """
    _ = translator(lang)
    if data and is_empty_or_nul_bytes(data):
        message = _("the file holds nothing but zero bytes")
        hint = _("after a power cut: assess commit puts back what git has")
        raise _make_files_error(Problem(file, "empty-file", message, hint, line=1, column=1))
    if _looks_like_utf_16(data[:8]):
        message, hint = _("this is UTF-16, not UTF-8"), _("save the file as UTF-8")
        raise _make_files_error(Problem(file, "utf-16", message, hint, line=1, column=1))
    if data.startswith(b"\xef\xbb\xbf"):
        message, hint = _("a byte-order mark stands here"), _("save as UTF-8 without BOM")
        if b"\r\n" in data:
            message = _("a byte-order mark stands here, and lines end in CRLF (Windows)")
            hint = _(
                "save as UTF-8 without BOM and with LF line ends, or:"
                " sed -i '1s/^\\xef\\xbb\\xbf//; s/\\r$//' {file}"
            ).format(file=quote_for_shell(file))
        raise _make_files_error(Problem(file, "bom", message, hint, line=1, column=1))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _make_files_error(_not_utf_8_problem(data, error.start, lang, file)) from error


def _not_utf_8_problem(data: bytes, start: int, lang: Lang, file: str) -> Problem:
    _ = translator(lang)
    before = data[:start].decode("utf-8")
    line, column = position_of_index(before, len(before))
    code, message, hint = "not-utf-8", _("this is not UTF-8"), _("save the file as UTF-8")
    if _looks_like_gbk(data):
        code, message = "gbk", _("this looks like GBK, not UTF-8")
        hint = _("save the file as UTF-8, or: iconv -f GB18030 -t UTF-8 OLD > NEW")
    return Problem(file, code, message, hint, line=line + 1, column=column + 1)


def is_empty_or_nul_bytes(data: bytes) -> bool:
    """Return whether data is empty or has only NUL bytes, as in files after a power cut."""
    return not data.strip(b"\0")


def _looks_like_utf_16(start: bytes) -> bool:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return len(start) > 1 and not (any(start[::2]) and any(start[1::2]))


def _looks_like_gbk(data: bytes) -> bool:
    """Return whether the bytes decode as GB 18030, mostly to characters of the common GB 2312."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    beyond = "".join(sign for sign in text if sign > "\x7f")
    return len(beyond.encode("gb2312", "ignore")) > len(beyond)  # two bytes a sign


def _make_files_error(problem: Problem) -> FilesError:
    return FilesError(str(problem), [problem])


def write_atomic(
    path: Path, data: bytes, lang: Lang, check_before_rename: Callable[[], None] | None = None
) -> None:
    """Write `data` to the file atomically: a reader sees the old bytes or the new bytes.

    It is `write_file_atomically`, then the folder is flushed.

    Raises:
        WriteError: the folder is missing or read-only, the disk is full, …; nothing was changed.
        UnconfirmedError: the file is written, but the disk did not confirm its name.
    """
    try:
        write_file_atomically(path, data, check_before_rename)
    except OSError as error:
        raise make_write_error(error, path, lang) from error
    flush_folder_entry(path, lang)


def create_file_unless_exists(path: Path, data: bytes, lang: Lang) -> bool:
    """Create the file atomically unless it exists; return whether it was created.

    Of several processes that create the same name at once, one succeeds.

    Raises:
        WriteError: the folder is missing or read-only, the disk is full, …; nothing was changed.
        UnconfirmedError: the file is written, but the disk did not confirm its name.
    """
    try:
        create_file_atomically(path, data)
    except FileExistsError:
        return False
    except OSError as error:
        raise make_write_error(error, path, lang) from error
    flush_folder_entry(path, lang)
    return True


def flush_folder_entry(path: Path, lang: Lang) -> None:
    """Flush the folder entry of a file that was written.

    Raises:
        UnconfirmedError: the disk did not confirm it.
    """
    try:
        flush_folder(path.parent)
    except OSError as error:
        raise make_not_flushed_error(error, path, lang) from error


def make_not_flushed_error(error: OSError, path: Path, lang: Lang) -> UnconfirmedError:
    """Return the error of a file or folder that is written, but not confirmed by the disk."""
    _ = translator(lang)
    message = _("{path} is written, but the disk did not confirm it: {reason}")
    return UnconfirmedError(
        message.format(path=path, reason=error.strerror),
        _("copy the workspace to another disk; look what this one reports: dmesg | tail"),
    )


def make_and_flush_missing_folders(folder: Path, lang: Lang) -> None:
    """Create a folder and its missing parents, and flush the folder entries of the new ones.

    Raises:
        WriteError: a folder can't be made.
        UnconfirmedError: the folders are made, but the disk did not confirm their names.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise make_write_error(error, folder, lang) from error
    for path in missing:
        flush_folder_entry(path, lang)


_WRITE_HINTS: Final[dict[int, tuple[str, str]]] = {
    errno.ENOSPC: (
        N_("{path} can't be written: the disk is full"),
        N_("make room and try again; the old file is unchanged"),
    ),
    errno.EDQUOT: (
        N_("{path} can't be written: this user's quota is used up"),
        N_("make room and try again; the old file is unchanged"),
    ),
    errno.EACCES: (
        N_("{path} can't be written: this user may not write in the folder"),
        N_("ask its owner for the right to write, or work in a copy; the old file is unchanged"),
    ),
    errno.EROFS: (
        N_("{path} can't be written: the folder is read-only"),
        N_("work in a copy of the workspace elsewhere; the old file is unchanged"),
    ),
    errno.ENOENT: (
        N_("{path} can't be written: its folder is missing"),
        N_("make the folder, or look whether the workspace was moved"),
    ),
}


def make_write_error(error: OSError, path: Path, lang: Lang) -> WriteError:
    """Return the error of a failed write, with a hint what to do."""
    _ = translator(lang)
    number = errno.EACCES if error.errno == errno.EPERM else error.errno or 0
    message, hint = _WRITE_HINTS.get(
        number,
        (N_("{path} can't be written: {reason}"), N_("the old file is unchanged")),
    )
    return WriteError(_(message).format(path=path, reason=error.strerror), _(hint))


def compute_file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
