from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run.plumbing import BrokenHeadError, GitError, Repository
from assess.store.git.state import broken_head as module
from assess.store.git.state.broken_head import (
    explain_broken_head,
    find_broken_head,
    refuse_broken_head,
)
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two commits."""
    root = tmp_path / "甲"
    root.mkdir()
    make_and_trust_missing_repository(root)
    save(root, "a.yaml", "1\n", "first")
    save(root, "a.yaml", "2\n", "second")
    return root


def drop(root: Path, name: str) -> str:
    """Remove an object and return its id."""
    oid = sh(root, "rev-parse", name)
    (root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    return oid


def way_out(root: Path) -> str:
    """Return the commands that are named."""
    error = find_broken_head(root)
    assert error is not None
    return explain_broken_head(error, root, "en").hint


def test_what_is_whole_is_not_broken(root: Path, tmp_path: Path) -> None:
    """A whole commit, no commit yet, and no repository at all."""
    assert find_broken_head(root) is None
    refuse_broken_head(root, "en")
    (tmp_path / "new").mkdir()
    assert find_broken_head(tmp_path / "new") is None
    make_and_trust_missing_repository(tmp_path / "new")
    assert find_broken_head(tmp_path / "new") is None


def test_a_folder_that_git_does_not_open(tmp_path: Path) -> None:
    """The error of a commit elsewhere is explained without the commands back."""
    explained = explain_broken_head(BrokenHeadError("x", oid="ab" * 20), tmp_path, "en")

    assert explained.hint == "look: git fsck; else clone anew and take its .git"


def test_a_missing_file_of_the_newest_commit(root: Path) -> None:
    """Files count too: the commit before is named; an older commit's damage is not the head's."""
    first = sh(root, "rev-parse", "HEAD~1")
    drop(root, "HEAD:a.yaml")
    with pytest.raises(BrokenHeadError, match=first):
        refuse_broken_head(root, "en")
    assert f"echo {first} > .git/refs/heads/main" in way_out(root).replace(f"{root}/", "").replace(
        "'", ""
    )


def test_an_older_commit_that_is_damaged(root: Path) -> None:
    """That is git's own error, not one of the newest commit."""
    older = sh(root, "rev-parse", "HEAD~1")
    drop(root, "HEAD~1^{tree}")
    with pytest.raises(GitError) as caught:
        Repository(root, "").list_files(older)
    assert not isinstance(caught.value, BrokenHeadError)


def test_a_detached_head(root: Path) -> None:
    """Where no branch is checked out, HEAD itself is written."""
    sh(root, "switch", "-q", "--detach")
    drop(root, "HEAD")
    assert "/.git/HEAD; git reset" in way_out(root).replace("'", "")


@pytest.mark.parametrize("kind", ["parents", "link", "folder-link", "hard-link"])
def test_no_command_writes_a_file_outside(root: Path, tmp_path: Path, kind: str) -> None:
    """Git's folder may be somebody else's: a branch that leads out of it is not written."""
    head, precious = root / ".git/HEAD", tmp_path / "precious"
    precious.write_text("keep", "utf-8")
    heads = root / ".git/refs/heads"
    branch = "refs/heads/../../../../precious" if kind == "parents" else "refs/heads/x"
    head.write_text(f"ref: {branch}\n", "utf-8")
    if kind == "link":
        (heads / "x").symlink_to(precious)
    elif kind == "hard-link":
        (heads / "x").hardlink_to(precious)
    elif kind == "folder-link":
        head.write_text("ref: refs/heads/out/precious\n", "utf-8")
        (heads / "out").symlink_to(tmp_path)
    error = explain_broken_head(BrokenHeadError("x", oid="ab" * 20), root, "en")
    assert error.hint.startswith("look: git fsck")


def test_without_whole_commits(root: Path) -> None:
    """Nothing to go back to: a clone is the way out."""
    error = BrokenHeadError("x", oid="ab" * 20)
    (root / ".git" / "logs" / "HEAD").write_text("no line of a log\n", "utf-8")
    assert explain_broken_head(error, root, "en").hint.startswith("look: git fsck")


def test_a_head_that_cannot_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk: no branch is named."""

    def refuse(*_words: object) -> bytes:
        raise OSError

    monkeypatch.setattr(module, "read_start_of_regular_file", refuse)
    assert module._read_head_branch(root) == ""
