"""Merging line by line."""

from __future__ import annotations

import pytest

from assess.store.git.run.plumbing import GitError
from assess.store.git.sync.merge_lines import merge_lines_with_conflict_markers


def test_lines_merge_as_git_merges_them() -> None:
    """Lines apart merge; lines that meet stand between markers."""
    base = b"1\n2\n3\n4\n5\n"

    assert (
        merge_lines_with_conflict_markers(base, b"0\n2\n3\n4\n5\n", b"1\n2\n3\n4\n6\n")
        == b"0\n2\n3\n4\n6\n"
    )
    assert merge_lines_with_conflict_markers(b"1\n", b"2\n", b"3\n") == (
        b"<<<<<<< ours\n2\n=======\n3\n>>>>>>> theirs\n"
    )


def test_what_git_cannot_merge_is_an_error() -> None:
    """Bytes that are no text."""
    with pytest.raises(GitError, match="binary"):
        merge_lines_with_conflict_markers(b"\0", b"\0\1", b"\0\2")
