"""Files of `.assess` in a commit: refused before a merge, named with the command afterwards."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.sync.merge_commits import merge_commit_into_branch
from assess.store.git.sync.private_folder import refuse_committed_private_files
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one commit, on another branch."""
    root = tmp_path / "单位 一"
    root.mkdir()
    make_and_trust_missing_repository(root)
    save(root, ".gitignore", ".assess/\n", "start")
    sh(root, "switch", "-q", "-c", "theirs")
    return root


def commit_by_force(root: Path, path: str) -> str:
    """Commit a file that git is told to ignore, and return to the own branch."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("THEIRS\n", "utf-8")
    sh(root, "add", "-f", path)
    sh(root, "commit", "-q", "-m", "theirs")
    tip = sh(root, "rev-parse", "HEAD")
    sh(root, "switch", "-q", "main")
    return tip


def type_cure(root: Path, hint: str) -> None:
    """Type the command that a hint names, without the sync at its end."""
    start = hint.index("git rm")
    command = hint[start : hint.index(" && assess sync")]
    subprocess.run(["/bin/sh", "-c", command], cwd=root, check=True)


@pytest.mark.parametrize("path", [".assess/export-key", ".ASSESS/drafts/d.json", ".assess"])
@pytest.mark.parametrize("moved_on", [True, False])
def test_no_merge_brings_them(root: Path, path: str, moved_on: bool) -> None:
    """The commit, its author and the command for everybody are named; the own file stays."""
    tip = commit_by_force(root, path)
    if moved_on:
        save(root, "ours", "1\n", "ours")
    head = sh(root, "rev-parse", "HEAD")
    own = root / ".assess/export-key"
    own.parent.mkdir(exist_ok=True)
    own.write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="of one person only") as caught:
        merge_commit_into_branch(root, tip, "m", None, "en")

    assert tip[:10] in caught.value.message
    assert sh(root, "log", "-1", "--format=%an", tip) in caught.value.message
    assert own.read_text("utf-8") == "mine"
    assert sh(root, "rev-parse", "HEAD") == head

    own.unlink()
    own.parent.rmdir()
    sh(root, "switch", "-q", "theirs")
    type_cure(root, caught.value.hint)
    cured = sh(root, "rev-parse", "HEAD")
    sh(root, "switch", "-q", "main")
    assert merge_commit_into_branch(root, cured, "m", None, "en").merged != "nothing"


@pytest.mark.parametrize("kind", ["file", "link", "folder-link", "top-file"])
def test_the_newest_commit_has_them(root: Path, kind: str) -> None:
    """The command takes them out of git; what stands in the program's way goes, the rest stays."""
    path = root / (".assess" if kind in ("folder-link", "top-file") else ".assess/lock")
    path.parent.mkdir(exist_ok=True)
    if "link" in kind:
        path.symlink_to("/nowhere/else")
    else:
        path.write_text("x", "utf-8")
    sh(root, "add", "-f", path.name if path.parent == root else ".assess")
    sh(root, "commit", "-q", "-m", "private")
    with pytest.raises(UsageError, match="of one person only") as caught:
        refuse_committed_private_files(root, "en")

    type_cure(root, caught.value.hint)
    refuse_committed_private_files(root, "en")
    assert (kind == "file") == path.exists()
    assert not path.is_symlink()


def test_no_commit_and_no_repository_have_none(tmp_path: Path) -> None:
    """Nothing is refused there."""
    refuse_committed_private_files(tmp_path, "en")
    make_and_trust_missing_repository(tmp_path)
    refuse_committed_private_files(tmp_path, "en")
