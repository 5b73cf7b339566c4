"""The files that a person may choose: those of the home folder and of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from assess.store.evidence import MAX_SIZE

MOST = 2000
"""Maximum number of entries listed of a folder; other entries are reached by typing a path."""


class FileEntry(NamedTuple):
    """A folder or file; `size` is in bytes; `too_large` says that it can't be evidence."""

    path: Path
    is_folder: bool
    size: int = 0
    too_large: bool = False


def list_browsable_folders(workspace: Path) -> tuple[Path, ...]:
    """Return the folders that may be browsed: the home folder and the workspace."""
    folders = []
    for folder in (Path.home(), workspace):
        real = folder.resolve()
        if real.is_dir() and real not in folders:
            folders.append(real)
    return tuple(folders)


def is_path_within(path: Path, within: Sequence[Path]) -> bool:
    """Return whether a path is inside one of the folders after links are resolved."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):  # links in a circle
        return False
    return any(real.is_relative_to(root) for root in within)


def list_folder_or_return_file(path: Path, within: Sequence[Path]) -> list[FileEntry] | Path | None:
    """Return the entries of a folder, or the path of a file; None if missing or outside."""
    if not is_path_within(path, within):
        return None
    if path.is_dir():
        return list_folder_for_choice(path, within)
    return path if path.is_file() else None


def list_folder_for_choice(folder: Path, within: Sequence[Path]) -> list[FileEntry]:
    """Return the folders, then the files, sorted by name.

    Hidden entries and links that lead outside are left out. The parent folder comes first where it
    may be browsed; else the other browsable folders come first. An unreadable folder is empty.
    """
    entries = []
    try:
        children = sorted(folder.iterdir(), key=lambda path: path.name.lower())[:MOST]
    except OSError:
        children = []
    for path in children:
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
