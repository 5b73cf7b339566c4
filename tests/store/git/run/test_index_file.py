"""Git's list of staged files, read without git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from assess.store.git.run import index_file
from assess.store.git.run.index_file import StagedEntry, read_index_file_without_git
from store.git.run.test_commits import sh


@pytest.fixture(params=["sha1", "sha256"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A repository with staged files of names of many lengths, one in a folder, one program."""
    sh(tmp_path, "init", "-q", "-b", "main", f"--object-format={request.param}")
    for length in range(1, 20):
        (tmp_path / ("n" * length)).write_text(str(length), "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/名 字").write_text("x", "utf-8")
    (tmp_path / "n").chmod(0o755)
    sh(tmp_path, "add", "-A")
    return tmp_path


def entries(root: Path) -> tuple[StagedEntry, ...] | None:
    """Return what is read of the list of a repository."""
    name = sh(root, "rev-parse", "--show-object-format").strip()
    return read_index_file_without_git(root / ".git/index", name)


def as_git_lists(root: Path) -> list[str]:
    """Return the rows of `git ls-files --stage`."""
    return [row for row in sh(root, "ls-files", "-s", "-z").split("\0") if row]


def rows(root: Path) -> list[str]:
    """Return the entries in the same form."""
    return [f"{row.mode} {row.oid} {row.stage}\t{row.path}" for row in entries(root) or ()]


def test_entries_are_those_of_git(root: Path) -> None:
    """Path, mode, object and stage of each are the same, and nothing is marked."""
    assert rows(root) == as_git_lists(root)
    assert not any(entry.is_marked or entry.is_intended for entry in entries(root) or ())


def test_files_that_a_merge_left(root: Path) -> None:
    """Each stage is an entry of its own."""
    sh(root, "commit", "-q", "-m", "one")
    sh(root, "checkout", "-q", "-b", "theirs")
    (root / "nn").write_text("theirs", "utf-8")
    sh(root, "commit", "-q", "-a", "-m", "two")
    sh(root, "checkout", "-q", "main")
    (root / "nn").write_text("ours", "utf-8")
    sh(root, "commit", "-q", "-a", "-m", "three")
    with pytest.raises(subprocess.CalledProcessError):
        sh(root, "merge", "theirs")
    assert rows(root) == as_git_lists(root)
    assert [entry.stage for entry in entries(root) or () if entry.path == "nn"] == [1, 2, 3]


def test_marks(root: Path) -> None:
    """Files that git passes over are marked; a path without content is told apart."""
    sh(root, "update-index", "--assume-unchanged", "nn")
    sh(root, "update-index", "--skip-worktree", "nnn")
    (root / "later").write_text("x", "utf-8")
    sh(root, "add", "-N", "later")
    listed = entries(root) or ()
    assert [entry.path for entry in listed if entry.is_marked] == ["nn", "nnn"]
    assert [entry.path for entry in listed if entry.is_intended] == ["later"]
    assert rows(root) == as_git_lists(root)


@pytest.mark.parametrize("option", ["--split-index", "--index-version=4"])
def test_other_forms_are_left_to_git(root: Path, option: str) -> None:
    """A list in another form is not read here."""
    sh(root, "update-index", *option.split("=")[:1], *option.split("=")[1:])
    assert entries(root) is None


def test_sparse_lists_are_left_to_git(root: Path) -> None:
    """A folder in the place of its files is not read here."""
    sh(root, "commit", "-q", "-m", "one")
    sh(root, "sparse-checkout", "init", "--cone", "--sparse-index")
    assert entries(root) is None


def test_cut_and_damaged_lists_are_left_to_git(root: Path) -> None:
    """Wherever the list is cut, nothing of it is believed."""
    index = root / ".git/index"
    whole = index.read_bytes()
    for size in range(0, len(whole) - 1, 7):
        index.write_bytes(whole[:size])
        assert read_index_file_without_git(index, "sha1") is None
        assert read_index_file_without_git(index, "sha256") is None
    index.write_bytes(b"XXXX" + whole[4:])
    assert entries(root) is None


def test_no_list_is_an_empty_one(tmp_path: Path) -> None:
    """Before the first file nothing is staged."""
    assert read_index_file_without_git(tmp_path / "index", "sha1") == ()


def test_vast_and_strange_lists_are_left_to_git(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more is read than a list of a workspace has; a pipe is not waited for."""
    monkeypatch.setattr(index_file, "_MOST_BYTES", 10)
    assert entries(root) is None
    os.mkfifo(root / "pipe")
    assert read_index_file_without_git(root / "pipe", "sha1") is None
    assert read_index_file_without_git(root / ".git/index", "other") is None
