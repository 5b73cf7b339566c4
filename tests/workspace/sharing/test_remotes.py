"""The remote of a workspace is chosen, or a folder becomes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import UsageError, WriteError
from assess.store.git.trust.trusted_programs import record_trust_in_git_programs
from assess.workspace import Workspace
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import synchronize_workspace
from workspace.history.test_changes import TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name


def test_nothing_to_synchronize_with(here: Workspace) -> None:
    """How to begin is named."""
    with pytest.raises(UsageError, match="assess sync FOLDER"):
        synchronize_workspace(here, today=TODAY)


def test_several_to_synchronize_with(here: Workspace) -> None:
    """They are named, with how one of them is chosen."""
    for name in ("a", "b"):
        sh(here.root, "remote", "add", name, f"/nowhere/{name}.git")
    record_trust_in_git_programs(here.root)
    with pytest.raises(UsageError, match=r"a, b \(git config branch\.main\.remote NAME"):
        synchronize_workspace(here, today=TODAY)


def test_a_branch_that_goes_to_a_tag(here: Workspace, tmp_path: Path) -> None:
    """It would be pushed to a branch of that whole name, which nobody sees; the hint mends it."""
    make_folder_the_remote(here, tmp_path / "x.git")
    sh(here.root, "config", "branch.main.remote", "origin")
    sh(here.root, "config", "branch.main.merge", "refs/tags/round/2025")
    with pytest.raises(UsageError, match=r"refs/tags/round/2025 .*no branch") as caught:
        synchronize_workspace(here, today=TODAY)
    sh(here.root, *caught.value.hint.split()[1:])
    assert synchronize_workspace(here, today=TODAY).branch == "main"


def test_a_folder_that_cannot_be_made(here: Workspace, tmp_path: Path) -> None:
    """A file in the way is an error of the environment."""
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(WriteError):
        make_folder_the_remote(here, tmp_path / "file" / "x.git")


@pytest.mark.parametrize("kind", ["files", "workspace"])
def test_a_folder_that_is_no_shared_repository(here: Workspace, tmp_path: Path, kind: str) -> None:
    """It is not taken for the remote, so that another one can still be named."""
    folder = tmp_path / "folder"
    folder.mkdir()
    if kind == "workspace":
        sh(folder, "init", "-q", "-b", "main")
    (folder / "x").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="a new or an empty one"):
        make_folder_the_remote(here, folder)
    assert sh(here.root, "remote") == ""
    assert make_folder_the_remote(here, tmp_path / "x.git")


@pytest.mark.parametrize("address", ["https://git.example/x.git", "git@host:x.git", "ssh://h/x"])
def test_an_address_in_place_of_a_folder(
    here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """No folder of such a name is made; how git is told of it is said."""
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError, match="git remote add origin ADDRESS"):
        make_folder_the_remote(here, Path(address))
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("lack", ["uncommitted", "untrusted", "folder"])
def test_nothing_is_made_before_it_is_known_whether_a_sync_can_go_on(
    here: Workspace, tmp_path: Path, lack: str
) -> None:
    """Neither a repository in the folder nor a remote is there after a refusal."""
    folder = tmp_path / "stick" / "x.git"
    if lack == "uncommitted":
        (here.root / "assess.yaml").write_text(
            (here.root / "assess.yaml").read_text("utf-8") + "# mine\n", "utf-8"
        )
    elif lack == "untrusted":
        hook = here.root / ".git" / "hooks" / "pre-push"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\n", "utf-8")
        hook.chmod(0o755)
    else:
        folder.mkdir(parents=True)
        (folder / "x").write_text("x", "utf-8")
    before = sorted(tmp_path.rglob("*.git"))

    with pytest.raises(UsageError):
        synchronize_workspace(here, today=TODAY, folder=folder)

    assert sorted(tmp_path.rglob("*.git")) == before
    assert sh(here.root, "remote") == ""


def test_a_folder_becomes_the_remote_in_a_sync(here: Workspace, tmp_path: Path) -> None:
    """The first sync makes the repository and hands on what is committed; the second makes none."""
    done = synchronize_workspace(here, today=TODAY, folder=tmp_path / "x.git")
    assert (done.made_remote, done.remote, done.pushed > 0) == (True, "origin", True)
    assert not synchronize_workspace(here, today=TODAY, folder=tmp_path / "x.git").made_remote
