"""Git's list of staged files, drafted and put back."""

from __future__ import annotations

import errno
import subprocess
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.store.git.commit import draft_index as drafts
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.commit.draft_index import DraftIndex, restore_index_if_commit_failed
from assess.store.git.run.plumbing import GitError
from assess.store.git.sync.merge_commits import commit_merge_in_progress
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository in the middle of a merge that both sides changed a file in."""
    make_and_trust_missing_repository(tmp_path)
    save(tmp_path, "a", "1\n", "first")
    sh(tmp_path, "switch", "-q", "-c", "theirs")
    save(tmp_path, "a", "theirs\n", "theirs")
    sh(tmp_path, "switch", "-q", "main")
    save(tmp_path, "a", "ours\n", "ours")
    subprocess.run(["git", "merge", "-q", "theirs"], cwd=tmp_path, check=False, capture_output=True)
    (tmp_path / "a").write_text("both\n", "utf-8")
    return tmp_path


def state(root: Path) -> tuple[bytes, int]:
    """Return how the list is written, and when."""
    index = root / ".git" / "index"
    return index.read_bytes(), index.stat().st_mtime_ns


def test_a_merge_that_can_not_be_committed_leaves_the_list(root: Path) -> None:
    """What was not merged is not merged still; the next time it goes through."""
    before = state(root)
    hook = root / ".git" / "hooks" / "commit-msg"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)

    with pytest.raises(GitError):
        commit_merge_in_progress(root, ["a"], None, "en")

    assert state(root) == before
    assert len(sh(root, "ls-files", "-u").splitlines()) == 3

    hook.unlink()
    commit_merge_in_progress(root, ["a"], None, "en")
    assert sh(root, "show", "HEAD:a") == "both"
    assert sh(root, "status", "--short") == ""


def test_a_merge_that_is_ended_after_its_commit_keeps_the_list(root: Path) -> None:
    """The list has the files of the merge; those that were not merged do not come back."""
    hook = root / ".git" / "hooks" / "post-commit"
    hook.write_text("#!/bin/sh\nkill -TERM $PPID\n", "utf-8")
    hook.chmod(0o755)

    with pytest.raises(GitError):
        commit_merge_in_progress(root, ["a"], None, "en")

    assert sh(root, "show", "HEAD:a") == "both"
    assert sh(root, "status", "--short") == ""


def test_a_merge_that_somebody_staged_is_committed_as_it_is(root: Path) -> None:
    """Nothing is added to what stands in git's list."""
    sh(root, "add", "a")
    commit_merge_in_progress(root, [], None, "en")
    assert sh(root, "show", "HEAD:a") == "both"


def test_what_failed_is_told_where_the_list_can_not_be_put_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first error counts, not that of the full disk after it."""

    def full(*_words: object) -> None:
        raise WriteError("full")

    monkeypatch.setattr(drafts, "write_atomic", full)
    with pytest.raises(KeyboardInterrupt), restore_index_if_commit_failed(root, "en"):
        raise KeyboardInterrupt


def test_paths_that_can_not_be_written_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk of temporary files is full."""

    def full(*_words: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(WriteError, match="disk is full"):
        DraftIndex(tmp_path / "index", tmp_path / "paths").write_pathspec_file(["a"], "en")
