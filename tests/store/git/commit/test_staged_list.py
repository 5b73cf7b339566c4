"""Git's list of staged files, left behind or damaged."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.store.git.commit import unchanged_marks
from assess.store.git.commit.commit_files import (
    commit_paths_if_changed,
    make_and_trust_missing_repository,
)
from assess.store.git.commit.staged_list import (
    list_staged_changes,
    refuse_damaged_index_file,
    reset_staged_paths_to_head,
    select_existing_or_staged_paths,
)
from assess.store.git.run.plumbing import GitError
from assess.store.git.snapshot import open_repository_snapshot
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.sync.merge_commits import commit_merge_in_progress
from assess.store.git.sync.undecided_files import list_undecided_files
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with files inside and outside of what is asked about."""
    make_and_trust_missing_repository(tmp_path)
    save(tmp_path, "beside", "1\n", "first")
    (tmp_path / "own").mkdir()
    save(tmp_path, "own/a", "1\n", "second")
    return tmp_path


def index(root: Path) -> Path:
    """Return git's list."""
    return root / ".git" / "index"


def left_behind(root: Path) -> None:
    """Commit a file and let the list be as it was before."""
    before = index(root).read_bytes()
    (root / "own" / "b").write_text("b\n", "utf-8")
    commit_paths_if_changed(root, ["own"], "third", lang="en")
    index(root).write_bytes(before)


def test_a_list_that_was_left_behind_follows(root: Path) -> None:
    """What is staged of other files stays staged."""
    left_behind(root)
    (root / "beside").write_text("2\n", "utf-8")
    sh(root, "add", "beside")
    reset_staged_paths_to_head(root, ["own"])
    assert sh(root, "status", "--short") == "M  beside"
    before = index(root).stat().st_mtime_ns
    reset_staged_paths_to_head(root, ["own"])
    assert index(root).stat().st_mtime_ns == before


def test_a_commit_of_nothing_lets_it_follow(root: Path) -> None:
    """Also where there is nothing to commit."""
    left_behind(root)
    assert commit_paths_if_changed(root, ["own"], "fourth", lang="en") == sh(
        root, "rev-parse", "HEAD"
    )
    assert sh(root, "status", "--short") == ""


@pytest.mark.parametrize("text", ["1\n", "2\n"])
def test_a_list_that_is_gone(root: Path, text: str) -> None:
    """All files are in it again, not only those that are asked about."""
    (root / "own" / "a").write_text(text, "utf-8")
    index(root).unlink()
    commit_paths_if_changed(root, ["own"], "third", lang="en")
    assert sh(root, "status", "--short") == ""
    assert sh(root, "ls-files").split() == ["beside", "own/a"]


@pytest.mark.parametrize("size", [-1, 100, 40, 11, 0])
def test_a_list_that_was_cut(root: Path, size: int) -> None:
    """Git would read from it whatever comes; it is told as damaged, with the way out."""
    data = index(root).read_bytes()
    index(root).write_bytes(data[:size] + bytes(len(data) - size if size == 100 else 0))
    with pytest.raises(GitError) as caught:
        commit_paths_if_changed(root, ["own"], "third", lang="en")
    better = explain_git_error(caught.value, root, "en")
    assert better.message == "git's list of files is damaged; the files themselves are not"
    assert better.hint == "mv .git/index .git/index.old && git reset -q"


def test_a_list_without_checksum(root: Path) -> None:
    """Git may be told to write none; else its place is not empty."""
    data = index(root).read_bytes()
    index(root).write_bytes(data[:-20] + bytes(20))
    with pytest.raises(GitError):
        refuse_damaged_index_file(root)
    sh(root, "config", "index.skipHash", "true")
    refuse_damaged_index_file(root)


def test_what_is_neither_in_the_folder_nor_in_the_list(root: Path) -> None:
    """It is removed by the commit, and in nobody's way."""
    sh(root, "rm", "-q", "-r", "own")
    assert select_existing_or_staged_paths(root, ["own", "beside", "none"]) == ["beside"]
    commit_paths_if_changed(root, ["own"], "third", lang="en")
    assert sh(root, "ls-tree", "-r", "--name-only", "HEAD") == "beside"
    assert sh(root, "status", "--short") == ""


def test_a_merge_in_which_the_other_side_removed_a_file(root: Path) -> None:
    """It is concluded with the paths that differ from ours, the removed one among them."""
    save(root, "own/b", "1\n", "third")
    sh(root, "switch", "-q", "-c", "theirs")
    sh(root, "rm", "-q", "own/a")
    save(root, "own/b", "theirs\n", "theirs")
    sh(root, "switch", "-q", "main")
    save(root, "own/b", "ours\n", "ours")
    subprocess.run(["git", "merge", "-q", "theirs"], cwd=root, check=False, capture_output=True)
    (root / "own" / "b").write_text("both\n", "utf-8")
    commit_merge_in_progress(root, ["own/a", "own/b"], None, "en")
    assert sh(root, "ls-tree", "-r", "--name-only", "HEAD").split() == ["beside", "own/b"]
    assert sh(root, "status", "--short") == ""


STATES = {
    "nothing": "",
    "staged": "echo x > sub/new; git add -A",
    "removed": "git rm -q --cached sub/one",
    "mode": "chmod +x sub/one; git add -A",
    "outside": "echo x > other; git add -A",
    "link": "ln -s one sub/link; git add -A",
    "path alone": "echo x > sub/later; git add -N sub/later",
    "marked": "git update-index --assume-unchanged sub/one; git update-index --skip-worktree top",
    "conflict": (
        "git checkout -q -b theirs; echo t > sub/one; git commit -qam t; git checkout -q main;"
        "echo o > sub/one; git commit -qam o; git merge -q theirs >/dev/null || true"
    ),
    "module": (
        "git init -q sub/inner; git -C sub/inner commit -q --allow-empty -m i;"
        "git add sub/inner 2>/dev/null"
    ),
    "version 4": "echo x > sub/new; git add -A; git update-index --index-version 4",
    "no commit": "git checkout -q --orphan fresh",
}


@pytest.mark.parametrize("state", STATES)
def test_read_once_the_list_says_the_same(tmp_path: Path, state: str) -> None:
    """Staged, known, marked and undecided files are those that git tells, in each state."""
    begin = (
        "git init -q -b main; mkdir sub; echo 1 > sub/one; echo 2 > sub/two; echo 3 > top;"
        "git add -A; git commit -q -m one;"
    )
    subprocess.run(["sh", "-ec", begin + STATES[state]], cwd=tmp_path, check=True)
    root = tmp_path / "sub"

    def answers() -> list[object]:
        return [
            list_staged_changes(root, ["one", "new", "link", "inner", "later"], {}),
            select_existing_or_staged_paths(root, ["one", "two", "none", "new", "inner", "later"]),
            unchanged_marks._list_files_marked_unchanged(root, None),
            list_undecided_files(root),
        ]

    expected = answers()
    with open_repository_snapshot(root):
        assert answers() == expected
