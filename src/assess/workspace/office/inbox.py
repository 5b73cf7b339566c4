"""The files that are handed in: found in a folder, read, and kept by digest in the inbox."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

from assess import locations
from assess.errors import UsageError
from assess.file_bytes import read_start_of_regular_file
from assess.harmless import escape_control_characters, escape_non_utf8_path_bytes
from assess.i18n import Lang, translator
from assess.model.receipt import LONGEST_FILE_NAME
from assess.store.files import (
    create_file_unless_exists,
    make_and_flush_missing_folders,
    write_atomic,
)
from assess.workspace.hand_in.archive import (
    LONGEST_START,
    MOST_OF_A_HAND_IN,
    begins_as_pdf,
    begins_as_zip,
)
from assess.workspace.hand_in.outcome import FolderFault
from assess.workspace.office.office import Office

MOST_FILES: Final = 200_000
"""Files of a folder that are looked at in one run."""

_MOST_DEEP: Final = 20
"""Levels of folders that are looked into."""

_SETTLED: Final = 2_000_000_000
"""Nanoseconds after which the clock of any file system has gone on."""

PassedOver = (
    Literal["no-hand-in", "too-large", "unreadable", "missing", "link", "special-file", "folder"]
    | FolderFault
)
"""Why a file is not taken in, and gets no receipt; a folder is one that was not looked into."""


class IncomingFile(NamedTuple):
    """A file that was read; its name as a receipt stores it."""

    name: str
    data: bytes
    digest: str
    """With the name of the algorithm before it."""


def list_incoming_paths(
    sources: Sequence[Path], lang: Lang, report_count: Callable[[int], None]
) -> list[Path]:
    """Return the files that are named, and those in the folders that are named, sorted.

    No link is followed; links, pipes, devices and folders that can't be looked into are returned,
    too, and `read_incoming_file` says what they are. Hidden files and folders are left out.

    Raises:
        UsageError: there are too many.
    """
    paths: list[Path] = []
    for source in sources:
        if source.is_symlink() or not source.is_dir():
            paths.append(source)
            continue
        for path in _walk_folder(source):
            paths.append(path)
            if len(paths) % 1000 == 0:
                report_count(len(paths))
            if len(paths) > MOST_FILES:
                _ = translator(lang)
                message = _("more than {count} files are here").format(count=MOST_FILES)
                raise UsageError(message, _("take them in by parts: name one folder at a time"))
    return sorted(dict.fromkeys(paths))


def _walk_folder(folder: Path) -> Iterator[Path]:
    waiting = [(folder, 0)]
    while waiting:
        current, depth = waiting.pop()
        try:
            with os.scandir(current) as scan:
                entries = [entry for entry in scan if not entry.name.startswith((".", "~$"))]
        except OSError:
            yield current
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and depth < _MOST_DEEP:
                waiting.append((Path(entry.path), depth + 1))
            else:
                yield Path(entry.path)


def read_incoming_file(path: Path) -> IncomingFile | PassedOver:
    """Return a file, or why it is passed over; nothing else but its bytes is looked at."""
    try:
        kind = _find_kind_of_other_than_file(path.lstat().st_mode)
        if kind is not None:
            return kind
        start = read_start_of_regular_file(path, LONGEST_START, os.O_NOFOLLOW)
        if not is_start_of_hand_in(start):
            return "no-hand-in"
        data = read_start_of_regular_file(path, MOST_OF_A_HAND_IN + 1, os.O_NOFOLLOW)
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except OSError:
        return "unreadable"
    if len(data) > MOST_OF_A_HAND_IN:
        return "too-large"
    return make_incoming_file(path.name, data)


def make_incoming_file(path_name: str, data: bytes) -> IncomingFile:
    """Return bytes as a file that came in under a name, which a stranger chose."""
    name = escape_control_characters(escape_non_utf8_path_bytes(path_name))
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    return IncomingFile(name[:LONGEST_FILE_NAME], data, digest)


def _find_kind_of_other_than_file(mode: int) -> PassedOver | None:
    """Return what a path is that is no file; None for a file."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "link"
    return "folder" if stat.S_ISDIR(mode) else "special-file"


def is_start_of_hand_in(start: bytes) -> bool:
    """Return whether bytes are the start of a ZIP or a PDF."""
    return begins_as_zip(start) or begins_as_pdf(start)


def keep_in_inbox(office: Office, file: IncomingFile) -> None:
    """Write a file into the inbox under its digest, unless it is there already.

    Other bytes under that digest are damage, or were put there by somebody: they are replaced.

    Raises:
        WriteError: it can't be written.
    """
    path = office.root / inbox_path(file.digest)
    make_and_flush_missing_folders(path.parent, office.lang)
    is_new = create_file_unless_exists(path, file.data, office.lang)
    if not is_new and not _has_bytes(path, file.data):
        write_atomic(path, file.data, office.lang)


def _has_bytes(path: Path, data: bytes) -> bool:
    """Return whether a path is a file with these bytes."""
    try:
        return read_start_of_regular_file(path, len(data) + 1, os.O_NOFOLLOW) == data
    except OSError:
        return False


def describe_state_of_inbox_file(office: Office, digest: str) -> str | None:
    """Return size, times and number of a file of the inbox, which differ once it is written again.

    None where it is no file, or was changed so lately that another change may bear the same time.
    """
    try:
        state = os.lstat(f"{office.root}/{inbox_path(digest)}")  # a path of pathlib takes as long
    except OSError:
        return None
    if not stat.S_ISREG(state.st_mode) or time.time_ns() - state.st_ctime_ns < _SETTLED:
        return None
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def inbox_path(digest: str) -> str:
    """Return the path of a file that was handed in."""
    return f"{locations.INBOX}/{digest.removeprefix('sha256:')}"
