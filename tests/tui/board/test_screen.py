"""The remediation board: its groups, and its keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.i18n import Lang
from tui.driver import Driver, driving
from tui.full_workspace import driving_full_workspace, full_workspace
from tui.sample import NOW, OTHER, SHEET


def plan(driver: Driver, item_id: str) -> tuple[str | None, str | None, str | None]:
    """Return state, owner and due date of a remediation on disk."""
    sheet = OTHER if item_id.startswith("PLN") else None
    answer = driver.on_disk(item_id, sheet) if sheet else driver.on_disk(item_id)
    stored = answer.remediation
    return (stored.state, stored.owner, str(stored.due)) if stored else (None, None, None)


def chosen(driver: Driver) -> str:
    """Return the line that the cursor is at."""
    return next(line for line in driver.screen.splitlines() if line.startswith("> ["))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["3 findings, 1 overdue", "Overdue (1)", "Due within 30 days (1)", "KND-01"]),
        ("zh", ["3 个问题，逾期 1", "已逾期（1）", "30 天内到期（1）", "无默认拒绝"]),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_overdue_comes_first(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """All findings of the round stand there, overdue ones first, in words and with a sign."""
    async with driving_full_workspace(tmp_path / "w", "f4", lang, size=size) as driver:
        for word in words:
            assert word in driver.screen
        assert "KND-01" in chosen(driver)
        assert "2026-05-20!" in chosen(driver)


async def test_what_is_done_is_told_before_what_was_found(tmp_path: Path) -> None:
    """A long note is cut on a small screen, not the action, who does it and its state."""
    workspace = full_workspace(tmp_path / "w", "en")
    workspace.open_sheet(SHEET, "2026").write_answer(
        "KND-01", {"note": "长" * 300}, by=None, now=NOW, lang="zh"
    )
    async with driving(tmp_path / "w", start=None, workspace=workspace, size=(60, 20)) as driver:
        await driver.press("z")
        for label in ("Action", "Who", "State"):
            assert label in driver.screen.split("Result")[1]


async def test_orders(tmp_path: Path) -> None:
    """Tab orders by state, owner and risk in turn, and the cursor stays at its finding."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("down")
        assert "PLN-01" in chosen(driver)
        await driver.press("tab")
        assert "Nothing planned (1)" in driver.screen
        assert "PLN-01" in chosen(driver)
        await driver.press("tab")
        assert "Without an owner (1)" in driver.screen
        assert "周平 (1)" in driver.screen
        await driver.press("tab")
        assert "risk: " in driver.screen
        await driver.press("tab")
        assert "by due date" in driver.head


async def test_a_digit_sets_the_state(tmp_path: Path) -> None:
    """3 says done, with the day; the day of verification and who are set by 4."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("3")
        assert plan(driver, "KND-01") == ("done", "周平", "2026-05-20")
        stored = driver.on_disk("KND-01").remediation
        assert stored is not None
        assert str(stored.done_on) == "2026-06-01"
        assert "3 findings, 0 overdue" in driver.head
        assert "1 finding: done" in driver.foot


async def test_accepting_a_risk_asks_for_the_reason(tmp_path: Path) -> None:
    """5 opens the form at that state; it is not taken without a reason."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("5", "ctrl+s")
        assert "accepting a risk needs a reason" in driver.screen
        await driver.press(*"停用在即", "ctrl+s")
        assert plan(driver, "KND-01")[0] == "risk_accepted"


async def test_changing_one_in_place(tmp_path: Path) -> None:
    """Enter opens the remediation of the finding, as in the walk; it stands there when saved."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("enter", "tab", *"网络科", "tab", "2", "ctrl+s")
        stored = driver.on_disk("KND-01").remediation
        assert stored is not None
        assert (stored.unit, stored.owner) == ("网络科", "周平2")
        assert "网络科" in driver.screen


async def test_changing_many_at_once(tmp_path: Path) -> None:
    """Ticked findings of two sheets get owner and date; what is left empty stays as it was."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("*", "*")
        assert "2 ticked" in driver.head
        await driver.press("m", "tab", *"李健", "tab", *"someday", "ctrl+s")
        assert "not a date" in driver.screen
        await driver.press(*["backspace"] * 7, *"20260731", "ctrl+s")
        assert plan(driver, "KND-01") == ("planned", "李健", "2026-07-31")
        assert plan(driver, "PLN-01") == ("in_progress", "李健", "2026-07-31")
        assert plan(driver, "KND-02") == (None, None, None)
        assert "ticked" not in driver.head


async def test_a_state_for_many(tmp_path: Path) -> None:
    """All of a group are ticked and unticked by one key; a digit then is for all of them."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("0")
        assert "1 ticked" in driver.head
        await driver.press("0")
        assert "ticked" not in driver.head
        await driver.press("insert", "insert", "2")
        assert plan(driver, "KND-01")[0] == "in_progress"
        assert plan(driver, "PLN-01")[0] == "in_progress"


async def test_to_the_item_and_back(tmp_path: Path) -> None:
    """`g` goes to the item; what is answered there is seen on the board at once."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("g")
        assert "KND-01" in driver.screen
        await driver.press("1", "q")
        assert "2 findings, 0 overdue" in driver.head
        await driver.press("pagedown", "pageup", "k", "j", "f5", "q")
        assert not driver.head.startswith(" Remediation")


async def test_a_round_without_findings(tmp_path: Path) -> None:
    """Where nothing was found no key fails."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        for sheet in ("kinds", "plain"):
            (driver.workspace.root / "answers" / "2026" / f"{sheet}.yaml").unlink()
        driver.app.session.opened.clear()
        await driver.press("f5")
        assert "no findings" in driver.screen
        await driver.press("enter", "3", "*", "0", "g", "tab", "down")
        assert "0 findings" in driver.head


async def test_nothing_is_done_without_a_measure(tmp_path: Path) -> None:
    """3 asks for measure, owner and date first."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("down", "3")
        assert plan(driver, "PLN-01")[0] == "in_progress"
        await driver.press("ctrl+s")
        assert "this is needed" in driver.screen
        await driver.press(*"mended", "ctrl+s")
        assert plan(driver, "PLN-01")[0] == "done"


async def test_only_what_is_done_is_verified_and_what_was_seen_is_asked(tmp_path: Path) -> None:
    """4 is refused before 3, on the board and in the form; then it asks what was seen."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("4")
        assert "KND-01: not done yet, so nothing to verify; nothing was changed" in driver.foot
        await driver.press("m", *["tab"] * 4, "4", "ctrl+s")
        assert "not done yet" in driver.screen
        await driver.press("escape", "3", "4")
        assert plan(driver, "KND-01")[0] == "done"
        await driver.press(*"policy seen", "ctrl+s")
        assert plan(driver, "KND-01")[0] == "verified"
        assert "verified on 2026-06-01" in driver.screen
        assert "王敏  policy seen" in driver.screen


async def test_who_verifies_or_accepts_must_be_known(tmp_path: Path) -> None:
    """Where nobody is chosen it is said, and `w` chooses here as well."""
    workspace = full_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", start=None, workspace=workspace, person="") as driver:
        await driver.press("z", "3", "4")
        assert "choose who sits here first: w" in driver.foot
        await driver.press("5")
        assert "choose who sits here first: w" in driver.foot
        await driver.press("w", *"李健", "enter", "4", "ctrl+s")
        stored = driver.on_disk("KND-01").remediation
        assert stored is not None
        assert (stored.state, stored.verified_by) == ("verified", "li-jian")


async def test_a_state_for_many_is_refused_where_one_has_no_plan(tmp_path: Path) -> None:
    """What is missing is named, and none of them is changed."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("*", "*", "3")
        assert "PLN-01 lacks: Action; nothing was changed" in driver.foot
        await driver.press("4")
        assert "KND-01: not done yet" in driver.foot
        assert plan(driver, "KND-01")[0] == "planned"
        await driver.press("m", "tab", "tab", "tab", "3", "ctrl+s")
        assert "PLN-01 lacks: Action" in driver.screen


async def test_an_empty_remediation_is_not_a_plan(tmp_path: Path) -> None:
    """Saving all fields blank says what is missing and writes nothing."""
    async with driving_full_workspace(tmp_path / "w", "z") as driver:
        await driver.press("down", "down", "m", "ctrl+s")
        assert driver.screen.count("this is needed") == 3
        assert plan(driver, "KND-02") == (None, None, None)


async def test_a_batch_is_asked_for_and_taken_back_as_one_step(tmp_path: Path) -> None:
    """3 on two rows names them and waits; u takes both back, U writes both again."""
    workspace = full_workspace(tmp_path / "w", "zh")
    workspace.open_sheet(OTHER, "2026").write_answer(
        "PLN-01", {"remediation.action": "发文明确"}, by=None, now=NOW, lang="zh"
    )
    async with driving(tmp_path / "w", "zh", start=None, workspace=workspace) as driver:
        await driver.press("z")
        before = [plan(driver, item) for item in ("KND-01", "PLN-01")]
        await driver.press("*", "*", "m", "tab", *"李", "tab", *"20260731", "ctrl+s")
        planned = [plan(driver, item) for item in ("KND-01", "PLN-01")]
        assert [owner for _state, owner, _due in planned] == ["李健", "李健"]
        await driver.press("up", "up", "*", "*", "3")
        assert "把 2 个问题改为“已完成”？" in driver.screen
        assert "PLN-01" in driver.screen
        await driver.press("escape")
        assert [plan(driver, item) for item in ("KND-01", "PLN-01")] == planned
        await driver.press("3", "enter")
        assert [plan(driver, item)[0] for item in ("KND-01", "PLN-01")] == ["done", "done"]
        assert "u 撤销" in driver.foot
        await driver.press("u")
        assert [plan(driver, item) for item in ("KND-01", "PLN-01")] == planned
        await driver.press("u")
        assert [plan(driver, item) for item in ("KND-01", "PLN-01")] == before
        await driver.press("U", "U")
        assert [plan(driver, item)[0] for item in ("KND-01", "PLN-01")] == ["done", "done"]


async def test_the_board_takes_back_no_other_change(tmp_path: Path) -> None:
    """A result that was written last is named; so is what another program changed since."""
    async with driving_full_workspace(tmp_path / "w", "z", "zh") as driver:
        await driver.press("u")
        assert "没有可以撤销或重做的改动" in driver.foot
        await driver.press("2")
        driver.workspace.open_sheet(SHEET, "2026").write_answer(
            "KND-01", {"remediation.owner": "赵"}, by=None, now=NOW, lang="zh"
        )
        await driver.press("f5", "u")
        assert "KND-01 后来被别人改过" in driver.foot
        await driver.press("g", "1")
        await driver.press("escape", "u")
        assert "最近的改动在 KND-01，不是整改" in driver.foot
