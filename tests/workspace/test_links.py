"""Links in a workspace of somebody else: nothing outside is read, written or removed."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from assess.errors import FilesError, UsageError
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace
from workspace.history.test_changes import sh

TODAY = date(2026, 3, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A fresh workspace, with a folder beside it that is none of its business."""
    (tmp_path / "away").mkdir()
    return make_and_commit_workspace(
        tmp_path / "w", organization="甲", language="zh", today=TODAY, lang="en"
    ).root


@pytest.mark.parametrize("name", [".assess", "answers", "evidence", "templates", "reports/2026"])
def test_folders_that_lead_out_are_refused(root: Path, tmp_path: Path, name: str) -> None:
    """Before anything is read or written: the lock, drafts, answers, evidence, reports."""
    path = root / name
    if path.is_dir():
        path.rename(tmp_path / "old")
    path.symlink_to(tmp_path / "away")
    with pytest.raises(UsageError, match=f"{name} is a link"):
        Workspace.find_workspace(root, "en")
    assert not list((tmp_path / "away").iterdir())


@pytest.mark.parametrize("name", [".assess/lock", ".assess/drafts", ".assess"])
def test_a_link_of_assess_that_git_has(root: Path, tmp_path: Path, name: str) -> None:
    """The command takes it out of git and out of the way: no folder has to be put there."""
    if (root / ".assess").is_dir():
        (root / ".assess").rename(tmp_path / "old")
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).symlink_to(tmp_path / "gone")
    sh(root, "add", "-f", name)
    sh(root, "commit", "-q", "-m", "x")
    with pytest.raises(UsageError) as caught:
        Workspace.find_workspace(root, "en")
    text = str(caught.value)
    command = text[text.index("git rm") : text.index(" && assess sync")]
    subprocess.run(["/bin/sh", "-c", command], cwd=root, check=True)
    assert Workspace.find_workspace(root, "en").git.describe_committed_private_files() == ""


def test_files_that_are_links_are_refused(root: Path, tmp_path: Path) -> None:
    """A checklist elsewhere would count in the score and stand in no digest."""
    path = root / "checklists" / "egov-network.yaml"
    path.rename(tmp_path / "away" / "x.yaml")
    path.symlink_to(tmp_path / "away" / "x.yaml")
    here = Workspace.find_workspace(root, "en")
    with pytest.raises(FilesError):
        here.read_checklist("egov-network")
    problems = here.lint_workspace_files(today=TODAY)
    assert ("checklists/egov-network.yaml", "link") in {(one.file, one.code) for one in problems}


def test_only_files_of_the_workspace_are_checked(root: Path, tmp_path: Path) -> None:
    """`assess lint /elsewhere` is a wrong word, not a bug."""
    here = Workspace.find_workspace(root, "en")
    with pytest.raises(UsageError, match="not in the workspace"):
        here.lint_workspace_files([tmp_path / "away"], today=TODAY)
