"""The overview of many sheets takes keys while it counts them: counted by sheets, not timed."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Key

from assess.tui.overview.screen import OverviewScreen
from assess.workspace import OpenSheet, SheetName, Workspace
from tui.driver import SIZE, Driver
from tui.sample import DATA, app, make_workspace

SYSTEMS = 40
CHECKLIST = "plain"


class Gate:
    """Lets as many sheets be read as the test allows, and names them in their order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[SheetName] = []
        self.permits = threading.Semaphore(0)
        open_sheet = Workspace.open_sheet

        def open_when_allowed(workspace: Workspace, name: SheetName, round_id: str) -> OpenSheet:
            self.begun.append(name)
            self.permits.acquire()
            return open_sheet(workspace, name, round_id)

        monkeypatch.setattr(Workspace, "open_sheet", open_when_allowed)

    def allow(self, count: int) -> None:
        """Let so many sheets more be read."""
        self.permits.release(count)


class WaitingDriver(Driver):
    """A driver that does not wait for sheets that are not read yet."""

    @property
    def overview(self) -> OverviewScreen:
        """The overview."""
        screen = self.app.screen
        assert isinstance(screen, OverviewScreen)
        return screen

    def post_keys(self, *keys: str) -> None:
        """Send keys as a terminal does, and wait for nothing."""
        for key in keys:
            self.app.post_message(Key(key, key if len(key) == 1 else None))

    async def wait_until(self, holds: Callable[[], bool]) -> None:
        """Let the app work until something holds."""
        for _turn in range(2000):
            if holds():
                return
            await self.pilot.pause(0.001)
        pytest.fail(self.screen)

    async def wait_until_read(self, count: int) -> None:
        """Let the app work until so many sheets are read and drawn."""
        await self.wait_until(lambda: len(self.overview.state.opened) == count)
        await self.pilot.pause(0.01)


@asynccontextmanager
async def many_sheets(root: Path, gate: Gate) -> AsyncIterator[WaitingDriver]:
    """Run the app on the overview of many systems; no sheet is read yet."""
    workspace = make_workspace(root, "en")
    systems = [f"s{number:02d}" for number in range(SYSTEMS)]
    config = (root / "assess.yaml").read_text("utf-8")
    rows = "".join(f"  {system}: {{name: System {system}}}\n" for system in systems)
    names = ", ".join(f"{CHECKLIST}@{system}" for system in systems)
    config = config.replace("[kinds, plain]", f"[{names}]") + f"systems:\n{rows}"
    (root / "assess.yaml").write_text(config, "utf-8")
    checklist = (DATA / f"{CHECKLIST}.yaml").read_text("utf-8")
    (root / "checklists" / f"{CHECKLIST}.yaml").write_text(
        checklist.replace("scope: organization", "scope: system"), "utf-8"
    )
    running = app(workspace, "en", None)
    async with running.run_test(size=SIZE) as pilot:
        driver = WaitingDriver(pilot, running, workspace)
        await driver.wait_until(lambda: "still counting: 0" in driver.screen)
        await driver.wait_until(lambda: bool(gate.begun))
        try:
            yield driver
        finally:
            gate.allow(SYSTEMS)
            await driver.settle()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """No sheet is read until the test allows it."""
    return Gate(monkeypatch)


async def test_keys_work_before_the_sheets_are_counted(tmp_path: Path, gate: Gate) -> None:
    """All rows have their names at once; the cursor moves while no sheet is counted."""
    async with many_sheets(tmp_path / "w", gate) as driver:
        assert "System s00" in driver.screen
        assert "..." in driver.screen
        assert "still counting: 0 of 40 sheets" in driver.screen
        driver.post_keys("down")
        await driver.wait_until(lambda: driver.overview.state.cursor == 1)
        assert not driver.overview.state.opened
        gate.allow(5)
        await driver.wait_until_read(5)
        assert driver.screen.count("0/1") == 5 + 1  # with the section of the chosen one
        assert "still counting: 5 of 40 sheets" in driver.screen
        gate.allow(SYSTEMS)
        await driver.wait_until(lambda: "still counting" not in driver.screen)
        assert "unanswered (40, n)" in driver.screen


async def test_no_sheet_is_begun_between_keys_that_wait(tmp_path: Path, gate: Gate) -> None:
    """A burst of keys is taken whole; but the one that is being read, no sheet comes before it."""
    async with many_sheets(tmp_path / "w", gate) as driver:
        gate.allow(2)
        await driver.wait_until_read(2)
        gate.allow(SYSTEMS)
        driver.post_keys(*["down"] * 20)
        await driver.wait_until(lambda: driver.overview.state.cursor == 20)
        passed_rows = {f"s{number:02d}" for number in range(2 + 1, 15)}
        assert {name.system for name in gate.begun}.isdisjoint(passed_rows)


async def test_the_rows_in_sight_are_counted_first(tmp_path: Path, gate: Gate) -> None:
    """Where the cursor goes, the next sheets are counted."""
    async with many_sheets(tmp_path / "w", gate) as driver:
        driver.post_keys(*["down"] * 30)
        await driver.wait_until(lambda: driver.overview.state.cursor == 30)
        gate.allow(4)
        await driver.wait_until_read(4)
        assert {name.system for name in gate.begun[1:4]} == {"s29", "s30", "s31"}
        assert "0/1" in driver.screen


async def test_what_needs_all_sheets_says_that_they_are_counted(tmp_path: Path, gate: Gate) -> None:
    """A line of the open work and an id lead nowhere while only some sheets are counted."""
    async with many_sheets(tmp_path / "w", gate) as driver:
        gate.allow(1)
        await driver.wait_until_read(1)
        for key in ("1", "g"):
            driver.post_keys(key)
            await driver.wait_until(lambda: "still counting: 1 of 40 sheets" in driver.foot)
            driver.post_keys("down", "up")
            await driver.wait_until(lambda: "still counting" not in driver.foot)
