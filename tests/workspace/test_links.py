"""Links in a workspace of somebody else: nothing outside is read, written or removed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.errors import FilesError, UsageError
from assess.workspace import Workspace

TODAY = date(2026, 3, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A fresh workspace, with a folder beside it that is none of its business."""
    (tmp_path / "away").mkdir()
    return Workspace.make_workspace(
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
