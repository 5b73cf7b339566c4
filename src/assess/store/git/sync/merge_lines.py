"""Merge a file line by line, as git does without a merge driver."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from assess.store.git.run import plumbing as git

_MOST_CONFLICTS: Final = 127
"""The greatest number of conflicts that git gives as exit code; a higher code is an error."""


def merge_lines_with_conflict_markers(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Return ours merged with the lines of theirs; conflicts are between `<<<<<<<` markers.

    Raises:
        EnvironmentLacksError: git is not installed.
        GitError: git can't merge the files, for example binary ones.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / file).write_bytes(data)
        done = git.run_git(folder, ["merge-file", "-p", "ours", "base", "theirs"], check=False)
    if done.returncode > _MOST_CONFLICTS:
        raise git.GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
