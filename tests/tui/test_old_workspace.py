"""A workspace that an older program made opens in the terminal interface and takes answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from assess.tui.app import AssessApp
from assess.workspace import Workspace
from cli.old_program import SHEET, shared
from tui.driver import Driver


async def test_it_opens_and_takes_an_answer(tmp_path: Path) -> None:
    """Its open round is shown, and keys answer its first item."""
    (root,) = shared(tmp_path, "mine")
    here = Workspace(root, "en")
    now = datetime(2027, 2, 3, tzinfo=UTC)
    running = AssessApp(here, "2027", None, date(2027, 2, 3), lambda: now, "en", None)
    async with running.run_test(size=(80, 24)) as pilot:
        driver = Driver(pilot, running, here)
        await driver.settle()
        assert "1/9" in driver.screen
        await driver.press("enter", "1")
        await driver.settle()
    assert "EGN-BND-01:\n    status: met" in (root / SHEET).read_text("utf-8")
