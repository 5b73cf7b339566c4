"""A commit is refused before it is made where it would not hold the files as they are."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from assess.store.git.commit import left_out_files
from assess.store.git.commit.commit_files import (
    commit_paths_if_changed,
    make_and_trust_missing_repository,
)
from assess.store.git.commit.left_out_files import (
    list_existing_files_missing_in_index,
    refuse_converted_files,
    refuse_if_conversion_failed,
    refuse_left_out_files,
)
from assess.store.git.run.git_facts import reuse_git_answers
from assess.store.git.run.plumbing import GitError
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a commit, in which git is told to ignore tables."""
    make_and_trust_missing_repository(tmp_path)
    save(tmp_path, ".gitignore", "*.csv\n", "first")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/a.csv").write_bytes(b"a\r\n")
    (tmp_path / "evidence/link.csv").symlink_to("a.csv")
    return tmp_path


@pytest.mark.parametrize("once", [False, True])
def test_a_file_that_is_ignored(root: Path, *, once: bool) -> None:
    """The file, the rule with its place, and the way out are named; nothing is committed."""
    before = sh(root, "rev-parse", "HEAD")
    reading = reuse_git_answers(root, {}) if once else nullcontext()
    with reading, pytest.raises(GitError) as caught:
        commit_paths_if_changed(
            root, [".gitignore", "evidence"], "x", lang="en", required_files=["evidence/a.csv"]
        )
    assert "evidence/a.csv ('.gitignore:1:*.csv')" in caught.value.message
    assert "git add -f evidence/a.csv" in caught.value.hint
    assert sh(root, "rev-parse", "HEAD") == before
    assert sh(root, "status", "--porcelain") == ""


def test_an_ignored_folder(root: Path) -> None:
    """Git names the folder and takes the rest; the file is committed where it must be."""
    (root / ".gitignore").write_text("evidence/\n", "utf-8")
    files = [".gitignore", "evidence/a.csv"]
    with pytest.raises(GitError, match="evidence/"):
        commit_paths_if_changed(
            root, [".gitignore", "evidence"], "x", lang="en", required_files=files
        )
    commit_paths_if_changed(
        root,
        [".gitignore", "evidence"],
        "x",
        lang="en",
        required_files=files,
        files_even_if_ignored=files,
    )
    assert sh(root, "ls-tree", "-r", "--name-only", "HEAD").split() == files


def test_a_folder_that_is_committed_by_name(root: Path) -> None:
    """Without a list of files git's own refusal stands."""
    (root / ".gitignore").write_text("evidence/\n", "utf-8")
    with pytest.raises(GitError) as caught:
        commit_paths_if_changed(root, [".gitignore", "evidence"], "x", lang="en")
    assert "ignored by one of your .gitignore files" in caught.value.output


def test_another_refusal_of_git(root: Path) -> None:
    """It is no matter of what is ignored."""
    (root / "evidence/sub").mkdir()
    sh(root / "evidence/sub", "init", "-q")
    with pytest.raises(GitError, match="adding files failed"):
        commit_paths_if_changed(
            root, [".gitignore", "evidence"], "x", lang="en", required_files=["evidence/a.csv"]
        )


def test_a_file_whose_bytes_git_would_change(root: Path) -> None:
    """It is named before anything is committed."""
    save(root, ".gitattributes", "*.txt text\n", "second")
    before = sh(root, "rev-parse", "HEAD")
    (root / "evidence/b.txt").write_bytes(b"a\r\n")
    with pytest.raises(GitError, match=r"other bytes.*evidence/b\.txt") as caught:
        commit_paths_if_changed(
            root,
            ["evidence"],
            "x",
            lang="en",
            required_files=["evidence/b.txt", "evidence/gone.txt"],
        )
    assert "(.gitattributes:1: *.txt text)" in caught.value.message
    assert "assess upgrade --workspace" in caught.value.hint
    assert sh(root, "rev-parse", "HEAD") == before


def test_a_file_whose_attributes_git_alone_knows(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a line that explains it, the command that shows the attributes is named."""
    monkeypatch.setattr(left_out_files, "find_converting_lines", lambda *_words: [])
    save(root, ".gitattributes", "*.txt text\n", "second")
    (root / "evidence/b.txt").write_bytes(b"a\r\n")
    with pytest.raises(GitError, match=r"other bytes") as caught:
        commit_paths_if_changed(
            root, ["evidence"], "x", lang="en", required_files=["evidence/b.txt"]
        )
    assert "git check-attr -a -- evidence/b.txt" in caught.value.hint


def test_a_file_that_git_leaves_out_of_the_folder(root: Path) -> None:
    """It is not deleted by a commit, nor is one made without a word; the command lays it out."""
    save(root, "evidence/b.txt", "b", "second")
    before = sh(root, "rev-parse", "HEAD")
    (root / "evidence/c.txt").write_text("c", "utf-8")
    sh(root, "update-index", "--skip-worktree", "evidence/b.txt")
    (root / "evidence/b.txt").unlink()
    with pytest.raises(GitError, match=r"leave them out: evidence/b\.txt") as caught:
        commit_paths_if_changed(
            root, ["evidence"], "x", lang="en", required_files=["evidence/b.txt", "evidence/c.txt"]
        )
    assert sh(root, "rev-parse", "HEAD") == before
    sh(root, *caught.value.hint.split(": ")[1].split()[1:])
    assert (root / "evidence/b.txt").read_text("utf-8") == "b"
    commit_paths_if_changed(root, ["evidence"], "x", lang="en", required_files=["evidence/c.txt"])


def test_more_files_than_a_message_names(root: Path) -> None:
    """The first five are named; a file that no rule ignores has none beside it."""
    files = [f"evidence/{number}.txt" for number in range(6)]
    for path in files:
        (root / path).write_text("x", "utf-8")
    assert list_existing_files_missing_in_index(root, [*files, "evidence/link.csv"], {}) == files
    with pytest.raises(GitError) as caught:
        refuse_left_out_files(root, files, {}, "en")
    assert caught.value.message.endswith("evidence/4.txt…")


def test_another_failure_of_git_is_no_conversion(root: Path) -> None:
    """Only a failed conversion is told as one; the caller explains the rest."""
    error = GitError("fatal: write error")
    error.output = "fatal: write error: No space left on device"
    refuse_if_conversion_failed(root, error, "en")


def test_files_that_git_stores_as_they_are(root: Path) -> None:
    """Nothing is refused where git's list has the bytes of the folder."""
    refuse_converted_files(root, [".gitignore"], {}, "en")
