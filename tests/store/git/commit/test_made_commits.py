"""Commits that git has made although the step that asked for them was ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assess.store.git.commit import made_commits
from assess.store.git.commit.commit_files import commit_paths_if_changed, make_empty_commit
from assess.store.git.commit.made_commits import CommitStaysError
from assess.store.git.run.plumbing import GitError, Repository
from assess.store.git.trust.trusted_programs import record_trust_in_git_programs
from store.git.commit.test_commit_files import hook
from store.git.commit.test_commit_files import root as root  # noqa: PLC0414  # pytest finds the fixture by this name
from store.git.run.test_commits import sh


@pytest.mark.parametrize(
    ("commit", "status"),
    [
        (lambda root: commit_paths_if_changed(root, ["assess.yaml"], "second", lang="en"), ""),
        (lambda root: make_empty_commit(root, "empty", lang="en"), "M assess.yaml"),
    ],
)
def test_a_git_that_is_ended_after_its_commit(
    root: Path, commit: Callable[[Path], str], status: str
) -> None:
    """The commit is named and said to stay, and the list of staged files is that of the commit."""
    hook(root, "post-commit", "kill -TERM $PPID")
    record_trust_in_git_programs(root, "en")
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")
    before = sh(root, "rev-parse", "HEAD")

    with pytest.raises(CommitStaysError) as caught:
        commit(root)

    head = sh(root, "rev-parse", "HEAD")
    assert head != before
    assert f"made the commit {head[:10]}" in caught.value.message
    assert sh(root, "status", "--short") == status


def test_a_head_that_can_not_be_read_is_no_new_commit(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was staged is then turned back, as after any failure before the commit."""
    watch = made_commits.HeadWatch(root)

    def fail(_repository: Repository | None) -> str | None:
        raise GitError("gone")

    monkeypatch.setattr(made_commits, "_resolve_head", fail)
    assert watch.find_new_head() is None
