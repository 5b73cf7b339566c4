"""What the overview says of git, and of a folder that can't be written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.tui.overview.git_state import read_git_state
from assess.workspace.core import write_access
from assess.workspace.core.write_access import find_unwritable_folder
from assess.workspace.rounds.missing_answers import propose_commit
from tui.driver import driving
from tui.full_workspace import full_workspace
from tui.sample import TODAY, make_workspace


def test_the_overview_counts_the_files_that_a_commit_takes(tmp_path: Path) -> None:
    """A report that was made is one of them."""
    workspace = full_workspace(tmp_path / "w", "en", repository=True)
    report = workspace.root / "reports" / "2026" / "kinds-full-zh.pdf"
    report.parent.mkdir(parents=True)
    report.write_bytes(b"%PDF-1.7")
    counted = read_git_state(workspace, "en").uncommitted
    assert counted == ["reports/2026/kinds-full-zh.pdf"]
    assert counted == list(propose_commit(workspace, TODAY).files)


async def test_a_folder_that_cannot_be_written_is_told_on_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the first line of what is to be done; Enter says what helps."""
    workspace = make_workspace(tmp_path / "w", "en")
    assert find_unwritable_folder(workspace.root, "2026") is None
    answers = workspace.root / "answers"
    answers.mkdir(exist_ok=True)

    def refuse_answers(path: Path, mode: int) -> bool:
        return path != answers and os.access(path, mode)

    monkeypatch.setattr(write_access, "is_allowed", refuse_answers)
    assert find_unwritable_folder(workspace.root, "2026") == answers
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        assert "1 ! nothing can be saved: this folder can't be written: /" in driver.screen
        await driver.press("1")
        assert "work on a copy" in driver.foot
