"""States of a repository, and what it does not allow."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.run.git_facts import reuse_git_answers
from assess.store.git.run.plumbing import BrokenHeadError, GitError
from assess.store.git.state import repository_state as git_state
from assess.store.git.state.repository_state import (
    find_checked_out_branch,
    find_operation_in_progress,
    open_repository,
    refuse_git_operation_in_progress,
    require_checked_out_branch,
    resolve_revision,
)
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two commits on main and one beside them that conflicts."""
    root = tmp_path / "w"
    root.mkdir()
    sh(root, "init", "-q", "-b", "main")
    save(root, "a.txt", "1\n", "first")
    sh(root, "branch", "other")
    save(root, "a.txt", "2\n", "second")
    sh(root, "switch", "-q", "other")
    save(root, "a.txt", "3\n", "theirs")
    sh(root, "switch", "-q", "main")
    return root


def test_a_branch_whose_file_is_empty(root: Path) -> None:
    """A power cut left it empty: neither the branch nor its newest commit is taken for missing."""
    repository = open_repository(root, "en")
    (root / ".git" / "refs" / "heads" / "main").write_bytes(b"")

    with pytest.raises(BrokenHeadError):
        find_checked_out_branch(root)
    with pytest.raises(BrokenHeadError):
        repository.resolve_head_commit()


def fail(root: Path, *words: str) -> None:
    """Run a git command that stops half way."""
    assert subprocess.run(["git", *words], cwd=root, check=False, capture_output=True).returncode


def test_what_is_in_progress(root: Path) -> None:
    """Merge, rebase, cherry-pick, revert and bisect are told apart, each with the way out."""
    assert find_operation_in_progress(root) is None
    refuse_git_operation_in_progress(root, "en")

    fail(root, "merge", "other")
    with pytest.raises(UsageError, match=r"a merge .* git merge --abort"):
        refuse_git_operation_in_progress(root, "en")
    sh(root, "merge", "--abort")

    fail(root, "rebase", "other")
    with pytest.raises(UsageError, match=r"git rebase --continue.*git rebase --abort"):
        refuse_git_operation_in_progress(root, "en")
    sh(root, "rebase", "--abort")

    fail(root, "cherry-pick", "other")
    assert find_operation_in_progress(root) == "cherry-pick"
    sh(root, "cherry-pick", "--abort")

    save(root, "a.txt", "4\n", "third")
    fail(root, "revert", "--no-edit", "HEAD~1")
    assert find_operation_in_progress(root) == "revert"
    sh(root, "revert", "--abort")

    sh(root, "bisect", "start")
    with pytest.raises(UsageError, match="git bisect reset"):
        refuse_git_operation_in_progress(root, "en")


def test_a_detached_head_names_the_branch_to_go_to(root: Path) -> None:
    """A commit there would be lost."""
    assert (find_checked_out_branch(root), require_checked_out_branch(root, "en")) == (
        "main",
        "main",
    )
    sh(root, "switch", "-q", "--detach")
    assert find_checked_out_branch(root) is None
    with pytest.raises(UsageError, match="git switch main"):
        require_checked_out_branch(root, "en")

    sh(root, "branch", "-q", "-D", "main", "other")
    with pytest.raises(UsageError, match="git switch main"):
        require_checked_out_branch(root, "en")


def test_commits_by_name(root: Path) -> None:
    """Branches, ids and relations are found; the rest is refused with what to do."""
    repository = open_repository(root, "en")
    assert resolve_revision(repository, "HEAD~1", "en") == sh(root, "rev-parse", "HEAD~1")
    for wrong in ("nothing", "-x", "HEAD~9"):
        with pytest.raises(UsageError, match=r"no commit .* git fetch --tags"):
            resolve_revision(repository, wrong, "en")


def test_commits_that_a_shallow_clone_lacks(root: Path, tmp_path: Path) -> None:
    """The way to the whole history is named."""
    clone = tmp_path / "clone"
    sh(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", str(clone))
    with pytest.raises(UsageError, match="--unshallow"):
        resolve_revision(open_repository(clone, "en"), "HEAD~1", "en")


def test_an_empty_repository(tmp_path: Path) -> None:
    """Before the first commit nothing can be named."""
    sh(tmp_path, "init", "-q")
    with pytest.raises(UsageError, match="no commit yet"):
        resolve_revision(open_repository(tmp_path, "en"), "HEAD", "en")


def test_a_head_that_cannot_be_read_as_a_file_is_asked_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git names the branch where its file can't be read here, and where it is no plain name."""

    def fail(*_words: object) -> bytes:
        raise OSError

    with reuse_git_answers(root, {}):
        assert git_state.find_checked_out_branch(root) == "main"
        monkeypatch.setattr(git_state, "read_start_of_regular_file", fail)
        assert git_state._read_branch_from_head_file(root) == ""
        assert git_state.find_checked_out_branch(root) == "main"


def test_no_repository(tmp_path: Path) -> None:
    """How to make one is named."""
    with pytest.raises(UsageError, match="git init"):
        open_repository(tmp_path, "en")


def test_a_repository_that_git_does_not_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A .git that is broken is told with what to do; where git is silent, what was asked."""
    (tmp_path / ".git").write_text("gitdir: /nowhere\n", "utf-8")
    with pytest.raises(GitError, match=r"/nowhere is not there.*git worktree repair"):
        open_repository(tmp_path, "en")

    def silent(folder: Path, words: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(words, 1, b"", b"")

    monkeypatch.setattr(git_state, "run_git", silent)
    with pytest.raises(GitError, match="rev-parse failed"):
        open_repository(tmp_path, "en")
