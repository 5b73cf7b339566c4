"""The files that a person may choose: of the home folder, the workspace and drives."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from assess.store.evidence import MAX_SIZE

DRIVES = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Where systems show USB sticks and network drives."""
SHOWN = 8
"""Maximum number of names that a completion returns."""
MOST = 2000
"""Maximum number of entries listed of a folder; other entries are reached by typing a path."""


class FileEntry(NamedTuple):
    """A folder or file; `size` is in bytes; `too_large` says that it can't be evidence."""

    path: Path
    is_folder: bool
    size: int = 0
    too_large: bool = False


class PathCompletion(NamedTuple):
    """A typed path as far as the names in its folder complete it, and the names that fit."""

    path: str
    names: tuple[str, ...]


def complete_path(typed: str) -> PathCompletion:
    """Complete the last name of an absolute path, or of one below `~`; other texts stay.

    A folder gets a slash. Hidden names fit only where a dot is typed. At most `SHOWN` names are
    returned.
    """
    head, slash, start = typed.rpartition("/")
    if not slash or not typed.startswith(("/", "~/")):
        return PathCompletion(typed, ())
    folder = Path(os.path.expanduser(head + slash))  # noqa: PTH111  # Path.expanduser raises for an unknown user
    fitting = sorted(
        path.name + "/" * _is_folder(path)
        for path in _list_children_if_readable(folder)
        if path.name.startswith(start) and path.name.startswith(".") <= start.startswith(".")
    )
    longest = os.path.commonprefix(fitting) if fitting else start  # noqa: RUF071  # of characters
    return PathCompletion(f"{head}/{longest}", tuple(fitting[:SHOWN]))


def _is_folder(path: Path) -> bool:
    """Return whether a path is a folder; a name that the system refuses is none."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises for a name that is too long


def _list_children_if_readable(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (OSError, ValueError):  # a path with a NUL
        return []


def list_browsable_folders(workspace: Path, last: Path | None = None) -> tuple[Path, ...]:
    """Return the folders that may be browsed, each once.

    They are the home folder, the workspace, the places where drives appear, if anything is there,
    and the folder from which a file was taken last.
    """
    folders: list[Path] = []
    drives = [folder for folder in DRIVES if _list_children_if_readable(folder)]
    for folder in (Path.home(), workspace, *drives, *((last,) if last else ())):
        real = Path(os.path.realpath(folder))  # Path.resolve raises for links in a circle
        if _is_folder(real) and real not in folders:
            folders.append(real)
    return tuple(folders)


def is_path_within(path: Path, within: Sequence[Path]) -> bool:
    """Return whether a path is inside one of the folders after links are resolved."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, a NUL
        return False
    return any(real.is_relative_to(root) for root in within)


def list_folder_or_return_file(path: Path, within: Sequence[Path]) -> list[FileEntry] | Path | None:
    """Return the entries of a folder, or the path of a file; None if missing or outside."""
    if not is_path_within(path, within):
        return None
    if _is_folder(path):
        return list_visible_entries_for_choice(path, within)
    return path if os.path.isfile(path) else None  # noqa: PTH113  # as `_is_folder`


def list_visible_entries_for_choice(folder: Path, within: Sequence[Path]) -> list[FileEntry]:
    """Return the folders, then the files, sorted by name.

    Hidden entries and links that lead outside are left out. The parent folder comes first where it
    may be browsed; else the other browsable folders come first. An unreadable folder is empty.
    """
    entries = []
    for path in sorted(_list_children_if_readable(folder), key=lambda path: path.name.lower())[
        :MOST
    ]:
        entry = _read_file_entry(path)
        if not path.name.startswith(".") and entry is not None and is_path_within(path, within):
            entries.append(entry)
    entries.sort(key=lambda entry: not entry.is_folder)
    ways = (
        [folder.parent]
        if is_path_within(folder.parent, within)
        else _other_browsable_folders(folder, within)
    )
    return [*(FileEntry(way, is_folder=True) for way in ways), *entries]


def _other_browsable_folders(folder: Path, within: Sequence[Path]) -> list[Path]:
    real_folder = folder.resolve()
    # A browsable folder inside this folder is in its list already.
    return [
        root
        for root in within
        if not real_folder.is_relative_to(root) and root.parent != real_folder
    ]


def _read_file_entry(path: Path) -> FileEntry | None:
    try:
        if path.is_dir():
            return FileEntry(path, is_folder=True)
        if not path.is_file():
            return None
        size = path.stat().st_size
    except OSError:
        return None
    return FileEntry(path, is_folder=False, size=size, too_large=size > MAX_SIZE)
