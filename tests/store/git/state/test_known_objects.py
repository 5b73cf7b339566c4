"""Whether git has some bytes as an object."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.commit.commit_files import start_repository
from assess.store.git.state.known_objects import does_git_have
from store.git.run.test_commits import save


def test_bytes_of_a_commit_are_known(tmp_path: Path) -> None:
    """Those of a committed file are, others are not; without a repository none are."""
    assert not does_git_have(tmp_path, b"1\n")
    start_repository(tmp_path)
    save(tmp_path, "key", "1\n", "key")
    assert does_git_have(tmp_path, b"1\n")
    assert not does_git_have(tmp_path, b"2\n")
