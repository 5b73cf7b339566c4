"""Making a workspace in a folder that is something already."""

from __future__ import annotations

import subprocess
from pathlib import Path

from assess.store import new_workspace_files


def test_locks_of_a_repository_with_a_commit_stay(tmp_path: Path) -> None:
    """Only what a killed `init` left is taken away: with a commit a lock may be another git's."""
    for words in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "first"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    lock = tmp_path / ".git" / "index.lock"
    lock.touch()
    new_workspace_files._remove_locks_before_first_commit(tmp_path, "en")
    assert lock.exists()
