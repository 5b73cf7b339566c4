"""A piece that is registered already: before it is attached, its title and uses are shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tui.driver import Driver, driving

TITLE = "策略页面截图"


@asynccontextmanager
async def asked_again(
    folder: Path, typed: str = "", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Driver]:
    """Attach a file to the first item and enter it for the second; `typed` is the title there."""
    source = folder / "截图.txt"
    source.write_text("策略", "utf-8")
    async with driving(folder / "w", "zh", size=size) as driver:
        await driver.press("e", *str(source), "ctrl+s", "down")
        await driver.press("e", *str(source), "down", "down", *typed, "ctrl+s")
        yield driver


def titles(driver: Driver, item_id: str) -> list[str]:
    """Return the titles of the evidence of an item."""
    rows = driver.workspace.read_register_or_empty().evidence
    return [str(rows[row_id].title) for row_id in driver.on_disk(item_id).evidence]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_title_and_uses_are_shown_before_it_is_attached(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Nothing is written before the user has seen the title; Ctrl+S attaches it as it stands."""
    async with asked_again(tmp_path, size=size) as driver:
        shown = "".join(driver.screen.split()).replace("|", "")
        assert f"已登记为“{TITLE}”" in shown
        assert "KND-01" in shown
        assert driver.on_disk("KND-02").evidence == {}
        await driver.press("ctrl+s")
        assert titles(driver, "KND-02") == [TITLE]
        assert driver.on_disk("KND-01").evidence.keys() == driver.on_disk("KND-02").evidence.keys()


async def test_the_title_is_changed_for_all_items(tmp_path: Path) -> None:
    """`2` changes the title of the one row, which both items cite."""
    async with asked_again(tmp_path) as driver:
        await driver.press("2", "ctrl+a", *["delete"] * 20, *"策略总表", "ctrl+s")
        assert titles(driver, "KND-01") == titles(driver, "KND-02") == ["策略总表"]


@pytest.mark.exhaustive
async def test_it_is_registered_once_more_under_another_title(tmp_path: Path) -> None:
    """A typed title proposes a row of its own, with the same copy; the first row stays."""
    async with asked_again(tmp_path, "审计记录") as driver:
        await driver.press("ctrl+s")
        assert titles(driver, "KND-01") == [TITLE]
        assert titles(driver, "KND-02") == ["审计记录"]
        rows = driver.workspace.read_register_or_empty().evidence.values()
        assert len({row.file.path for row in rows if row.file}) == 1
        assert len(rows) == 2


@pytest.mark.exhaustive
async def test_what_was_typed_stays_where_it_is_not_attached(tmp_path: Path) -> None:
    """Esc attaches nothing, says so, and keeps the form as a draft."""
    async with asked_again(tmp_path, "审计记录") as driver:
        await driver.press("escape")
        assert "没有附上" in driver.foot
        assert driver.on_disk("KND-02").evidence == {}
        await driver.press("e")
        assert "审计记录" in driver.screen
