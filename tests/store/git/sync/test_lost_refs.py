"""Refs that a power cut left without content."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.snapshot import open_repository_snapshot
from assess.store.git.sync.lost_refs import (
    remove_unreadable_merge_refs,
    remove_unreadable_tracking_branch,
)
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a commit."""
    sh(tmp_path, "init", "-q", "-b", "main")
    save(tmp_path, "a", "1", "one")
    return tmp_path


@pytest.mark.parametrize("content", [b"", bytes(41), b"0123\n"])
def test_a_ref_without_content_goes(root: Path, content: bytes) -> None:
    """So git can write it again."""
    remote = root / ".git/refs/remotes/origin/feature/x"
    remote.parent.mkdir(parents=True)
    names = [root / ".git" / name for name in ("ORIG_HEAD", "AUTO_MERGE")]
    for path in (remote, *names):
        path.write_bytes(content)
    with open_repository_snapshot(root):
        remove_unreadable_tracking_branch(root, "origin", "feature/x")
        remove_unreadable_merge_refs(root)
    assert not any(path.exists() for path in (remote, *names))


def test_a_ref_with_content_stays(root: Path, tmp_path: Path) -> None:
    """So does a link, whatever it leads to; what is not there is no error."""
    head = sh(root, "rev-parse", "HEAD")
    remote = root / ".git/refs/remotes/origin/main"
    remote.parent.mkdir(parents=True)
    for text in (f"{head}\n", f"{head}{'0' * 24}\n", "ref: refs/remotes/origin/other\n"):
        remote.write_text(text, "utf-8")
        remove_unreadable_tracking_branch(root, "origin", "main")
        assert remote.read_text("utf-8") == text
    remote.unlink()
    (tmp_path / "empty").touch()
    remote.symlink_to(tmp_path / "empty")
    remove_unreadable_tracking_branch(root, "origin", "main")
    assert remote.is_symlink()
    remove_unreadable_merge_refs(root)
