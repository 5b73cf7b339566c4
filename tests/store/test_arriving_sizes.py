"""A merge brings no more than a workspace may have."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.errors import FilesError, UsageError
from assess.store import arriving_sizes
from assess.store.arriving_sizes import refuse_large_merge
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run import plumbing, strange_files
from assess.store.git.run.plumbing import GitError, Repository
from assess.store.git.state.refusals import explain_git_error
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in a folder of a repository."""
    (tmp_path / "w").mkdir()
    make_and_trust_missing_repository(tmp_path)
    save(tmp_path, "w/a.yaml", "1\n", "first")
    return tmp_path / "w"


def commit_with(root: Path, folder: str, files: str) -> str:
    """Return a commit after HEAD with a folder of the workspace; `files` are lines of a tree."""
    inner = make_tree(
        root,
        f"100644 blob {blob(root, '1')}\ta.yaml\n040000 tree {make_tree(root, files)}\t{folder}\n",
    )
    top = make_tree(root.parent, f"040000 tree {inner}\tw\n")
    return sh(root, "commit-tree", "-m", "x", "-p", "HEAD", top)


def make_tree(root: Path, lines: str) -> str:
    """Return a tree."""
    done = subprocess.run(
        ["git", "mktree"], cwd=root, input=lines.encode(), check=True, capture_output=True
    )
    return done.stdout.decode().strip()


def blob(root: Path, text: str) -> str:
    """Return the object of a file's content."""
    done = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"],
        cwd=root,
        input=text.encode(),
        check=True,
        capture_output=True,
    )
    return done.stdout.decode().strip()


def test_a_file_that_is_too_large(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named; a link and a file that goes have no size."""
    monkeypatch.setattr("assess.store.sizes.MAX_SIZE", 10)
    vast, link = blob(root, "x" * 11), blob(root, "y" * 11)
    commit = commit_with(root, "evidence", f"100644 blob {vast}\tbig\n120000 blob {link}\tlink\n")
    with pytest.raises(FilesError, match="too large; nothing was merged") as caught:
        refuse_large_merge(root, commit, "en")
    assert [(one.file, one.code) for one in caught.value.problems] == [
        ("evidence/big", "too-large")
    ]


def test_many_files_of_one_object(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each counts with its size."""
    same = blob(root, "x" * 10)
    commit = commit_with(root, "evidence", "".join(f"100644 blob {same}\tf{n}\n" for n in range(3)))
    monkeypatch.setattr(arriving_sizes, "MOST_BYTES", 29)
    with pytest.raises(UsageError, match="nothing was merged"):
        refuse_large_merge(root, commit, "en")
    monkeypatch.setattr(arriving_sizes, "MOST_BYTES", 32)
    refuse_large_merge(root, commit, "en")


def test_more_names_than_a_workspace_has(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is ended, the next one is started all the same, and it is said what is wrong."""
    same = blob(root, "x")
    names = "".join(f"100644 blob {same}\tf{n:04}\n" for n in range(900))
    commit = commit_with(root, "evidence", names)
    monkeypatch.setattr(plumbing, "MOST_NAMES", 40_000)
    with pytest.raises(GitError) as caught:
        refuse_large_merge(root, commit, "en")
    assert explain_git_error(caught.value, root, "en").message.startswith("a commit has more files")
    repository = Repository.find_repository(root)
    assert repository is not None
    sh(root, "reset", "-q", "--soft", commit)
    strange_files.forget_file_check_results()
    with pytest.raises(GitError) as caught:
        repository.list_files(commit, ["evidence"])
    assert "printed too much" in caught.value.output
    assert list(repository.list_files(commit, ["a.yaml"])) == ["a.yaml"]
