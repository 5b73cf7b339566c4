"""Refs that git can make again, and that a power cut left without content.

Git does not write a ref whose file it can't read. The next exchange makes these refs again: the
branch of the other side, and the notes of a merge that is not committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from assess.file_bytes import read_start_of_regular_file
from assess.store.git.run.commits import find_path_in_git_folder

_MERGE_REFS: Final = ("ORIG_HEAD", "AUTO_MERGE")
"""Refs that git writes when it merges without a commit."""

_MOST_BYTES: Final = 1000
_READABLE: Final = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?\s*|ref: .*", re.DOTALL)


def remove_unreadable_merge_refs(root: Path) -> None:
    """Remove the refs of an earlier merge that git can't read.

    The caller has checked that git writes only in the workspace's folder.
    """
    _remove_unreadable_ref_files(find_path_in_git_folder(root, name) for name in _MERGE_REFS)


def remove_unreadable_tracking_branch(root: Path, remote: str, branch: str) -> None:
    """Remove the ref of the other side's branch if git can't read it.

    The caller has checked that git writes only in the workspace's folder.
    """
    _remove_unreadable_ref_files([find_path_in_git_folder(root, "refs/remotes") / remote / branch])


def _remove_unreadable_ref_files(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            data = read_start_of_regular_file(path, _MOST_BYTES, os.O_NOFOLLOW)
            if not _READABLE.fullmatch(data):
                path.unlink()
