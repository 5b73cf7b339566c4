"""Merge a file line by line, as git does where no driver is set up."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from assess.store.git.run import plumbing as git

_MOST_CONFLICTS: Final = 127
"""Git gives the number of conflicts as its exit code, at most this; above it has failed."""


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Return ours with the lines of theirs merged in; conflicts stand between `<<<<<<<` markers.

    Raises:
        EnvironmentLacksError: git is not installed.
        GitError: git can't merge these, as with binary files.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / file).write_bytes(data)
        done = git.run(folder, ["merge-file", "-p", "ours", "base", "theirs"], check=False)
    if done.returncode > _MOST_CONFLICTS:
        raise git.GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
