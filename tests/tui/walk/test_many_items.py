"""One answer, one piece of evidence, one text for many items."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.workspace import SheetName
from tui.driver import driving
from tui.sample import make_workspace

FIRST_SECTION = [f"KND-0{number}" for number in range(1, 5)]


async def test_a_section_does_not_apply_for_one_reason(tmp_path: Path) -> None:
    """Tab ticks its open items; each has result and reason, and is taken back for itself."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("down", "1", ")", "tab")
        assert "有 1 项不能勾选：KND-02 策略清理周期" in driver.screen
        await driver.press("ctrl+s")
        assert "3 项不适用的理由" in driver.screen
        await driver.press("ctrl+s")
        assert "写明理由之前" in driver.screen
        await driver.press(*"没有", "escape", "ctrl+d")
        await driver.press("tab", "ctrl+s", *"边界", "ctrl+s")
        stored = [driver.on_disk(item) for item in FIRST_SECTION]
        assert [answer.status for answer in stored] == [
            "not_applicable",
            None,
            *["not_applicable"] * 2,
        ]
        assert {answer.note for answer in stored} == {"没有边界", None}
        assert "已定为不适用：3 项" in driver.foot
        assert not list((driver.workspace.root / ".assess" / "drafts").glob("*.json"))
        assert driver.item == "KND-05"
        await driver.press("u")
        assert [driver.on_disk(item).status for item in ("KND-03", "KND-04")] == [
            "not_applicable",
            None,
        ]
        await driver.press("u", "u")
        assert not any(driver.on_disk(item).status for item in FIRST_SECTION)


async def test_ticks_stay_while_the_whole_sheet_is_searched(tmp_path: Path) -> None:
    """Items of several sections; a note that stood there stays before the reason."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("a", *"问过", "ctrl+s", ")", "enter", *"值班", "enter")
        assert "已勾选 2" in driver.screen
        await driver.press("ctrl+s", *"都在云上", "ctrl+s")
        assert driver.on_disk("KND-01").note == "问过\n都在云上"
        assert driver.on_disk("KND-06").status == "not_applicable"


async def test_an_item_that_always_applies_is_refused_by_name(tmp_path: Path) -> None:
    """`verdict.not_applicable: never`: no tick, alone or with all; the message names it."""
    workspace = make_workspace(tmp_path / "w", "zh")
    text = (Path(__file__).parents[1] / "data" / "verdicts" / "plain.yaml").read_text("utf-8")
    (workspace.root / "checklists" / "plain.yaml").write_text(text, "utf-8")
    plain = SheetName("plain")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=plain) as driver:
        await driver.press(")", "enter")
        assert "PLN-01 第一责任人  （总是适用）" in driver.screen
        assert "已勾选 0" in driver.screen
        await driver.press("ctrl+s")
        assert "还没有勾选" in driver.screen
        await driver.press("tab")
        assert "有 1 项不能勾选：PLN-01 第一责任人" in driver.screen
        await driver.press("ctrl+s", *"无", "ctrl+s")
        assert driver.on_disk("PLN-01", plain).status is None
        assert driver.on_disk("PLN-02", plain).status == "not_applicable"


async def test_the_last_evidence_once_more_by_one_key(tmp_path: Path, own_home: Path) -> None:
    """The proof is named; it can be undone; twice at one item, and before the first, it is said."""
    (own_home / "截图.txt").write_text("策略", "utf-8")
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("E")
        assert "本次还没有附过佐证" in driver.foot
        await driver.press("e", *"~/截", "tab", "ctrl+s", "down", "E")
        (row,) = driver.on_disk("KND-01").evidence
        assert driver.on_disk("KND-02").evidence == {row: "other"}
        assert "已附：策略页面截图，证明：" in driver.foot
        await driver.press("E")
        assert "本项已附：策略页面截图" in driver.foot
        await driver.press("u")
        assert driver.on_disk("KND-02").evidence == {}


async def test_a_remediation_is_filled_in_by_one_key(tmp_path: Path) -> None:
    """F7: the remedy, then also who and when last; what was typed stays."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("3", "x", "ctrl+s", "m", "f7", "tab", *"网络科", "tab", *"王", "tab")
        await driver.press(*"20260630", "ctrl+s", "down", "3", "x", "ctrl+s", "m", *"清理", "f7")
        await driver.press("ctrl+s")
        first, second = (driver.on_disk(item).remediation for item in ("KND-01", "KND-02"))
        assert first is not None
        assert second is not None
        assert (first.action, first.owner) == ("加一条默认拒绝策略。", "王敏")
        assert (second.action, second.unit) == ("清理", "网络科")
        assert (second.owner, str(second.due)) == ("王敏", "2026-06-30")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_phrases_of_a_note_by_f6(tmp_path: Path, size: tuple[int, int]) -> None:
    """The last notes of the section come first; the text is put in where the cursor is."""
    async with driving(tmp_path / "w", "zh", size=size) as driver:
        await driver.press("a", *"电话问过", "ctrl+s", "down", "a")
        assert "F6 常用语" in driver.screen
        await driver.press(*"已", "f6")
        assert "> 电话问过" in driver.screen
        await driver.press("enter", "ctrl+s")
        assert driver.on_disk("KND-02").note == "已电话问过"


async def test_a_chosen_piece_shows_its_title_and_is_cited_by_its_id(
    tmp_path: Path, own_home: Path
) -> None:
    """F3 puts title and file into the form, also when its draft is opened again."""
    (own_home / "a.txt").write_text("规则", "utf-8")
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("e", *"~/a.txt", "tab", "tab", *"策略导出", "ctrl+s", "down")
        (row,) = driver.on_disk("KND-01").evidence
        await driver.press("e", "f3", "down", "enter", "escape", "e")
        assert "策略导出（a.txt）" in driver.screen
        assert row not in driver.screen
        await driver.press("ctrl+s", "ctrl+s")
        assert driver.on_disk("KND-02").evidence == {row: "remediation"}


async def test_the_list_of_pieces_begins_with_the_newest(tmp_path: Path, own_home: Path) -> None:
    """What was registered just now is what is cited next."""
    for name in ("a", "b"):
        (own_home / f"{name}.txt").write_text(name, "utf-8")
    async with driving(tmp_path / "w", "zh") as driver:
        for name in ("a", "b"):
            await driver.press("e", *f"~/{name}.txt", "tab", "tab", *f"材料{name}", "ctrl+s")
        await driver.press("down", "e", "f3")
        assert driver.screen.index("材料b（b.txt）") < driver.screen.index("材料a（a.txt）")
