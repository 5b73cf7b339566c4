"""What is in a folder: each path with its kind, rights and content, to be compared later."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path


def describe_paths(top: Path, is_passed_over: Callable[[Path], bool]) -> dict[str, object]:
    """Return every path below `top` with what it is; folders that are passed over are left out."""
    paths: dict[str, object] = {}
    for folder, folders, files in os.walk(top):
        inner = Path(folder)
        names = [name for name in folders if not is_passed_over(inner / name)]
        folders[:] = [name for name in names if not (inner / name).is_symlink()]
        for name in (*names, *files):
            paths[str(inner / name)] = _describe_path(inner / name)
    return paths


def _describe_path(path: Path) -> object:
    """Return what a path is: its kind, rights, and its content or where it leads."""
    state = path.lstat()
    if stat.S_ISLNK(state.st_mode):
        return path.readlink()
    if stat.S_ISREG(state.st_mode) and state.st_size < 1 << 20:
        return state.st_mode, hashlib.sha256(path.read_bytes()).hexdigest()
    if stat.S_ISDIR(state.st_mode):
        return state.st_mode
    return state.st_mode, state.st_size, state.st_mtime_ns
