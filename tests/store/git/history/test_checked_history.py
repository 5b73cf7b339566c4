"""Commits before a commit that somebody replaced under their names."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.store.git.history import checked_history
from assess.store.git.history.checked_history import (
    is_checked_ancestor,
    is_commit_reachable,
    list_checked_commits_since,
    list_checked_history,
    notify_while_reading_history,
    read_parents_unless_shallow,
)
from assess.store.git.run.object_ids import MisnamedObjectError
from assess.store.git.run.plumbing import GitError, Repository
from store.git.run.test_batch import replace_object
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with three commits, a merge of two of them and a side branch."""
    root = tmp_path / "w"
    root.mkdir()
    sh(root, "init", "-q", "-b", "main")
    save(root, "a", "1", "first")
    sh(root, "branch", "side")
    save(root, "a", "2", "second")
    sh(root, "checkout", "-q", "side")
    save(root, "b", "1", "on the side")
    sh(root, "checkout", "-q", "main")
    sh(root, "merge", "-q", "--no-ff", "-m", "merged", "side")
    sh(root, "checkout", "-q", "--orphan", "other")
    save(root, "c", "1", "elsewhere")
    sh(root, "checkout", "-q", "main")
    return root


def replace_commit(root: Path, name: str, old: bytes, new: bytes) -> str:
    """Write another commit in the place of one; return its id."""
    words = ["git", "cat-file", "commit", name]
    data = subprocess.run(words, cwd=root, check=True, capture_output=True).stdout
    assert old in data
    oid = sh(root, "rev-parse", name)
    replace_object(root, oid, "commit", data.replace(old, new))
    return oid


def test_a_history_as_git_wrote_it(root: Path) -> None:
    """Each commit on each side of a merge counts as one before it."""
    repository, head = Repository(root, ""), sh(root, "rev-parse", "HEAD")
    list_checked_history(repository, head)
    for name in ("HEAD", "HEAD^1", "HEAD^2", "HEAD~2"):
        assert is_checked_ancestor(repository, sh(root, "rev-parse", name), head)
    assert not is_checked_ancestor(repository, sh(root, "rev-parse", "other"), head)
    assert not is_checked_ancestor(repository, head, sh(root, "rev-parse", "HEAD^1"))


def test_a_reading_tells_how_far_it_is(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of commits now and then, and 0 at the end, also of a reading that was left."""
    monkeypatch.setattr(checked_history, "_COUNTED", 2)
    counts: list[int] = []
    repository, head = Repository(root, ""), sh(root, "rev-parse", "HEAD")
    with notify_while_reading_history(counts.append):
        list_checked_history(repository, head)
        assert counts == [2, 4, 0]
        assert is_checked_ancestor(repository, head, head)
        assert counts == [2, 4, 0, 0]
    list_checked_history(repository, head)
    assert counts == [2, 4, 0, 0]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("HEAD~2", b"first", b"other reason"),
        ("HEAD^2", b"author ", b"author x"),
        ("HEAD", b"merged", b"mended"),
    ],
)
def test_a_commit_that_was_replaced(root: Path, name: str, old: bytes, new: bytes) -> None:
    """Its text, its author or its parents: the id is that of all of them."""
    head = sh(root, "rev-parse", "HEAD")
    oid = replace_commit(root, name, old, new)
    with pytest.raises(MisnamedObjectError, match=oid):
        list_checked_history(Repository(root, ""), head)


def test_a_parent_that_was_replaced(root: Path) -> None:
    """Commits that the forged parent leaves out are not needed to see it."""
    head, side = sh(root, "rev-parse", "HEAD"), sh(root, "rev-parse", "side")
    first = sh(root, "rev-parse", "HEAD~2")
    replace_commit(root, "HEAD", b"parent " + side.encode(), b"parent " + first.encode())
    with pytest.raises(MisnamedObjectError, match=head):
        is_checked_ancestor(Repository(root, ""), side, head)


def test_parents(root: Path) -> None:
    """All of a merge, none of a first commit; unknown at the edge of a shallow clone."""
    repository, head = Repository(root, ""), sh(root, "rev-parse", "HEAD")
    parents = tuple(sh(root, "rev-parse", "HEAD^1", "HEAD^2").split())
    assert read_parents_unless_shallow(repository, head) == parents
    assert read_parents_unless_shallow(repository, sh(root, "rev-parse", "HEAD~2")) == ()
    (root / ".git" / "shallow").write_text(f"{head}\n", "ascii")
    assert read_parents_unless_shallow(repository, head) is None


def test_a_commit_that_is_missing(root: Path) -> None:
    """It is an error, except at the edge of a shallow clone."""
    head, first = sh(root, "rev-parse", "HEAD"), sh(root, "rev-parse", "HEAD~2")
    (root / ".git" / "objects" / first[:2] / first[2:]).unlink()
    with pytest.raises(GitError, match=first):
        list_checked_history(Repository(root, ""), head)
    edges = sh(root, "rev-parse", "HEAD^1", "HEAD^2")
    (root / ".git" / "shallow").write_text(f"{edges}\n", "ascii")
    list_checked_history(Repository(root, ""), head)


def test_commits_since_a_commit(root: Path) -> None:
    """They are those of `git rev-list A..B`, also where a side branch began before A."""
    repository, head = Repository(root, ""), sh(root, "rev-parse", "HEAD")
    for name in ("HEAD", "HEAD^1", "HEAD^2", "HEAD~2", "other"):
        since = sh(root, "rev-parse", name)
        told = list_checked_commits_since(repository, head, since)
        assert {one.oid for one in told.commits} == set(
            sh(root, "rev-list", f"{since}..{head}").split()
        )
        assert told.is_complete
    listed = [one.oid for one in list_checked_history(repository, head)]
    assert listed == sh(root, "rev-list", "HEAD").split()


def test_commits_that_nothing_leads_to(root: Path) -> None:
    """A missing commit of a branch ends that branch; others lead on."""
    repository = Repository(root, "")
    alone = sh(root, "commit-tree", "-m", "alone", "HEAD^{tree}")
    assert not is_commit_reachable(repository, alone)
    sh(root, "update-ref", "refs/original/refs/heads/main", alone)
    assert not is_commit_reachable(repository, alone)
    sh(root, "tag", "-a", "-m", "x", "tag", alone)
    assert is_commit_reachable(repository, alone)
    first = sh(root, "rev-parse", "HEAD~2")
    (root / ".git" / "objects" / first[:2] / first[2:]).unlink()
    assert is_commit_reachable(repository, alone)
    assert not is_commit_reachable(repository, first)
