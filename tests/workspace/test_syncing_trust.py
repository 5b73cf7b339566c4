"""What a sync makes run: nothing that came alive or arrived with it before it was asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    record_trust_in_git_programs,
)
from assess.workspace import Workspace
from assess.workspace.sharing import commit as committing
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import synchronize_workspace
from workspace.history.test_changes import ITEM, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name

from .test_syncing_by_meaning import there as there  # noqa: PLC0414  # pytest finds the fixture by this name

OTHER = "EGN-ACC-02"


def write_hook(folder: Path, name: str, trap: Path) -> None:
    """Write a hook that leaves its name in the trap."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f'#!/bin/sh\necho {name} >>"{trap}"\n', "utf-8")
    (folder / name).chmod(0o755)


def by_hand(one: Workspace) -> None:
    """Hand on everything with plain git, running no hook."""
    sh(one.root, "add", "-A")
    sh(one.root, "-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "by hand")
    sh(one.root, "-c", "core.hooksPath=/dev/null", "push", "-q", "origin", "main")


def test_settings_that_come_alive_with_the_new_remote_are_asked_about(
    here: Workspace, tmp_path: Path
) -> None:
    """`includeIf hasconfig:remote…` waits for an address: no git that talks to it runs before."""
    usb, trap, waiting = tmp_path / "U 盘" / "x.git", tmp_path / "trap", tmp_path / "waiting"
    (tmp_path / "run").write_text(f'#!/bin/sh\ntouch {trap}\nexec git-upload-pack "$@"\n', "utf-8")
    (tmp_path / "run").chmod(0o755)
    sh(tmp_path, "config", "-f", str(waiting), "core.fsmonitor", "false")
    sh(tmp_path, "config", "-f", str(waiting), "remote.origin.uploadpack", str(tmp_path / "run"))
    sh(here.root, "config", "includeIf.hasconfig:remote.*.url:**/x.git.path", str(waiting))
    record_trust_in_git_programs(here.root)

    assert make_folder_the_remote(here, usb)

    assert committing.list_untrusted_hooks_and_settings(here) == [
        "core.fsmonitor",
        "remote.origin.uploadpack",
    ]
    with pytest.raises(UsageError, match=r"core\.fsmonitor, remote\.origin\.uploadpack.*--trust"):
        synchronize_workspace(here, today=TODAY)
    assert not trap.exists()
    committing.trust_repository(here)
    assert synchronize_workspace(here, today=TODAY).pushed == 3
    assert trap.exists()


def test_an_address_that_is_rewritten_is_asked_about(here: Workspace, tmp_path: Path) -> None:
    """`insteadOf` turns the stick that was named into another place."""
    sh(here.root, "config", f"url.{tmp_path}/elsewhere.git.insteadOf", f"{tmp_path}/usb.git")
    make_folder_the_remote(here, tmp_path / "usb.git")
    with pytest.raises(UsageError, match=r"url\..*insteadof.*--trust"):
        synchronize_workspace(here, today=TODAY)


def test_joining_the_same_folder_again(here: Workspace, tmp_path: Path) -> None:
    """Whoever types the folder a second time is not refused; another folder is."""
    assert make_folder_the_remote(here, tmp_path / "x.git")
    assert not make_folder_the_remote(here, tmp_path / "x.git")
    with pytest.raises(UsageError, match="origin already"):
        make_folder_the_remote(here, tmp_path / "y.git")
    assert not (tmp_path / "y.git").exists()


@pytest.fixture
def kept(here: Workspace, there: Workspace, tmp_path: Path) -> Path:
    """Both keep their hooks in the workspace, and trust them here; where a hook leaves its name."""
    write_hook(there.root / "hooks", "pre-commit", tmp_path / "trap")
    by_hand(there)
    sh(here.root, "pull", "-q", "origin", "main")
    for one in (there, here):
        sh(one.root, "config", "core.hooksPath", "hooks")
    record_trust_in_git_programs(here.root)
    return tmp_path / "trap"


EVIL = ("pre-merge-commit", "commit-msg", "post-merge", "pre-push", "post-index-change")


@pytest.mark.parametrize("forward", [True, False])
def test_hooks_that_arrive_run_only_once_they_were_asked_about(
    here: Workspace, there: Workspace, kept: Path, forward: bool
) -> None:
    """Kept in the workspace, they come with the merge: named, and run from the next sync on."""
    for name in EVIL:
        write_hook(there.root / "hooks", name, kept)
    by_hand(there)
    if not forward:
        put(here, OTHER, status="met")
        restore_files_and_commit_workspace(here, today=TODAY)
    kept.unlink(missing_ok=True)

    with pytest.raises(UsageError, match=r"arrived.*hooks/pre-push.*--trust"):
        synchronize_workspace(here, today=TODAY)

    assert not kept.exists()
    assert (here.root / "hooks" / "pre-push").exists()
    with pytest.raises(UsageError, match="--trust"):
        synchronize_workspace(here, today=TODAY)
    committing.trust_repository(here)
    assert synchronize_workspace(here, today=TODAY).pushed == (0 if forward else 2)
    assert "pre-push" in kept.read_text("utf-8")


def test_a_hook_that_is_a_link_into_the_workspace(
    here: Workspace, there: Workspace, kept: Path
) -> None:
    """`.git/hooks/post-merge` may be a link to a file that comes with the merge."""
    sh(here.root, "config", "--unset", "core.hooksPath")
    (here.root / ".git" / "hooks" / "post-merge").symlink_to("../../hooks/pre-commit")
    record_trust_in_git_programs(here.root)
    write_hook(there.root / "hooks", "pre-commit", kept.with_name("evil"))
    by_hand(there)
    with pytest.raises(UsageError, match=r"hooks/post-merge.*--trust"):
        synchronize_workspace(here, today=TODAY)
    assert not kept.with_name("evil").exists()


def test_settings_that_arrive(here: Workspace, there: Workspace, tmp_path: Path) -> None:
    """A file of the workspace that git's settings include, there before or not."""
    trap = tmp_path / "trap"
    sh(here.root, "config", "include.path", "../more")
    write_hook(here.root / ".git" / "hooks", "post-merge", tmp_path / "mine")
    record_trust_in_git_programs(here.root)
    (there.root / "more").write_text(f'[core]\n\tsshCommand = touch "{trap}"\n', "utf-8")
    by_hand(there)
    with pytest.raises(UsageError, match=r"core\.sshcommand.*--trust"):
        synchronize_workspace(here, today=TODAY)
    assert not (tmp_path / "mine").exists()


def test_hooks_that_stay_as_they_were_run(here: Workspace, there: Workspace, kept: Path) -> None:
    """Answers that come in are no reason to keep trusted hooks off."""
    write_hook(here.root / "hooks", "post-merge", kept)
    write_hook(here.root / "hooks", "pre-merge-commit", kept)
    by_hand(here)
    record_trust_in_git_programs(here.root)
    put(there, ITEM, status="met")
    sh(there.root, "-c", "core.hooksPath=/dev/null", "commit", "-q", "-a", "-m", "x")
    sh(there.root, "-c", "core.hooksPath=/dev/null", "pull", "-q", "--no-rebase")
    sh(there.root, "-c", "core.hooksPath=/dev/null", "push", "-q", "origin", "main")
    put(here, OTHER, status="met")
    restore_files_and_commit_workspace(here, today=TODAY)
    kept.unlink(missing_ok=True)

    assert synchronize_workspace(here, today=TODAY).merged == "merged"

    assert kept.read_text("utf-8").split() == ["pre-merge-commit", "post-merge"]
    assert is_repository_trusted(here.root)
    assert (here.root / SHEET).exists()
