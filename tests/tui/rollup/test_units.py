from __future__ import annotations

import asyncio
from pathlib import Path

from rollup_units import read_made_office
from tui.rollup.office import showing


def row_of(screen: str, words: str) -> str:
    """Return the line of the screen that has the words."""
    return next(line for line in screen.splitlines() if words in line)


async def test_units_stand_with_states_and_scores(root: Path) -> None:
    """The head says campaign, marking and due day; below it how many are in which state."""
    exported = await asyncio.to_thread(read_made_office, root.parent)
    score = exported.exports["data-bureau"]["sheets"][0]["score"]["value"]
    async with showing(root) as driver:
        assert "2026 年自查" in driver.head
        assert "2026-12-31 截止  内部" in driver.head
        assert "应报 6  未报 1  已报 5  迟报 0" in driver.screen
        assert "待核 0" in driver.screen
        assert f"已报  {score} " in row_of(driver.screen, "1 示例市青溪区数据局")
        assert "检查表有改动" in row_of(driver.screen, "示例市青溪区文旅局  ")
        assert "未完成" in row_of(driver.screen, "示例市青溪区青溪镇  ")
        assert "未报  -" in row_of(driver.screen, "示例市青溪区东风街道  ")


async def test_enter_opens_the_problems_of_a_unit_and_escape_goes_back(root: Path) -> None:
    """What, how dangerous, since when, measure, due day and state; the cursor stays at the unit."""
    async with showing(root) as driver:
        await driver.press("enter")
        assert "› 示例市青溪区数据局" in driver.head.replace(">", "›")
        shown = driver.screen
        for words in ("=cmd|' /C calc'!A1", "2026-10-01", "整改中", "2026-11-30"):
            assert words in shown
        await driver.press("escape", "down", "enter")
        assert "</script><img src=x onerror=alert(1)>" in driver.screen
        assert "这个单位报来的答卷没有问题" in driver.screen
        await driver.press("0")
        assert "应报 6" in driver.screen


async def test_who_handed_in_nothing_has_the_reason_in_place_of_problems(root: Path) -> None:
    """A unit without a file is not shown as one without problems."""
    async with showing(root) as driver:
        await driver.press("/", *"street", "enter", "enter")
        assert "还没有生效的报送文件" in driver.screen


async def test_a_row_is_found_by_pinyin_and_in_full_width(root: Path) -> None:
    """`sjj` finds 数据局; so do full-width letters."""
    async with showing(root) as driver:
        for typed in ("wlj", "ｗｌｊ"):
            await driver.press("home", "/", *typed, "enter", "enter")
            assert "文旅局" in driver.head
            await driver.press("escape")


async def test_a_name_of_a_stranger_commands_no_terminal(root: Path) -> None:
    """Escape sequences and reversed text in a unit's name are shown as escapes."""
    path = root / "office.yaml"
    text = path.read_text("utf-8").replace("示例市青溪区数据局", '"x\\e]0;owned\\a\\u202Ey"', 1)
    path.write_text(text, "utf-8")
    async with showing(root) as driver:
        await driver.press("enter")
        for shown in (driver.screen, driver.head):
            assert "\x1b" not in shown
            assert "\u202e" not in shown
            assert "owned" in shown


async def test_a_file_that_is_gone_is_a_row_with_its_reason(root: Path) -> None:
    """The other units are there; the unit of the lost file says what is the matter."""
    for path in (root / "inbox").rglob("*"):
        if path.is_file():
            path.write_bytes(b"changed")
    async with showing(root) as driver:
        assert "本机无法读取" in row_of(driver.screen, "1 示例市青溪区数据局")
        await driver.press("enter")
        assert "没有这个单位的数据：" in driver.screen


def list_files(root: Path) -> dict[Path, tuple[int, int]]:
    """Return all files below a folder with their sizes and times."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}


async def test_nothing_is_written(root: Path) -> None:
    """Going through all screens leaves the folder as it was."""
    before = await asyncio.to_thread(list_files, root.parent)
    async with showing(root) as driver:
        await driver.press("enter", "escape", *"123456789", "f5", "0")
    assert await asyncio.to_thread(list_files, root.parent) == before


async def test_f5_shows_what_came_in_meanwhile(root: Path) -> None:
    """The files of the office are read again; one that is broken is named, and the rows stay."""
    async with showing(root) as driver:
        path = root / "office.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("示例市青溪区文旅局", "示例市青溪区文化局"), "utf-8")
        await driver.press("f5")
        assert "示例市青溪区文化局" in driver.screen
        path.write_text("units: [", "utf-8")
        await driver.press("f5")
        assert "office.yaml" in driver.screen
        assert "示例市青溪区文化局" in driver.screen
