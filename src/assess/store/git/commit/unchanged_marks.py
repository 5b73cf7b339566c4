"""Marks in git's list of staged files by which git ignores changes in the folder.

The `.git` of an archive contains the list. Changes of a file that is marked there as unchanged
(`--assume-unchanged`, `--skip-worktree`) would be in no commit.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from assess.store.git.commit.staged_list import encode_paths_with_nul_between
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import run_writing_git
from assess.store.git.run.index_file import read_staged_entries_without_git

_UNMARK: Final = ("--no-assume-unchanged", "--no-skip-worktree")


def remove_unchanged_marks_of_existing_files(
    root: Path, *, options: Sequence[str], environ: Mapping[str, str] | None = None
) -> None:
    """Remove the marks of all files of the workspace that exist in the folder.

    A file that a sparse working tree leaves out keeps its mark: else it would count as deleted.
    `environ` may name another list of staged files than that of the repository.

    Raises:
        GitError: git can't read or write the list.
    """
    marked = [
        path for path in _list_files_marked_unchanged(root, environ) if os.path.lexists(root / path)
    ]
    if marked:
        for word in _UNMARK:
            words = ["update-index", "-z", word, "--stdin"]
            run_writing_git(
                root,
                words,
                options=options,
                environ=environ,
                data=encode_paths_with_nul_between(marked),
            )


def _list_files_marked_unchanged(root: Path, environ: Mapping[str, str] | None) -> list[str]:
    """Return the marked files of the workspace: git prints them with a small letter or an S."""
    entries = read_staged_entries_without_git(root, environ)
    if entries is not None:
        return [entry.path for entry in entries if entry.is_marked]
    out = git.run_git(root, ["ls-files", "-v", "-z"], environ=environ).stdout
    rows = [os.fsdecode(record) for record in out.split(b"\0") if record]
    return [row[2:] for row in rows if row[0].islower() or row[0] == "S"]
