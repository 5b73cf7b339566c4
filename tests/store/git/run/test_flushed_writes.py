from __future__ import annotations

import errno
import os
import re
import subprocess
import tempfile
from pathlib import Path

import pytest

from assess.errors import UnconfirmedError
from assess.store.files import create_file_unless_exists
from assess.store.git.commit.commit_files import (
    commit_paths_if_changed,
    make_and_trust_missing_repository,
)
from assess.store.git.run import flushed_writes
from assess.store.git.run.flushed_writes import (
    flush_file_systems_of_repository,
    write_repository_settings,
)
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.trust.trusted_programs import is_repository_trusted
from store.git.run.test_commits import sh

SOURCE = Path(flushed_writes.__file__).parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A trusted repository."""
    root = tmp_path / "甲"
    root.mkdir()
    make_and_trust_missing_repository(root)
    return root


def _fail(_paths: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_settings_are_written_whole(root: Path) -> None:
    """Settings that were there stay, the file keeps its mode, no lock stays."""
    config = root / ".git" / "config"
    config.chmod(0o600)
    write_repository_settings(root, {"user.name": "甲 乙", "assess.x": "1"}, "en")
    assert sh(root, "config", "user.name") == "甲 乙"
    assert sh(root, "config", "core.bare") == "false"
    assert config.stat().st_mode & 0o777 == 0o600
    assert not list(config.parent.glob("*.lock"))


def test_settings_that_git_refuses(root: Path) -> None:
    """The file stays as it was, and so does trust."""
    before = (root / ".git" / "config").read_bytes()
    with pytest.raises(GitError):
        write_repository_settings(root, {"no-dot": "1"}, "en")
    assert (root / ".git" / "config").read_bytes() == before
    assert is_repository_trusted(root)


def test_settings_that_another_git_is_writing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock is told with its name, and so is a change that came in between; neither is lost."""
    config = root / ".git" / "config"
    (root / ".git" / "config.lock").touch()
    with pytest.raises(GitError) as caught:
        write_repository_settings(root, {"user.name": "x"}, "en")
    assert "rm .git/config.lock" in explain_git_error(caught.value, root, "en").hint
    (root / ".git" / "config.lock").unlink()

    def meanwhile(lock: Path, data: bytes, lang: str) -> bool:
        config.write_text("[user]\n\tname = other\n", "utf-8")
        return create_file_unless_exists(lock, data, "en")

    monkeypatch.setattr(flushed_writes, "create_file_unless_exists", meanwhile)
    with pytest.raises(GitError):
        write_repository_settings(root, {"user.name": "x"}, "en")
    assert sh(root, "config", "user.name") == "other"
    assert not (root / ".git" / "config.lock").exists()


def test_linked_working_trees_share_settings(root: Path, tmp_path: Path) -> None:
    """The settings are those of the main repository; both folders of git are flushed."""
    (root / "a").touch()
    commit_paths_if_changed(root, ["a"], "first", lang="en")
    sh(root, "worktree", "add", "-q", str(tmp_path / "linked"))
    write_repository_settings(tmp_path / "linked", {"assess.x": "1"}, "en")
    assert sh(root, "config", "assess.x") == "1"
    flush_file_systems_of_repository(tmp_path / "linked", "en")


def test_a_disk_that_fails_before_the_commit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No commit names objects that the disk does not confirm."""
    (root / "a").touch()
    monkeypatch.setattr(flushed_writes, "flush_file_systems", _fail)
    with pytest.raises(UnconfirmedError, match="the disk did not confirm it: Input/output error"):
        commit_paths_if_changed(root, ["a"], "first", lang="en")
    assert not (root / ".git" / "refs" / "heads" / "main").exists()


def test_objects_are_flushed_before_anything_names_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blobs and trees are flushed, get their names, and these are flushed; no branch before."""
    states: list[tuple[bool, int]] = []

    def look(_paths: object) -> None:
        objects = [path for path in (root / ".git" / "objects").rglob("*") if path.is_file()]
        states.append(((root / ".git" / "refs" / "heads" / "main").exists(), len(objects)))

    monkeypatch.setattr(flushed_writes, "flush_file_systems", look)
    (root / "sub" / "deep").mkdir(parents=True)
    for number in range(5):
        (root / "sub" / "deep" / f"{number}").write_text(f"{number}\n", "utf-8")
    commit_paths_if_changed(root, ["sub"], "first", lang="en")
    assert states == [(False, 5 + 3), (False, 5 + 3), (True, 5 + 3 + 1)]


_WRITES = re.compile(
    r"(?:git\.|\s)run\(\s*[\w.]+,\s*\[\s*\"(?:add|am|branch|checkout|clone|commit|fetch|gc|merge|mv"
    r"|pull|push|rebase|remote\", \"add|reset|restore|revert|rm|stash|switch|tag|update-ref)\""
)
_TEMPORARY = {"incoming.py", "source.py"}
"""Repositories in a temporary folder, which nobody is told of."""


def test_every_git_that_writes_is_flushed() -> None:
    """Commands that write go through `writing`, which gives them the settings that flush."""
    found = [
        path.name
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name not in _TEMPORARY and _WRITES.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_git_takes_the_settings(root: Path) -> None:
    """Git says nothing of settings that it does not know or can't read; it says so of these."""
    words = [word for option in flushed_writes.WRITING for word in ("-c", option)]
    done = subprocess.run(
        ["git", *words, "add", "-A"], cwd=root, check=True, capture_output=True, text=True
    )
    assert done.stderr == ""


def test_objects_that_cannot_be_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk and a folder without the right to write are explained; nothing stays behind."""

    def full(_old: Path, _new: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (root / "a").touch()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", full)
        with pytest.raises(GitError) as caught:
            commit_paths_if_changed(root, ["a"], "first", lang="en")
    assert explain_git_error(caught.value, root, "en").message == "the disk is full"
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "mkdtemp", _fail_to_make)
        with pytest.raises(GitError):
            list_new_objects(root)
    assert not list((root / ".git" / "objects").glob("tmp_*"))
    assert commit_paths_if_changed(root, ["a"], "first", lang="en")


def _fail_to_make(**_words: object) -> str:
    raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def list_new_objects(root: Path) -> list[str]:
    """Enter the place where objects are written apart."""
    with flushed_writes.write_new_objects_flushed(root, "en") as environ:
        return list(environ)


def test_objects_that_are_there_stay(root: Path) -> None:
    """An object of that name is not replaced; nothing new is no second flush."""
    objects = root / ".git" / "objects"
    with flushed_writes.write_new_objects_flushed(root, "en") as environ:
        for folder in (Path(environ["GIT_OBJECT_DIRECTORY"]), objects):
            (folder / "ab").mkdir()
            (folder / "ab" / "cd").write_text(folder.name, "utf-8")
    assert (objects / "ab" / "cd").read_text("utf-8") == "objects"
