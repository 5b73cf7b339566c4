"""Answers that do not fit together are named on the overview and on Finish, with a way to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui.driver import driving
from tui.sample import NOW, SHEET
from tui.walk.test_field_checks import workspace_with_checks


async def test_rows_lead_to_the_items_of_a_broken_check(tmp_path: Path) -> None:
    """The walk shows those items only; once they fit, nothing says so any more."""
    workspace = workspace_with_checks(tmp_path / "w", "en")
    answers: dict[str, dict[str, Any]] = {
        "KND-03": {"value": {"part": 3, "whole": 9}},
        "KND-04": {"value": 5},
    }
    workspace.open_sheet(SHEET, "2026").write_answers(answers, by=None, now=NOW, lang="en")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        assert "answers that do not fit together (1): 3 + 5 = 8" in driver.screen
        await driver.press("p")
        line = next(line for line in driver.screen.splitlines() if "do not fit" in line)
        assert "2 with answers that do not fit together" in line
        row = driver.screen.splitlines().index(line) - 2
        await driver.press(*["down"] * row, "enter")
        assert driver.item == "KND-03"
        assert driver.app.screen.walk_state.filter == "check"  # type: ignore[attr-defined]  # the walk
        await driver.press("home")
        await driver.press("q")
