"""Room for a long question; what the forms and drafts of the walk say of themselves."""

from __future__ import annotations

from pathlib import Path

from assess.tui.core.drafts import DraftKey
from assess.workspace import Workspace
from tui.driver import Driver, driving
from tui.sample import DATA, OTHER, make_workspace


def workspace_with_long_item(root: Path) -> Workspace:
    """Return a workspace whose second sheet has an item of many steps and long results."""
    workspace = make_workspace(root, "zh")
    text = (DATA / "verdicts" / "plain.yaml").read_text("utf-8")
    steps = "".join(f"          - 第 {number} 步\n" for number in range(1, 31))
    text = text.replace("        verdict:\n", f"        check:\n{steps}        verdict:\n", 1)
    text = text.replace("没有文件", "没有文件，" * 20, 1)
    (workspace.root / "checklists" / "plain.yaml").write_text(text, "utf-8")
    return workspace


def question_height(driver: Driver) -> int:
    """Return the number of lines that the question has."""
    return driver.app.screen.query_one("#question").size.height


async def test_page_down_gives_the_question_the_room_of_the_choices(tmp_path: Path) -> None:
    """The first PgDn shows more lines, the next ones scroll; PgUp at the start gives it back."""
    workspace = workspace_with_long_item(tmp_path / "w")
    async with driving(
        tmp_path / "w", "zh", workspace=workspace, start=OTHER, size=(60, 20)
    ) as driver:
        before = question_height(driver)
        await driver.press("pagedown")
        assert question_height(driver) > before
        assert "PgUp 选项全文" in driver.screen
        await driver.press("pagedown", "pageup")
        assert "PgUp 选项全文" in driver.screen
        await driver.press("pageup")
        assert "PgUp 选项全文" not in driver.screen
        assert question_height(driver) == before


async def test_the_note_that_opens_by_itself_says_so(tmp_path: Path) -> None:
    """After `2` the note says how to leave it; opened by `a` it does not."""
    words = "选了这个结果就自动打开；按 Esc 以后再写"
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("2")
        assert words in driver.screen
        await driver.press("escape", "a")
        assert words not in driver.screen


async def test_f7_says_what_it_could_not_fill_in(tmp_path: Path) -> None:
    """The first time there is no last owner and date: the form names what is to be typed."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("3", *"末条放行", "ctrl+s", "m")
        assert "F7 填建议" in driver.screen
        await driver.press("f7")
        assert "没有可填入的内容，请自己填：责任人、完成期限" in driver.screen
        await driver.press("ctrl+s")
        assert "缺责任人或期限：按 m 补上" in driver.screen


async def test_a_draft_of_another_checklist_says_where_one_is(tmp_path: Path) -> None:
    """Ctrl+D leads to the other sheet; `q` there goes back, and is not called quit."""
    async with driving(tmp_path / "w", "zh") as driver:
        key = DraftKey("2026", str(OTHER), "PLN-01", "note")
        driver.app.drafts.set_values_in_memory(key, {"note": "半句"})
        assert "q 退出" in driver.foot
        await driver.press("ctrl+d")
        await driver.press("ctrl+s")
        assert "这份草稿属于另一份检查表" in driver.foot
        assert "q 离开" in driver.screen
        await driver.press("q")
        assert driver.on_disk("PLN-01", OTHER).note == "半句"
        assert driver.item == "KND-01"


async def test_the_end_of_a_list_is_reached_by_end(tmp_path: Path) -> None:
    """Home and End go to the ends of all options; what is hidden is counted in the frame."""
    workspace = workspace_with_long_item(tmp_path / "w")
    async with driving(
        tmp_path / "w", "zh", workspace=workspace, start=OTHER, size=(60, 20)
    ) as driver:
        await driver.press("tab")
        assert any("下面还有" in line for line in driver.screen.splitlines()[-2:])
        await driver.press("end")
        assert "下面还有" not in driver.screen
        assert "写进情况说明" in driver.screen
        await driver.press("home", "enter")
        assert driver.on_disk("PLN-01", OTHER).status == "met"


async def test_at_the_end_of_the_proposals_no_key_means_two_things(tmp_path: Path) -> None:
    """The footer says that `1` takes a proposal: the results have no digits there."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("&")
        assert "1 采用" in driver.screen
        assert "情况" in driver.screen
        assert "1  符合" not in driver.screen
