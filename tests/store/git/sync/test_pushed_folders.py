"""Hard links in the folder that a push writes to: only files to which it appends are refused."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assess.errors import WriteError
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.sync import exchange
from assess.store.git.sync.exchanged_tags import replace_remote_tag
from assess.store.git.sync.pushed_folders import trust_remote_folders
from store.git.run.test_commits import save, sh


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two branches, of which `cp -al` made a copy."""
    monkeypatch.setenv("HOME", str(tmp_path))
    origin = tmp_path / "甲"
    origin.mkdir()
    make_and_trust_missing_repository(origin)
    save(origin, "a.yaml", "1\n", "first")
    sh(origin, "update-ref", "ORIG_HEAD", "HEAD")
    sh(origin, "branch", "other")
    copy_by_links(origin)
    return origin


@pytest.fixture
def clone(origin: Path) -> Path:
    """A clone of it with a commit of its own."""
    sh(origin.parent, "clone", "-q", str(origin), "clone")
    clone = origin.parent / "clone"
    save(clone, "b.yaml", "1\n", "second")
    return clone


def copy_by_links(folder: Path) -> None:
    """Copy a folder as backup tools do: each file gets a second name."""
    copy = folder.with_name(f"{folder.name} copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, copy_function=os.link)


def test_a_push_to_another_branch_of_a_copied_workspace(clone: Path, origin: Path) -> None:
    """Neither messages nor logs of the workspace there are written: nothing is refused."""
    before = (origin / ".git/logs/HEAD").read_bytes()
    assert exchange.push_branch_and_tags(clone, "origin", "third", "en")
    assert (origin / ".git/logs/HEAD").read_bytes() == before
    assert sh(origin, "rev-parse", "third") == sh(clone, "rev-parse", "HEAD")


def test_nothing_to_push_to_the_branch_of_a_copied_workspace(clone: Path) -> None:
    """Git refuses to write to the branch of a working tree, so its logs are in nobody's way."""
    sh(clone, "reset", "-q", "--hard", "origin/main")
    assert exchange.push_branch_and_tags(clone, "origin", "main", "en")


def test_the_log_of_the_pushed_branch(clone: Path, origin: Path) -> None:
    """A push appends to it: it is refused, and what is typed corrects it."""
    with pytest.raises(WriteError, match="second name") as caught:
        exchange.push_branch_and_tags(clone, "origin", "other", "en")
    assert str(origin / ".git/logs/refs/heads/other") in caught.value.message
    assert "HEAD" not in caught.value.message
    assert os.system(caught.value.hint) == 0  # noqa: S605  # a person types it into a shell
    assert exchange.push_branch_and_tags(clone, "origin", "other", "en")


def test_the_log_of_a_branch_for_which_the_pushed_one_stands(clone: Path, origin: Path) -> None:
    """Git writes to another branch, and to its log."""
    sh(origin, "symbolic-ref", "refs/heads/third", "refs/heads/other")
    with pytest.raises(WriteError, match="logs/refs/heads/other"):
        exchange.push_branch_and_tags(clone, "origin", "third", "en")


def test_the_log_of_head_in_a_bare_repository(clone: Path, origin: Path) -> None:
    """A push to the branch that HEAD names appends to the log of HEAD as well."""
    folder = origin.parent / "bare.git"
    sh(origin.parent, "clone", "-q", "--bare", str(origin), str(folder))
    sh(folder, "config", "core.logAllRefUpdates", "true")
    sh(clone, "remote", "set-url", "origin", str(folder))
    assert exchange.push_branch_and_tags(clone, "origin", "main", "en")
    copy_by_links(folder)
    save(clone, "c.yaml", "1\n", "third")
    with pytest.raises(WriteError, match="logs/HEAD"):
        exchange.push_branch_and_tags(clone, "origin", "main", "en")


def test_a_head_that_is_a_link(clone: Path, origin: Path) -> None:
    """Git follows it to the branch, and appends to the log of HEAD."""
    folder = origin.parent / "bare.git"
    sh(origin.parent, "clone", "-q", "--bare", str(origin), str(folder))
    sh(folder, "config", "core.logAllRefUpdates", "true")
    (folder / "HEAD").unlink()
    (folder / "HEAD").symlink_to("refs/heads/main")
    sh(folder, "pack-refs", "--all", "--no-prune")
    (folder / "logs").mkdir(exist_ok=True)
    (folder / "logs/HEAD").hardlink_to(origin / "a.yaml")
    sh(clone, "remote", "set-url", "origin", str(folder))
    with pytest.raises(WriteError, match="logs/HEAD"):
        exchange.push_branch_and_tags(clone, "origin", "main", "en")


def test_the_logs_of_a_trusted_working_tree(clone: Path, origin: Path) -> None:
    """Its settings may let a push write to the branch of the working tree."""
    sh(origin, "config", "receive.denyCurrentBranch", "updateInstead")
    trust_remote_folders(clone, "origin")
    with pytest.raises(WriteError, match="logs/HEAD"):
        exchange.push_branch_and_tags(clone, "origin", "main", "en")


def test_a_tag(clone: Path, origin: Path) -> None:
    """A pushed tag appends to no log of a branch; to the tag's own log if there is one."""
    sh(clone, "tag", "-a", "-m", "x", "round/2026")
    replace_remote_tag(clone, "origin", "round/2026", "en")
    log = origin / ".git/logs/refs/tags/round/2026"
    log.parent.mkdir(parents=True)
    log.hardlink_to(origin / "a.yaml")
    with pytest.raises(WriteError, match="logs/refs/tags/round/2026"):
        replace_remote_tag(clone, "origin", "round/2026", "en")
