"""Who fills in an item or a section: the form, the file, and the filter that goes by it."""

from __future__ import annotations

from pathlib import Path

from assess.workspace import Workspace
from tui.driver import driving
from tui.full_workspace import full_workspace
from tui.sample import SHEET


def assigned(workspace: Workspace) -> dict[str, str]:
    """Return what the sheet on disk says."""
    return dict(workspace.open_sheet(SHEET, "2026").sheet.assigned)


async def test_a_section_and_an_item_are_assigned(tmp_path: Path) -> None:
    """A section goes to one, an item of it to another; “assigned to me” goes by both."""
    workspace = full_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("g", *"01", "enter", "@")
        assert "Assign KND-01" in driver.screen
        await driver.press("1", "ctrl+s")
        assert assigned(workspace) == {"first": "wang-min"}
        assert "written" in driver.foot
        assert "Filled in by  王敏" in driver.screen
        await driver.press("down", "ctrl+a", "2", "2", "ctrl+s")
        assert assigned(workspace) == {"first": "wang-min", "KND-02": "li-jian"}
        await driver.press("f", *"assigned", "enter")
        assert driver.item == "KND-03"
        assert "KND-02" not in driver.screen
        await driver.press("f", "1", "enter", "g", *"02", "enter", "@", "0", "ctrl+s")
        assert assigned(workspace) == {"first": "wang-min"}
        await driver.press("＠", "0", "1", "ctrl+s")
        assert assigned(workspace) == {}
