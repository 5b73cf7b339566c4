"""The grid of a table: cells in sight, rows from a spreadsheet and from the profile, undo."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from assess.display.text.cells import width_of
from assess.i18n import Lang
from assess.tui.core.pasting import ParsedPaste
from assess.tui.core.terminal_input import TextPaste
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.dialogs.form import FormScreen
from assess.tui.dialogs.table import TableScreen
from assess.workspace import Workspace
from tui.driver import Driver, driving
from tui.sample import make_workspace

COLUMNS = 12
SYSTEMS = """\
systems:
  portal: {name: 政务门户, grade: {level: 3, s: 3, a: 3}}
  archive: {name: 档案系统}
"""
VALUES = {1: "青溪区政务服务", 2: "三级", 3: "2026-03-18"}
HEADS = "\t".join(["系统名称", "等保等级", *(f"第{number}栏" for number in range(3, 13))])


def wide_workspace(root: Path) -> Workspace:
    """Return a workspace whose table has twelve columns, and two systems."""
    workspace = make_workspace(root, "zh")
    path = root / "checklists" / "kinds.yaml"
    text = path.read_text("utf-8")
    start = text.index("- {id: carrier")
    end = text.index("      - id:", start) if "      - id:" in text[start:] else len(text)
    options = "options: [{id: two, text: {zh: 二级}}, {id: three, text: {zh: 三级}}]"
    columns = [
        "- {id: name, type: text, required: true, title: {zh: 系统名称}}",
        f"- {{id: level, type: choice, required: true, title: {{zh: 等保等级}}, {options}}}",
        *(
            f"- {{id: c{number}, type: {'date' if number == 3 else 'text'}, "
            f"title: {{zh: 第{number}栏}}}}"
            for number in range(3, COLUMNS + 1)
        ),
    ]
    path.write_text(text[:start] + "\n          ".join(columns) + "\n" + text[end:], "utf-8")
    config = root / "assess.yaml"
    settings = config.read_text("utf-8")
    config.write_text(settings.replace("checklists:", SYSTEMS + "checklists:", 1), "utf-8")
    return workspace


def summed_workspace(root: Path) -> Workspace:
    """Return a workspace whose table sums up a column."""
    workspace = make_workspace(root, "zh")
    path = root / "checklists" / "kinds.yaml"
    head, _line, rest = path.read_text("utf-8").partition("\n")
    assert head.startswith("format: ")
    rest = rest.replace("type: number, min: 0, title", "type: number, total: true, title")
    path.write_text(f"format: assess/checklist/3\n{rest}", "utf-8")
    return workspace


@asynccontextmanager
async def table_of(
    root: Path,
    size: tuple[int, int] = (80, 24),
    lang: Lang = "zh",
    make: Callable[[Path], Workspace] = wide_workspace,
) -> AsyncIterator[Driver]:
    """Run the app with the rows of that table open."""
    workspace = make(root)
    async with driving(root, lang, size=size, workspace=workspace) as driver:
        await driver.press("g", *"09", "enter", "1")
        assert isinstance(driver.app.screen, TableScreen)
        yield driver


def grid_lines(driver: Driver) -> list[str]:
    """Return the head line and the rows of the grid."""
    return driver.screen.splitlines()[1:]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (100, 30)])
async def test_every_column_is_reached_beside_the_first(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """The first column stands still; the title of the focused one is in sight above its cell."""
    async with table_of(tmp_path / "w", size) as driver:
        cells = "\t".join(f"值{number}" for number in range(4, 13))
        await driver.paste(f"青溪区政务服务门户\t三级\t2026/3/18\t{cells}\n" * 2)
        for number in range(1, COLUMNS + 1):
            head, first = grid_lines(driver)[:2]
            assert "系统名称" in head
            assert "> 1 " in first.replace(">1", "> 1")
            title = HEADS.split("\t")[number - 1]
            value = VALUES.get(number, f"值{number}")
            assert title in head
            assert value in first
            if number > 1:
                assert width_of(head[: head.index(title)]) == width_of(first[: first.index(value)])
            assert f"第 1/2 行，第 {number}/12 栏" in driver.screen
            await driver.press("right")
        await driver.press("down")
        assert "第 2/2 行，第 12/12 栏" in driver.screen


async def test_rows_of_a_spreadsheet_are_one_step(tmp_path: Path) -> None:
    """Pasted, taken back, pasted again and saved: the answer has what was pasted."""
    async with table_of(tmp_path / "w") as driver:
        pasted = f'{HEADS}\n门户\t三级\t2026/3/18\t"示例公司\n运维部"\n档案\t二级\n'
        await driver.paste(pasted)
        assert "加入了 2 行" in driver.screen
        await driver.press("u")
        assert "还没有行" in driver.screen
        await driver.paste(pasted)
        await driver.press("ctrl+s")
        assert driver.on_disk("KND-09").value == [
            {"name": "门户", "level": "three", "c3": "2026-03-18", "c4": "示例公司 运维部"},
            {"name": "档案", "level": "two"},
        ]
        await driver.press("g", *"09", "enter", "u")
        assert driver.on_disk("KND-09").value is None


async def test_faults_are_shown_and_the_other_rows_offered(tmp_path: Path) -> None:
    """No takes nothing; yes takes the rows without a fault."""
    async with table_of(tmp_path / "w") as driver:
        pasted = "门户\t叁级\n档案\t二级\n"
        await driver.paste(pasted)
        assert "共 2 行，收下其中 1 行？" in driver.screen
        assert "第 1 行 等保等级：“叁级”不合要求；应填：二级、三级" in driver.screen
        await driver.press("escape")
        assert "还没有行" in driver.screen
        await driver.paste(pasted)
        await driver.press("enter")
        assert "加入了 1 行" in driver.screen
        await driver.paste("门户\t叁级\n")
        assert "没有收下任何一行" in driver.screen


async def test_a_paste_that_is_not_whole_adds_nothing(tmp_path: Path) -> None:
    """Its last row may be half of one."""
    async with table_of(tmp_path / "w") as driver:
        driver.app.post_message(TextPaste(ParsedPaste("档案\t二级\n", "cut")))
        await driver.settle()
        assert "粘贴的内容没有收全" in driver.screen
        assert "还没有行" in driver.screen


async def test_a_strangers_paste_does_not_stop_the_program(tmp_path: Path) -> None:
    """A hundred thousand tabs: a word, and the next key works."""
    async with table_of(tmp_path / "w") as driver:
        await driver.paste("\t" * 90_000)
        assert "粘贴的内容太多，没有收下" in driver.screen
        await driver.press("escape", "+")
        assert isinstance(driver.app.screen, FormScreen)


async def test_systems_of_the_profile_are_added(tmp_path: Path) -> None:
    """After a question; what is unknown is marked, and saving leads to the first such cell."""
    async with table_of(tmp_path / "w") as driver:
        await driver.press("4")
        assert "从单位资料加入 2 行？" in driver.screen
        assert "系统名称 政务门户；等保等级 三级" in driver.screen
        await driver.press("enter")
        assert "加入了 2 行" in driver.screen
        await driver.press("ctrl+s")
        assert "第 2 行 等保等级：没有填；应填：二级、三级" in driver.screen
        assert "第 2/2 行，第 2/12 栏" in driver.screen
        await driver.press("4")
        assert "单位资料里没有可以加进本表" in driver.screen
        await driver.press("enter")
        assert driver.app.focused is not None
        assert driver.app.focused.id == "field-level"
        await driver.press("1", "ctrl+s", "ctrl+s")
        assert driver.on_disk("KND-09").value == [
            {"name": "政务门户", "level": "three"},
            {"name": "档案系统", "level": "two"},
        ]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (60, 19), (100, 30)])
async def test_a_row_never_shows_a_column_without_its_title(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """The label of the focused field is in sight, down all twelve and up again."""
    async with table_of(tmp_path / "w", size) as driver:
        await driver.press("+")
        titles = HEADS.split("\t")
        steps = [("tab", title) for title in titles] + [("up", title) for title in titles[-2::-1]]
        for key, title in steps:
            if title != titles[0] or key == "up":
                await driver.press(key)
            focused, form = driver.app.focused, driver.app.screen
            assert focused is not None
            label = form.query_one(str(focused.id).replace("field-", "#label-"))
            assert title in driver.screen.splitlines()[label.region.y]
            fields = form.query_one("#fields").region
            assert fields.contains_region(label.region)
            assert fields.contains_region(focused.region)


async def test_cells_of_a_spreadsheet_do_not_land_in_one_field(tmp_path: Path) -> None:
    """The row's form says where they belong; a single cell is taken."""
    async with table_of(tmp_path / "w") as driver:
        await driver.press("+")
        await driver.paste("门户\t三级\n")
        assert "到表格里粘贴" in driver.screen.replace("\n", "")
        await driver.paste("门户\n")
        assert driver.app.focused is not None
        assert getattr(driver.app.focused, "value") == "门户"  # noqa: B009  # typed as a widget


async def test_the_grid_takes_a_wide_terminal(tmp_path: Path) -> None:
    """More columns are in sight than in 80 cells."""
    async with table_of(tmp_path / "w", (160, 40)) as driver:
        assert driver.app.screen.query_one(DialogBox).outer_size.width == 160


async def test_the_sum_stands_below_the_rows_and_follows_them(tmp_path: Path) -> None:
    """Also while other rows are in sight."""
    async with table_of(tmp_path / "w", make=summed_workspace) as driver:
        screen = driver.app.screen
        assert isinstance(screen, TableScreen)
        for rows, total in (("甲\t1.5\n乙\t2", "3.5"), ("丙\t10", "13.5")):
            screen.accept_or_refuse_paste(ParsedPaste(rows, "whole"))
            await driver.press("up")
            assert [line for line in grid_lines(driver) if "合计" in line and total in line]
