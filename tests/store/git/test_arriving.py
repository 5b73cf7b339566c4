"""Hooks and settings that a merge would bring, seen before it is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.arriving import brings_programs, merged_tree
from assess.store.git.commit import start_repository

from .test_history import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a commit on another branch that changes several files."""
    root = tmp_path / "单位 一"
    (root / "hooks" / "sub").mkdir(parents=True)
    start_repository(root)
    for name in ("a.yaml", "more", "hooks/pre-push", "hooks/sub/helper", "elsewhere"):
        save(root, name, "# 1\n", name)
    sh(root, "switch", "-q", "-c", "theirs")
    return root


def brings(root: Path, *, merging: bool = True) -> bool:
    """Return the same for our branch, which has moved on where there is something to merge."""
    tip = sh(root, "rev-parse", "HEAD")
    sh(root, "switch", "-q", "main")
    if merging:
        save(root, "ours", "1\n", "ours")
    return brings_programs(root, merged_tree(root, tip, ()))


def test_what_git_keeps_itself_comes_with_no_merge(root: Path) -> None:
    """A file of that name in the folder is none of git's."""
    save(root, "hooks/pre-push", "2\n", "theirs")
    assert not brings(root)


@pytest.mark.parametrize("merging", [True, False])
@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("a.yaml", False),
        ("hooks/pre-push", True),
        ("hooks/post-merge", True),
        ("hooks/sub/helper", True),
    ],
)
def test_hooks_in_the_workspace(root: Path, path: str, seen: bool, merging: bool) -> None:
    """Changed, new, and what stands below them; answers are none."""
    sh(root, "config", "core.hooksPath", "hooks")
    save(root, path, "2\n", "theirs")
    assert brings(root, merging=merging) is seen


def test_only_theirs_counts(root: Path) -> None:
    """A hook that was changed here stays as it is, so trust in it stays."""
    save(root, "a.yaml", "2\n", "theirs")
    tip = sh(root, "rev-parse", "HEAD")
    sh(root, "switch", "-q", "main")
    sh(root, "config", "core.hooksPath", "hooks")
    save(root, "hooks/pre-push", "2\n", "ours")
    assert not brings_programs(root, merged_tree(root, tip, ()))


def test_a_hook_moved_here_and_changed_there(root: Path) -> None:
    """The merge carries the change over to the new place."""
    save(root, "elsewhere", "1\n2\n3\n4\n5\n", "long")
    sh(root, "branch", "-f", "main")
    save(root, "elsewhere", "1\n2\n3\n4\nevil\n", "theirs")
    tip = sh(root, "rev-parse", "HEAD")
    sh(root, "switch", "-q", "main")
    sh(root, "config", "core.hooksPath", "hooks")
    sh(root, "mv", "elsewhere", "hooks/post-merge")
    sh(root, "commit", "-q", "-m", "moved")
    assert brings_programs(root, merged_tree(root, tip, ()))


@pytest.mark.parametrize("there", [True, False])
def test_settings_in_the_workspace(root: Path, there: bool) -> None:
    """A file that git's settings include, there already or not yet."""
    name = "more" if there else "new"
    sh(root, "config", "include.path", f"../{name}")
    save(root, name, "# 2\n", "theirs")
    assert brings(root)


def test_links(root: Path) -> None:
    """Hooks may be reached by links, and any link that changes may be one of these."""
    (root / ".git" / "hooks" / "post-merge").symlink_to("../../elsewhere")
    (root / "link").symlink_to("a.yaml")
    sh(root, "add", "-A")
    sh(root, "commit", "-q", "-m", "theirs")
    assert brings(root)


def test_a_merge_that_cannot_be_foreseen(root: Path) -> None:
    """Without anything in common, or under an older git, it may bring anything."""
    sh(root, "config", "core.hooksPath", "hooks")
    sh(root, "switch", "-q", "--orphan", "alone")
    save(root, "a.yaml", "2\n", "alone")
    assert brings(root)
