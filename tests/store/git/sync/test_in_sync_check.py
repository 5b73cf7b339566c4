"""Two sides with the same commits and tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.sync.exchange import RemoteState
from assess.store.git.sync.in_sync_check import is_surely_in_sync_with_remote
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository that was pushed to a bare one, with a tag."""
    other = tmp_path / "bare"
    other.mkdir()
    sh(other, "init", "-q", "--bare")
    root = tmp_path / "here"
    root.mkdir()
    sh(root, "init", "-q", "-b", "main")
    save(root, "a", "1", "one")
    sh(root, "tag", "-a", "-m", "t", "round/2026")
    sh(root, "remote", "add", "origin", str(other))
    sh(root, "push", "-q", "--follow-tags", "origin", "main")
    return root


def there(root: Path) -> RemoteState:
    """Return what the other side has, when it has all that is here."""
    head = sh(root, "rev-parse", "HEAD")
    return RemoteState(head, {"round/2026": head})


def test_with_the_same_commit_and_tags(root: Path) -> None:
    """Nothing is to be done; so where the other side has more tags."""
    assert is_surely_in_sync_with_remote(root, "origin", "main", there(root))
    more = there(root)
    assert is_surely_in_sync_with_remote(
        root, "origin", "main", more._replace(tags={**more.tags, "x": "1" * 40})
    )


def test_with_another_commit_or_without_a_tag(root: Path) -> None:
    """A commit here or there, a tag that lacks there, or a branch that git does not know there."""
    same = there(root)
    assert not is_surely_in_sync_with_remote(root, "origin", "main", same._replace(tip=None))
    assert not is_surely_in_sync_with_remote(root, "origin", "main", same._replace(tip="1" * 40))
    assert not is_surely_in_sync_with_remote(root, "origin", "main", same._replace(tags={}))
    assert not is_surely_in_sync_with_remote(root, "origin", "other", same)
    save(root, "a", "2", "two")
    assert not is_surely_in_sync_with_remote(root, "origin", "main", same)
    assert not is_surely_in_sync_with_remote(root, "origin", "main", there(root))


def test_with_a_hook(root: Path) -> None:
    """It runs with each exchange, also where nothing is handed on."""
    hook = root / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.touch(0o755)
    assert not is_surely_in_sync_with_remote(root, "origin", "main", there(root))


def test_without_a_repository(tmp_path: Path) -> None:
    """Nothing is level."""
    assert not is_surely_in_sync_with_remote(tmp_path, "origin", "main", RemoteState("1" * 40, {}))
