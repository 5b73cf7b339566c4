"""What a merge would bring, seen before it is made: hooks, settings, files outside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.harmless import quote_for_shell
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.sync.arriving_changes import (
    may_merge_change_git_programs,
    refuse_outside_changes_and_list_options,
    write_merged_tree_if_supported,
)
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a commit on another branch that changes several files."""
    root = tmp_path / "单位 一"
    (root / "hooks" / "sub").mkdir(parents=True)
    make_and_trust_missing_repository(root)
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
    return may_merge_change_git_programs(
        root, write_merged_tree_if_supported(root, tip, (), {}, "en")
    )


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
    assert not may_merge_change_git_programs(
        root, write_merged_tree_if_supported(root, tip, (), {}, "en")
    )


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
    assert may_merge_change_git_programs(
        root, write_merged_tree_if_supported(root, tip, (), {}, "en")
    )


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


# A workspace in a folder of a larger repository


@pytest.fixture
def inner(root: Path) -> Path:
    """The workspace in a folder of that repository, on the branch `theirs`."""
    save(root, "自查/a.yaml", "1\n2\n3\n4\n5\n", "inner")
    sh(root, "branch", "-f", "main")
    return root / "自查"


@pytest.fixture(params=["new", "old"])
def git_age(request: pytest.FixtureRequest) -> str:
    """A git that can say what a merge changes, and one before 2.38."""
    return str(request.param)


def outside(root: Path, tip: str, git_age: str = "new") -> Sequence[str]:
    """Return what is needed to merge it into our branch, or raise the refusal."""
    sh(root, "switch", "-q", "main")
    tree = write_merged_tree_if_supported(root, tip, (), {}, "en") if git_age == "new" else None
    return refuse_outside_changes_and_list_options(root / "自查", tip, tree, "en")


@pytest.mark.parametrize("merging", [True, False])
def test_a_merge_inside_of_the_folder(root: Path, inner: Path, git_age: str, merging: bool) -> None:
    """What others changed in the workspace is no reason, nor what we changed outside of it."""
    tip = save(root, "自查/b.yaml", "1\n", "theirs")
    sh(root, "switch", "-q", "main")
    if merging:
        save(root, "elsewhere", "2\n", "ours")
    options = outside(root, tip, git_age)
    assert bool(options) is (git_age == "old")
    assert refuse_outside_changes_and_list_options(root, tip, None, "en") == ()


@pytest.mark.parametrize("path", [".bash_profile", "自查-2/a.yaml", "自查.yaml", "a.yaml"])
def test_a_merge_beside_the_folder(root: Path, inner: Path, git_age: str, path: str) -> None:
    """The paths are named, and what to type."""
    tip = save(root, path, "2\n", "theirs")
    with pytest.raises(UsageError) as caught:
        outside(root, tip, git_age)
    message = "what others committed changes files outside of this workspace: "
    assert caught.value.message == message + quote_for_shell(path)
    assert f"git merge {tip[:10]} && assess sync" in caught.value.hint


def test_many_paths(root: Path, inner: Path) -> None:
    """The first ones are named, as one types them; and that there are more."""
    for number in range(7):
        (root / f"x {number}").write_text("1\n", "utf-8")
    tip = save(root, "z", "1\n", "theirs")
    with pytest.raises(UsageError, match=r"'x 0', 'x 1', 'x 2', 'x 3', 'x 4'…"):
        outside(root, tip)


def test_the_folder_becomes_a_link(root: Path, inner: Path, git_age: str) -> None:
    """A link in the place of the workspace's own folder is none of its files."""
    sh(root, "rm", "-rq", "自查")
    (root / "自查").symlink_to("hooks")
    sh(root, "add", "-A")
    sh(root, "commit", "-q", "-m", "theirs")
    tip = sh(root, "rev-parse", "HEAD")
    with pytest.raises(UsageError, match="outside of this workspace: '自查' "):
        outside(root, tip, git_age)


def test_a_file_moved_out_here_and_changed_there(root: Path, inner: Path, git_age: str) -> None:
    """Git would carry the change over; an old git is told not to follow."""
    tip = save(root, "自查/a.yaml", "1\n2\n3\n4\nevil\n", "theirs")
    sh(root, "switch", "-q", "main")
    sh(root, "mv", "自查/a.yaml", "moved")
    save(root, "自查/c.yaml", "1\n", "moved")
    if git_age == "old":
        assert "merge.renames=false" in outside(root, tip, git_age)
    else:
        with pytest.raises(UsageError, match="moved"):
            outside(root, tip, git_age)
