"""What the screens of rows share: help, palette, hints, sizes, the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.display.text.cells import width_of
from tui.full_workspace import driving_full_workspace

KEYS = ["v", "z", "p", "i"]


@pytest.mark.parametrize("key", KEYS)
async def test_help_palette_and_hint(tmp_path: Path, key: str) -> None:
    """F1 lists the keys; the palette finds by Chinese words; a Han character gets a hint."""
    async with driving_full_workspace(tmp_path / "w", key) as driver:
        head = driver.head
        await driver.press("?")
        assert "Keys" in driver.screen
        await driver.press("escape", "f9", *"重新读取", "enter")
        assert driver.head == head
        await driver.press("中")
        assert "Chinese input is on" in driver.foot
        await driver.press("ctrl+p", "escape", "f10")
        assert driver.head != head
        assert driver.app.is_running


@pytest.mark.parametrize("key", ["f3", "f4", ">", "ctrl+o"])
async def test_a_wide_terminal_keeps_a_row_together(tmp_path: Path, key: str) -> None:
    """At 200 columns what stands at a row's right is within 120 cells of its beginning."""
    async with driving_full_workspace(tmp_path / "w", key, size=(200, 60)) as driver:
        body = driver.screen.splitlines()[2:-2]
        until = next(
            (index for index, line in enumerate(body) if line.startswith("-----")), len(body)
        )
        assert max(map(width_of, body[:until])) <= 120


@pytest.mark.parametrize("key", ["f3", "f4", ">", "ctrl+o"])
async def test_relayout(tmp_path: Path, key: str) -> None:
    """From narrow to wide and back the lines are made anew at once, and none is too long."""
    async with driving_full_workspace(tmp_path / "w", key, "zh", size=(60, 20)) as driver:
        small = driver.screen
        await driver.pilot.resize_terminal(200, 60)
        await driver.settle()
        assert len(driver.screen.splitlines()) == 60
        await driver.pilot.resize_terminal(60, 20)
        await driver.settle()
        assert driver.screen == small


@pytest.mark.parametrize("key", ["ctrl+e", "ctrl+t", "》", "ctrl+o"])
async def test_from_the_walk_and_back(tmp_path: Path, key: str) -> None:
    """The walk opens each of them; Esc comes back to the same item."""
    async with driving_full_workspace(tmp_path / "w", "enter") as driver:
        item = driver.item
        await driver.press(key)
        assert "Every kind of item" not in driver.head
        await driver.press("escape")
        assert driver.item == item
        assert "Every kind of item" in driver.head


async def test_bad_files_are_shown_with_their_places(tmp_path: Path) -> None:
    """A register that can't be read any more is a screen of problems, not a crash."""
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        (driver.workspace.root / "evidence" / "register.yaml").write_text("evidence: [\n")
        await driver.press("f5")
        assert "evidence/register.yaml:" in driver.screen
        await driver.press("q")
        assert not driver.app.is_running


@pytest.mark.parametrize("key", [*KEYS, "enter"])
async def test_home_leads_to_the_overview_from_everywhere(tmp_path: Path, key: str) -> None:
    """Evidence, board, Finish, profile and walk know the same key."""
    async with driving_full_workspace(tmp_path / "w", key) as driver:
        head = driver.head
        await driver.press("home")
        assert "To be done" in driver.screen
        await driver.press(key)
        assert driver.head == head


async def test_home_leads_past_the_screen_that_opened_the_walk(tmp_path: Path) -> None:
    """A row of Finish opens the walk over it: the overview is below both."""
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await driver.press("enter", "f12")
        assert "To be done" in driver.screen
        await driver.press("q")
        assert not driver.app.is_running


async def test_the_ends_of_a_list_say_that_there_is_more(tmp_path: Path) -> None:
    """At 60×20 not all rows of Finish fit; the chosen one is in sight when details come."""
    async with driving_full_workspace(tmp_path / "w", "p", size=(60, 20)) as driver:
        assert any(line.endswith("v") for line in driver.screen.splitlines())
        for _row in range(12):
            await driver.press("down")
            assert any(line.startswith("> ") for line in driver.screen.splitlines())
        assert not any(line.endswith(" v") for line in driver.screen.splitlines())
