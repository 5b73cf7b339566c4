"""From what Finish lists, item by item, without leaving the walk; and what is left at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.i18n import Lang
from assess.workspace import SheetName, Workspace
from tui.driver import Driver, driving
from tui.sample import NOW, OTHER, SHEET, make_workspace


def findings(root: Path, lang: Lang) -> Workspace:
    """Return a workspace with three findings without remediation, in two sheets."""
    workspace = make_workspace(root, lang)
    for sheet, answers in (
        (SHEET, {"KND-01": {"status": "unmet"}, "KND-02": {"value": "never"}}),
        (OTHER, {"PLN-01": {"status": "partial"}}),
    ):
        fields = {key: {**answer, "note": "记录在案"} for key, answer in answers.items()}
        workspace.open_sheet(sheet, "2026").write_answers(fields, by=None, now=NOW, lang=lang)
    return workspace


def answered(root: Path, lang: Lang) -> Workspace:
    """Return a workspace in whose sheet one answer is missing, a reason, two plans, a proof."""
    workspace = make_workspace(root, lang)
    items = workspace.open_sheet(SHEET, "2026").checklist.items()
    fields = {key: {"status": "not_applicable", "note": "没有"} for key in items}
    fields["KND-01"] = {"status": "unmet", "note": "没有"}
    fields["KND-02"] = {"value": "never"}
    del fields["KND-06"]
    workspace.open_sheet(SHEET, "2026").write_answers(fields, by=None, now=NOW, lang=lang)
    return workspace


async def go_to_row(driver: Driver, words: str) -> None:
    """Put the cursor of Finish on the row with these words, and open it."""
    for _row in range(60):
        if any(line.startswith("> ") and words in line for line in driver.screen.splitlines()):
            break
        await driver.press("down")
    else:
        pytest.fail(f"no row {words} on\n{driver.screen}")
    await driver.press("enter")


async def plan(driver: Driver) -> None:
    """Write a remediation with nothing but its action."""
    await driver.press("m", *"加策略", "ctrl+s")


async def plan_whole(driver: Driver) -> None:
    """Write a remediation with its action, owner and due date."""
    await driver.press("m", *"加策略", "tab", "tab", *"王敏", "tab", *"20260630", "ctrl+s")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize(
    ("lang", "row", "title", "end"),
    [
        ("zh", "未填整改", "只看未填整改 {}/3", "都已补齐：未填整改"),
        (
            "en",
            "findings without",
            "only: findings without remediation {}/3",
            "nothing is left: findings without remediation",
        ),
    ],
)
async def test_a_row_of_finish_leads_through_all_sheets(
    tmp_path: Path, lang: Lang, row: str, title: str, end: str, size: tuple[int, int]
) -> None:
    """Each plan leads to the next finding, also of the next sheet; the last one back to Finish."""
    workspace = findings(tmp_path / "w", lang)
    async with driving(tmp_path / "w", lang, workspace=workspace, start=None, size=size) as driver:
        await driver.press("p")
        await go_to_row(driver, row)
        for number, item in enumerate(("KND-01", "KND-02", "PLN-01"), 1):
            assert driver.item == item
            assert title.format(number) in driver.head
            await plan(driver)
        assert end in driver.foot
        assert driver.item == ""
        answers = [driver.on_disk("KND-01"), driver.on_disk("PLN-01", OTHER)]
        assert all(answer.remediation for answer in answers)


async def test_next_leads_on_without_filling_in(tmp_path: Path) -> None:
    """Twice `n` skips the next finding; at the last one it says so, and Esc leads back."""
    workspace = findings(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, start=None) as driver:
        await driver.press("p")
        await go_to_row(driver, "findings without")
        await plan(driver)
        await driver.press("n", "n")
        assert driver.item == "PLN-01"
        await driver.press("n")
        assert "this is the last of these" in driver.foot
        await driver.press("escape")
        assert "2 findings without remediation" in driver.screen


async def test_a_burst_fills_in_one_after_another(tmp_path: Path) -> None:
    """Keys sent at once reach the items in their order: nothing waits for the disk."""
    workspace = findings(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, start=None) as driver:
        await driver.press("p")
        await go_to_row(driver, "findings without")
        await driver.press("m", *"one", "ctrl+s", "m", *"two", "ctrl+s")
        actions = [driver.on_disk(item).remediation for item in ("KND-01", "KND-02")]
        assert [action.action for action in actions if action] == ["one", "two"]


@pytest.mark.parametrize(
    ("lang", "left", "done"),
    [
        ("zh", "全部已填。还有 1 项缺理由：n 去填   p 完成", "全部已填"),
        ("en", "Everything is answered. Left: without the reason 1.", "everything is answered"),
    ],
)
async def test_after_the_last_answer_next_goes_to_what_is_left(
    tmp_path: Path, lang: Lang, left: str, done: str
) -> None:
    """The line says what is left; `n` goes there, and from one kind of gap to the next."""
    workspace = answered(tmp_path / "w", lang)
    async with driving(tmp_path / "w", lang, workspace=workspace) as driver:
        await driver.press("g", *"KND-06", "enter", "tab", "0", *"x", "ctrl+s")
        assert left in driver.screen
        await driver.press("n")
        assert driver.item == "KND-02"
        await driver.press("a", *"没有", "ctrl+s", "n")
        await plan_whole(driver)
        await plan_whole(driver)
        answers = [driver.on_disk(item) for item in ("KND-01", "KND-02")]
        assert all(answer.remediation for answer in answers)
        await driver.press("n", "e", "tab", *"3", "ctrl+s")
        assert driver.on_disk("KND-01").evidence
        assert done in driver.foot
        assert ":" not in driver.head.split("  ")[0]


@pytest.mark.parametrize(
    ("digit", "item"), [("13", "KND-02"), ("14", "KND-01"), ("15", "KND-01"), ("16", "")]
)
async def test_filters_of_gaps(tmp_path: Path, digit: str, item: str) -> None:
    """`f` shows what lacks reason, remediation, required or any evidence."""
    async with driving(tmp_path / "w", workspace=answered(tmp_path / "w", "en")) as driver:
        await driver.press("g", *"KND-07", "enter", "f", *digit, "enter")
        assert driver.item == (item or "KND-07")
        assert ("there are none" in driver.foot) is (not item)


async def test_evidence_fills_a_gap(tmp_path: Path) -> None:
    """The piece that an item lacked leads on, before it is on disk."""
    workspace = make_workspace(tmp_path / "w", "en")
    fields = {"KND-01": {"status": "met"}, "KND-02": {"value": "yearly", "note": "n"}}
    workspace.open_sheet(SHEET, "2026").write_answers(fields, by=None, now=NOW, lang="en")
    async with driving(tmp_path / "w", workspace=workspace, start=SheetName("kinds")) as driver:
        await driver.press("f", "1", "5", "enter")
        assert driver.item == "KND-01"
        await driver.press("e", "tab", *"room 3", "ctrl+s", "n")
        assert driver.on_disk("KND-01").evidence
        assert driver.item == "KND-03"


async def test_finish_leads_to_plans_without_owner_or_date(tmp_path: Path) -> None:
    """A plan of an action alone is listed, and its form mends it."""
    workspace = findings(tmp_path / "w", "zh")
    async with driving(tmp_path / "w", "zh", workspace=workspace) as driver:
        await driver.press("up", "up")
        assert driver.item == "KND-01"
        await plan(driver)
        await driver.press("p")
        await go_to_row(driver, "1 项整改缺责任人或期限")
        assert driver.item == "KND-01"
        await driver.press("m", "tab", "tab", *"王敏", "tab", *"20260630", "ctrl+s")
        assert "整改缺责任人或期限" in driver.foot
        assert "项整改缺责任人" not in driver.screen
