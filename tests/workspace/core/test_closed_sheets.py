"""Conflicts in the sheet of a closed round are named by lint."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.workspace import Workspace
from assess.workspace.sharing.sync import synchronize_workspace
from samples import Samples
from workspace.history.test_changes import SHEET, TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.late import add_people, close, two_sides


def rewrite(workspace: Workspace, status: str) -> None:
    """Change an answer in an editor, and commit that."""
    sheet = workspace.root / SHEET
    text = sheet.read_text("utf-8").replace("status: unmet", f"status: {status}")
    sheet.write_text(text, "utf-8")
    sh(workspace.root, "commit", "-q", "-a", "-m", "x")


def test_conflicts_of_a_closed_round(here: Workspace, tmp_path: Path, samples: Samples) -> None:
    """Lint does not tell to take the file as it was reported: both answers would be gone."""
    there = two_sides(here, tmp_path, samples)
    rewrite(there, "partial")
    synchronize_workspace(there, today=TODAY)
    close(here)
    rewrite(here, "met")
    with pytest.raises(FilesError):
        synchronize_workspace(here, today=TODAY)
    problems = [one for one in here.lint_workspace_files(today=TODAY) if one.file == SHEET]
    assert "conflict" in {problem.code for problem in problems}
    assert not any("git checkout" in problem.hint for problem in problems)


def test_a_sheet_that_is_no_file(here: Workspace) -> None:
    """Nothing is read through a link."""
    add_people(here)
    close(here)
    (here.root / SHEET).rename(here.root / "sheet")
    (here.root / SHEET).symlink_to("../../sheet")
    assert here.lint_workspace_files(today=TODAY)
