"""What is said of an answer once it is on disk, and how one gets back to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.engine.fingerprint import reviewed_answer_digest
from tui.driver import Driver, driving
from tui.sample import NOW, SHEET, make_workspace


def told(driver: Driver) -> str:
    """Return what the line above the footer says."""
    return driver.screen.splitlines()[-2].strip("| ")


async def test_it_is_said_which_item_was_saved_and_how_to_get_back(tmp_path: Path) -> None:
    """After an answer the next item is there; the line above the keys names the one before."""
    async with driving(tmp_path / "w") as driver:
        assert told(driver) == ""
        await driver.press("1")
        assert driver.item == "KND-02"
        assert told(driver) == "saved KND-01: met    b back  then e evidence, a note"
        assert "1-9 choose" in driver.foot
        await driver.press("b")
        assert driver.item == "KND-01"
        assert told(driver) == "saved KND-01: met"
        await driver.press("down", "down")
        assert told(driver) == ""


@pytest.mark.parametrize("width", [80, 60])
async def test_a_changed_answer_that_was_accepted_says_so(tmp_path: Path, width: int) -> None:
    """The reviewer has to look again; no word is cut where room lacks."""
    workspace = make_workspace(tmp_path / "w", "en")
    desk = workspace.open_sheet(SHEET, "2026").write_answer(
        "KND-01", {"status": "unmet", "note": "x"}, by=None, now=NOW, lang="zh"
    )
    digest = reviewed_answer_digest(desk.sheet.answers["KND-01"])
    review = {"state": "accepted", "by": "wang-min", "of": digest}
    desk.write_answer("KND-01", {"review": review}, by=None, now=NOW, lang="zh")
    async with driving(tmp_path / "w", workspace=workspace, size=(width, 24)) as driver:
        await driver.press("g", *"01", "enter")
        await driver.press("1")
        message = "saved KND-01: met, to be reviewed again"
        assert told(driver) == message + "  u undo    b back"


async def test_a_digit_after_a_reason_asks_before_it_overwrites(tmp_path: Path) -> None:
    """After a reason one stays at the item; a digit meant for the next one changes nothing."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("3", *"why", "ctrl+s")
        assert driver.item == "KND-01"
        assert told(driver) == "saved KND-01: not met    m remediation  n next"
        await driver.press("1")
        assert driver.on_disk("KND-01").status == "unmet"
        assert "KND-01 is done: not met. n goes on; 1 once more changes it" in driver.foot
        await driver.press("0")
        assert "0 once more" in driver.foot
        await driver.press("3", "escape", "1", "1")
        assert driver.on_disk("KND-01").status == "met"
        assert driver.item == "KND-02"


async def test_the_same_digit_once_more_asks_for_the_reason_again(tmp_path: Path) -> None:
    """The choice that stands overwrites nothing: its reason can be written anew at once."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("3", *"why", "ctrl+s", "3")
        assert "once more" not in driver.foot
        assert "Note on KND-01" in driver.screen


async def test_a_digit_right_after_the_next_key_answers(tmp_path: Path) -> None:
    """Who goes on after a reason, or takes a wrong key back without one, is asked nothing."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("3", *"why", "ctrl+s", "n", "1")
        assert driver.on_disk("KND-02").value == "quarterly"
        await driver.press("g", *"01", "enter", "2", "escape", "1")
        assert driver.on_disk("KND-01").status == "met"


async def test_the_saved_value_is_said(tmp_path: Path) -> None:
    """The walk is at the next item already: what was typed there can be read once more."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("g", *"05", "enter", *"2026年3月8日", "enter")
        assert told(driver).startswith("已存 KND-05：2026-03-08    b 返回")
