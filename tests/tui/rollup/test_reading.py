from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from assess.engine.rollup.records import UnitEntry
from assess.tui.app.settings import InterfaceSettings
from assess.tui.rollup.app import RollUpApp, RollUpOpening
from assess.workspace.office.rollup_records import CampaignReader
from tui.rollup.office import OfficeDriver, open_campaign


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let units be read only once this is set; the second unit is read at any time."""
    opened = threading.Event()
    read_unit = CampaignReader.read_unit

    def read_behind_gate(reader: CampaignReader, unit_id: str) -> UnitEntry:
        assert unit_id == "education" or opened.wait(20)
        return read_unit(reader, unit_id)

    monkeypatch.setattr(CampaignReader, "read_unit", read_behind_gate)
    return opened


async def wait_for(driver: OfficeDriver, words: str) -> None:
    """Wait until the screen has the words."""
    for _turn in range(200):
        if words in driver.screen:
            return
        await driver.pilot.pause(0.02)
    pytest.fail(f"{words}\n{driver.screen}")


async def test_rows_are_there_before_the_units_are_read(root: Path, gate: threading.Event) -> None:
    """Names and states stand at once, and how far the reading is; a unit is opened at once."""
    app = RollUpApp(
        await asyncio.to_thread(open_campaign, root, "zh"), RollUpOpening(InterfaceSettings())
    )
    async with app.run_test(size=(80, 24)) as pilot:
        driver = OfficeDriver(pilot, app)
        try:
            await wait_for(driver, "正在读取报送文件：2/7")
            assert "1 示例市青溪区数据局       | 已报  .." in driver.screen
            await pilot.press("down", "enter")
            await wait_for(driver, "这个单位报来的答卷没有问题")
            await pilot.press("escape")
            await wait_for(driver, "正在读取报送文件：3/7")
        finally:
            gate.set()
        await driver.settle()
        assert "正在读取" not in driver.screen
        assert ".." not in driver.screen.splitlines()[3]


@pytest.mark.parametrize("cancels", [False, True])
async def test_a_table_comes_once_all_units_are_read(
    root: Path, gate: threading.Event, *, cancels: bool
) -> None:
    """A digit pressed before waits for the end of the reading; another key stops that."""
    app = RollUpApp(
        await asyncio.to_thread(open_campaign, root, "zh"), RollUpOpening(InterfaceSettings())
    )
    async with app.run_test(size=(80, 24)) as pilot:
        driver = OfficeDriver(pilot, app)
        try:
            await wait_for(driver, "正在读取报送文件：2/7")
            await pilot.press("4")
            await wait_for(driver, "全部单位读完后自动打开")
            if cancels:
                await pilot.press("down")
        finally:
            gate.set()
        await driver.settle()
        assert ("4 共性问题" in driver.head) != cancels
