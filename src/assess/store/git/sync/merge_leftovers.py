"""Files that a killed merge left in the top folder: git's copies for a merge driver."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Final

from assess.store.git.run import plumbing as git
from assess.store.git.run.commits import find_path_in_git_folder
from assess.store.git.run.git_facts import find_reusable_git_folders

_NAME: Final = re.compile(r"\.merge_file_[A-Za-z0-9]{6}")


def remove_leftover_merge_files(root: Path) -> list[str]:
    """Remove these files unless a git is running, and return their names.

    A merge holds index.lock while its drivers run, so this function takes the lock too. A tracked
    file of such a name is not removed.
    """
    top = _find_worktree_top(root)
    files = [
        path for path in top.iterdir() if _NAME.fullmatch(path.name) and _is_regular_file(path)
    ]
    if not files:
        return []
    lock = find_path_in_git_folder(root, "index.lock")
    try:
        os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
    except OSError:
        return []
    try:
        return _remove_untracked_files(top, files)
    finally:
        lock.unlink()


def _find_worktree_top(root: Path) -> Path:
    if folders := find_reusable_git_folders(root):
        return folders.top
    return Path(
        os.fsdecode(git.run_git(root, ["rev-parse", "--show-toplevel"]).stdout).rstrip("\n")
    )


def _is_regular_file(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def _remove_untracked_files(top: Path, files: list[Path]) -> list[str]:
    words = ["ls-files", "-z", "--", *(path.name for path in files)]
    tracked = os.fsdecode(git.run_git(top, words).stdout).split("\0")
    names = sorted(path.name for path in files if path.name not in tracked)
    for name in names:
        (top / name).unlink(missing_ok=True)
    return names
