"""Locks that a killed git left in a repository without a commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.state.lock_leftovers import remove_stale_locks_before_first_commit


@pytest.fixture
def git(tmp_path: Path) -> Path:
    """The folder of a repository with all the locks."""
    folder = tmp_path / ".git"
    (folder / "refs" / "heads").mkdir(parents=True)
    for name in ("config.lock", "index.lock", "refs/heads/main.lock"):
        (folder / name).touch()
    return folder


def test_only_those_of_a_commit_that_was_ours(git: Path) -> None:
    """In a repository that somebody else made the list of staged files may be in use."""
    waits: list[float] = []
    assert remove_stale_locks_before_first_commit(
        git.parent, committing=False, pause=waits.append
    ) == ["config.lock"]
    assert sum(waits) == pytest.approx(1)
    gone = remove_stale_locks_before_first_commit(git.parent, committing=True, pause=waits.append)
    assert gone == ["index.lock", "refs/heads/main.lock"]


def test_a_lock_that_goes_by_itself_is_waited_for(git: Path) -> None:
    """A git that the killed program had started may still end its work."""

    def pause(_seconds: float) -> None:
        for path in git.rglob("*.lock"):
            path.unlink()

    assert remove_stale_locks_before_first_commit(git.parent, committing=True, pause=pause) == []


def test_a_folder_elsewhere_is_left_alone(tmp_path: Path, git: Path) -> None:
    """A link instead of a folder leads to a repository that is none of ours; none is nothing."""
    other = tmp_path / "other"
    other.mkdir()
    assert remove_stale_locks_before_first_commit(other, committing=True) == []
    (other / ".git").symlink_to(git)
    assert remove_stale_locks_before_first_commit(other, committing=True) == []
    assert (git / "index.lock").exists()
