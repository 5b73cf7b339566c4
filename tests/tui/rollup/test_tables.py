from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assess.display.rollup.document import make_rollup_document
from assess.display.rollup.sheets import SHEETS, find_digit_of_table, find_first_table
from assess.i18n import LANGS, Lang
from assess.model.rollup import RollUpTable
from rollup_units import CHECKLIST, issue_campaign
from tui.rollup.office import open_campaign, showing


def all_tables(root: Path, lang: Lang) -> tuple[RollUpTable, ...]:
    """Return the tables that `assess rollup make` writes."""
    data = open_campaign(root, lang)
    data.set_read_entries([data.reader.read_unit(entry.id) for entry in data.records.units])
    return make_rollup_document(data.reader.add_earlier_figures(data.records), lang).tables


@pytest.mark.parametrize("lang", LANGS)
async def test_each_digit_opens_its_table(root: Path, lang: Lang) -> None:
    """The title stands in the head, the number of rows beside it."""
    tables = await asyncio.to_thread(all_tables, root, lang)
    async with showing(root, lang, (100, 30)) as driver:
        for digit in range(1, len(SHEETS) + 1):
            await driver.press(str(digit))
            index = find_first_table(tables, digit)
            assert index is not None
            assert f"{digit} {tables[index].title}" in driver.head
            assert f"{index + 1}" in driver.head


async def test_all_tables_are_reached_one_after_another(root: Path) -> None:
    """`]` goes through all of them, those of no digit too, and from the last to the first."""
    tables = await asyncio.to_thread(all_tables, root, "zh")
    async with showing(root, "zh", (120, 30)) as driver:
        await driver.press("1")
        for table in (*tables, tables[0]):
            assert table.title in driver.head
            await driver.press("]")
        assert tables[1].title in driver.head
        await driver.press("[", "[")
        assert tables[-1].title in driver.head
    assert find_digit_of_table(tables[-1]) is None


async def test_a_table_is_picked_by_its_name(root: Path) -> None:
    """`g` lists all tables; pinyin finds one."""
    async with showing(root) as driver:
        await driver.press("g", *"kj", "enter")
        assert "口径" in driver.head


async def test_the_first_column_stands_still(root: Path) -> None:
    """Columns to the right come into sight, and the name of the unit stays."""
    async with showing(root) as driver:
        await driver.press("1", "]")
        assert "首次收到" in driver.screen
        await driver.press(*["right"] * 12)
        lines = driver.screen.splitlines()
        assert "首次收到" not in next(line for line in lines if "单位名称" in line)
        assert any("1 示例市青溪区数据局" in line for line in lines)
        assert any("<" in line for line in lines if "单位名称" in line)


async def test_enter_leads_from_a_row_to_its_unit_and_back(root: Path) -> None:
    """From the ranking to the problems of the unit; a row of no single unit is shown in full."""
    async with showing(root) as driver:
        await driver.press("3", "end", "enter")
        assert "未整改" in driver.screen or "还没有生效的报送文件" in driver.screen
        await driver.press("escape")
        assert "3 分类排名" in driver.head
        await driver.press("4", "enter")
        assert "问题单位数：" in driver.screen
        await driver.press("escape", "escape")
        assert "应报 6" in driver.screen


async def test_rows_out_of_sight_are_counted(root: Path) -> None:
    """A long table says how many rows it has, and how many are below."""
    async with showing(root, "zh", (80, 20)) as driver:
        await driver.press("9")
        assert "下面还有" in driver.screen
        assert "行  内部" in driver.head
        await driver.press("end")
        assert "下面还有" not in driver.screen


async def test_broken_figures_of_before_are_named(root: Path) -> None:
    """The tables can't be made then, as by `assess rollup make`; the units stay."""
    await asyncio.to_thread(issue_campaign, root, "2025", "2025-11-01", CHECKLIST)
    path = root / "rollups" / "2025" / "figures.json"
    path.parent.mkdir(parents=True)
    path.write_text("{", "utf-8")
    async with showing(root) as driver:
        await driver.press("4")
        assert "figures.json" in driver.screen
        assert "应报 6" in driver.screen
