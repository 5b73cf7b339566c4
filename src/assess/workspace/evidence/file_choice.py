"""The files a person may choose from: those of the home folder and of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from assess.store.evidence import MAX_SIZE

MOST = 2000
"""Entries of a folder that are listed; more are found by typing a path."""


class FileEntry(NamedTuple):
    """A folder or file; `size` in bytes, `too_large` where it can't be evidence."""

    path: Path
    is_folder: bool
    size: int = 0
    too_large: bool = False


def roots(workspace: Path) -> tuple[Path, ...]:
    """Return the folders that one may look into: the home folder and the workspace."""
    found = []
    for folder in (Path.home(), workspace):
        real = folder.resolve()
        if real.is_dir() and real not in found:
            found.append(real)
    return tuple(found)


def allowed(path: Path, within: Sequence[Path]) -> bool:
    """Return whether a path, links followed, is inside one of the folders."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):  # links in a circle
        return False
    return any(real.is_relative_to(root) for root in within)


def look(path: Path, within: Sequence[Path]) -> list[FileEntry] | Path | None:
    """Return the listing of a folder, or a file itself; None for what is not there or outside."""
    if not allowed(path, within):
        return None
    if path.is_dir():
        return listing(path, within)
    return path if path.is_file() else None


def listing(folder: Path, within: Sequence[Path]) -> list[FileEntry]:
    """Return folders, then files, by name; hidden ones and what leads outside are left out.

    The way up comes first where it stays inside, else the ways to the other folders that one may
    look into. A folder that can't be read is empty.
    """
    entries = []
    try:
        children = sorted(folder.iterdir(), key=lambda path: path.name.lower())[:MOST]
    except OSError:
        children = []
    for path in children:
        entry = _entry(path)
        if not path.name.startswith(".") and entry is not None and allowed(path, within):
            entries.append(entry)
    entries.sort(key=lambda entry: not entry.is_folder)
    ways = [folder.parent] if allowed(folder.parent, within) else _others(folder, within)
    return [*(FileEntry(way, is_folder=True) for way in ways), *entries]


def _others(folder: Path, within: Sequence[Path]) -> list[Path]:
    here = folder.resolve()
    # One that lies in this folder stands in its list already.
    return [root for root in within if not here.is_relative_to(root) and root.parent != here]


def _entry(path: Path) -> FileEntry | None:
    try:
        if path.is_dir():
            return FileEntry(path, is_folder=True)
        if not path.is_file():
            return None
        size = path.stat().st_size
    except OSError:
        return None
    return FileEntry(path, is_folder=False, size=size, too_large=size > MAX_SIZE)
