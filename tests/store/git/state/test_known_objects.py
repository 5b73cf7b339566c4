"""Whether git has some bytes as an object."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.state.known_objects import has_object_with_bytes
from store.git.run.test_commits import save


def test_bytes_of_a_commit_are_known(tmp_path: Path) -> None:
    """Those of a committed file are, others are not; without a repository none are."""
    assert not has_object_with_bytes(tmp_path, b"1\n")
    make_and_trust_missing_repository(tmp_path)
    save(tmp_path, "key", "1\n", "key")
    assert has_object_with_bytes(tmp_path, b"1\n")
    assert not has_object_with_bytes(tmp_path, b"2\n")
