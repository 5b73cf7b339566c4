"""The remote of a repository: which one it is, and a folder that becomes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.run.plumbing import GitError
from assess.store.git.sync import remote_setup
from assess.store.git.trust.trusted_programs import is_repository_trusted
from store.git.run.test_commits import sh
from store.git.sync.test_exchange import bare as bare  # noqa: PLC0414  # pytest finds the fixture by this name
from store.git.sync.test_exchange import root as root  # noqa: PLC0414  # pytest finds the fixture by this name


def test_which_remote(root: Path, bare: Path) -> None:
    """The branch's own, else the only one or origin, else none."""
    assert remote_setup.find_remote_and_branch(root, "main") == ("origin", "main")
    sh(root, "remote", "add", "usb", str(bare))
    assert remote_setup.find_remote_and_branch(root, "main") == ("origin", "main")
    sh(root, "config", "branch.main.remote", "usb")
    sh(root, "config", "branch.main.merge", "refs/heads/trunk")
    assert remote_setup.find_remote_and_branch(root, "main") == ("usb", "trunk")
    sh(root, "remote", "remove", "origin")
    sh(root, "remote", "rename", "usb", "stick")
    assert remote_setup.find_remote_and_branch(root, "other") == ("stick", "other")
    sh(root, "remote", "add", "second", str(bare))
    assert remote_setup.find_remote_and_branch(root, "nothing") is None


def test_a_folder_that_holds_something_is_not_made(root: Path, bare: Path, tmp_path: Path) -> None:
    """An existing repository is used as it is; an origin elsewhere is not replaced."""
    sh(root, "remote", "remove", "origin")
    assert not remote_setup.add_origin_and_create_if_missing(root, bare, "main")
    with pytest.raises(GitError, match="already exists"):
        remote_setup.add_origin_and_create_if_missing(root, tmp_path / "new.git", "main")
    assert is_repository_trusted(root)
