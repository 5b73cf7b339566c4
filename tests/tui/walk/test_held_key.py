"""A held key pauses the walk; keys that people press, and those that come at once, do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from assess.tui.walk.held_key import is_pace_of_repeating_key
from assess.workspace import SheetName, Workspace
from tui.driver import Driver, driving
from tui.rounds import busy
from tui.sample import NOW, make_workspace
from tui.year.work import SHEET, THIS, Amount, make_second_year

PLAIN = SheetName("plain")
HELD = Amount(same=13, changed=1, unmet=0, noted=13, proved=0)


@pytest.mark.parametrize(
    ("times", "held"),
    [
        ([0.033 * count for count in range(8)], True),
        ([0.07 * count for count in range(8)], True),
        ([0.0, 0.0, *(0.033 * count for count in range(2, 8))], True),
        ([0.033 * count for count in range(7)], False),
        ([0.12 * count for count in range(8)], False),
        ([0.0] * 8, False),
        ([0.001 * count for count in range(7)] + [0.4], False),
    ],
)
def test_the_pace_tells_a_held_key(times: list[float], held: bool) -> None:
    """Even repeats are a held key, also with two joined; slow keys and a clump of them are not."""
    assert is_pace_of_repeating_key(times) is held


async def press_at(driver: Driver, keys: str, apart: float) -> None:
    """Press keys that arrive so many seconds apart."""
    for count, char in enumerate(keys):
        key = Key(char, char)
        key.time = 100 + count * apart
        driver.app.post_message(key)
    await driver.settle()


def answered(driver: Driver) -> int:
    """Return the number of answers on disk."""
    return len(driver.workspace.open_sheet(PLAIN, "2026").sheet.answers)


def accepted(driver: Driver) -> int:
    """Return the number of accepted answers on disk."""
    answers = driver.workspace.open_sheet(PLAIN, "2026").sheet.answers.values()
    return sum(answer.review is not None for answer in answers)


def add_plain_items(workspace: Workspace) -> None:
    """Give the checklist of one item forty of them."""
    path = workspace.root / "checklists" / "plain.yaml"
    line = path.read_text("utf-8").splitlines()[-1]
    rows = [line.replace("PLN-01", f"PLN-{number:02d}") for number in range(1, 41)]
    path.write_text(path.read_text("utf-8").replace(line, "\n".join(rows)), "utf-8")


async def test_a_held_key_answers_eight_items_until_enter(tmp_path: Path) -> None:
    """The rest answers nothing; Enter goes on, or any other key, such as the one that undoes."""
    workspace = make_workspace(tmp_path / "w", "zh")
    add_plain_items(workspace)
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=PLAIN) as driver:
        await press_at(driver, "1" * 30, 0.033)
        assert answered(driver) == 8
        assert "同一个键连着按了 8 次" in driver.foot
        await driver.press("enter")
        assert (answered(driver), driver.item) == (8, "PLN-09")
        await driver.press("1")
        assert answered(driver) == 9
        await press_at(driver, "1" * 30, 0.033)
        await driver.press("u", *"11111")
        assert answered(driver) == 9 + 8 - 1 + 5


@pytest.mark.exhaustive
async def test_a_held_key_takes_over_eight_answers(tmp_path: Path) -> None:
    """In the walk by `l`, and item by item by `1`; Enter ends the pause there too."""
    workspace, work = make_second_year(tmp_path / "w", HELD)
    async with driving(tmp_path / "w", "zh", start=None, workspace=workspace) as driver:
        await driver.press("l")
        await press_at(driver, "1" * 20, 0.033)
        assert "同一个键连着按了 8 次" in driver.foot
        await driver.press("enter", "1")
        answers = driver.workspace.open_sheet(SHEET, THIS).sheet.answers
        assert len(answers) == 9 < len(work)


async def test_a_held_key_accepts_no_answers_at_its_pace(tmp_path: Path) -> None:
    """The key of a reviewer pauses as well, before the eighth acceptance; Enter goes on."""
    workspace = busy(tmp_path / "w", "zh")
    add_plain_items(workspace)
    met = {f"PLN-{number:02d}": {"status": "met", "note": "看过"} for number in range(1, 41)}
    workspace.open_sheet(PLAIN, "2026").write_answers(met, by="wang-min", now=NOW, lang="zh")
    async with driving(
        tmp_path / "w", "zh", workspace=workspace, person="li-jian", start=None
    ) as driver:
        await driver.press("down", "r")
        assert driver.item == "PLN-01"
        await press_at(driver, "1" * 30, 0.033)
        assert accepted(driver) == 7
        assert "同一个键连着按了 8 次" in driver.foot
        await driver.press("enter", "1")
        assert accepted(driver) == 8
