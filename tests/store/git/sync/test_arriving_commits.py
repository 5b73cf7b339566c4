"""Commits that git reads in two ways are not merged."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.sync.arriving_commits import refuse_merging_ambiguous_commits
from store.git.run.test_commit_objects import write_commit
from store.git.run.test_commits import save, sh


def test_a_commit_of_two_committers_is_named(tmp_path: Path) -> None:
    """Also where it is not the newest; a history without one comes in."""
    make_and_trust_missing_repository(tmp_path)
    save(tmp_path, "a", "1\n", "a")
    first = sh(tmp_path, "rev-parse", "HEAD").strip()
    refuse_merging_ambiguous_commits(tmp_path, save(tmp_path, "b", "1\n", "b"), "en")
    words = ["git", "cat-file", "commit", "HEAD"]
    done = subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    doubled = done.stdout.replace(b"committer ", b"committer W <w@x> 5 +0000\ncommitter ", 1)
    odd = write_commit(tmp_path, doubled)
    sh(tmp_path, "reset", "-q", "--soft", odd)
    tip = save(tmp_path, "c", "1\n", "c")
    sh(tmp_path, "reset", "-q", "--hard", first)
    with pytest.raises(UsageError, match=odd[:10]):
        refuse_merging_ambiguous_commits(tmp_path, tip, "en")
