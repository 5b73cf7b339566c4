"""Repositories of others that are only read: what may stand in git's folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.errors import AssessError, UsageError
from assess.store.git.state import shared_repository
from assess.store.git.state.shared_repository import find_git_folder, open_shared_repository


def run_git(folder: Path, *words: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a repository and a commit."""
    made = tmp_path / "share" / "unit"
    made.mkdir(parents=True)
    run_git(made, "init", "-q")
    run_git(made, "commit", "-q", "--allow-empty", "-m", "x")
    return made


def test_git_folders_of_workspaces_and_bare_repositories(folder: Path, tmp_path: Path) -> None:
    """Anything else has none; only names are looked at."""
    run_git(folder, "clone", "-q", "--bare", "--no-local", ".", str(tmp_path / "bare.git"))
    assert find_git_folder(folder) == folder / ".git"
    assert find_git_folder(tmp_path / "bare.git") == tmp_path / "bare.git"
    assert find_git_folder(tmp_path) is None
    for path in (folder / ".git", tmp_path / "bare.git"):
        assert open_shared_repository(path, "en").resolve_head_commit() is not None


def link_a_file(git: Path) -> None:
    """Put a link in the place of a file."""
    (git / "config").rename(git.parent / "config")
    (git / "config").symlink_to(git.parent / "config")


def name_alternates(git: Path) -> None:
    """Let git read the objects of another folder."""
    (git / "objects" / "info" / "alternates").write_text("/x\n", "utf-8")


def lead_elsewhere(git: Path) -> None:
    """Put a file in the place of git's folder that names another one."""
    git.rename(git.parent / "elsewhere")
    git.write_text(f"gitdir: {git.parent / 'elsewhere'}\n", "utf-8")


def name_worktree(git: Path) -> None:
    """Let the settings name a working tree above the folder."""
    run_git(git.parent, "config", "core.worktree", str(git.parent.parent))


def name_worktree_beside(git: Path) -> None:
    """Let the settings name a working tree in which git's folder does not stand."""
    run_git(git.parent, "config", "core.worktree", "/etc")


def remove_head(git: Path) -> None:
    """Leave a folder that git does not take for a repository."""
    (git / "HEAD").unlink()


def put_pipe_into_it(git: Path) -> None:
    """Put a pipe in the place of a file that git reads."""
    (git / "packed-refs").unlink(missing_ok=True)
    os.mkfifo(git / "packed-refs")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (link_a_file, "config is a link"),
        (name_alternates, "alternates lets git read from other folders"),
        (lead_elsewhere, "leads to a repository elsewhere"),
        (name_worktree, "name another working tree"),
        (name_worktree_beside, "name another working tree"),
        (remove_head, "is no repository that git can read"),
        (put_pipe_into_it, "packed-refs is a pipe, a device or far too large"),
    ],
)
def test_what_is_refused(folder: Path, change: Callable[[Path], None], words: str) -> None:
    """By path, also where the folder stands in a repository of its own."""
    run_git(folder.parent, "init", "-q")
    change(folder / ".git")
    with pytest.raises(AssessError) as refused:
        open_shared_repository(folder / ".git", "en")
    assert words in str(refused.value)
    assert str(folder) in str(refused.value)


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 3), ("MOST_BYTES", 100)])
def test_a_large_one_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    """Before git is started."""
    monkeypatch.setattr(shared_repository, limit, value)
    monkeypatch.setattr(shared_repository, "run_git", None)
    with pytest.raises(UsageError, match="is larger than"):
        open_shared_repository(folder / ".git", "en")


def test_a_folder_that_can_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is named."""

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UsageError, match="can't be read: Permission denied"):
        open_shared_repository(folder / ".git", "en")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_one_of_another_user(folder: Path) -> None:
    """Git does not open it; the hint says how the officer lets it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 12345, 12345, follow_symlinks=False)
    with pytest.raises(AssessError, match="belongs to another user") as refused:
        open_shared_repository(folder / ".git", "en")
    assert "safe.directory" in refused.value.hint
