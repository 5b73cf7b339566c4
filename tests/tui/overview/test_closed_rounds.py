"""Closed rounds on the screens: what came late is named, carried over, or the round is reopened."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.cli.fill import _find_newest_open_or_closed_round
from assess.errors import UsageError
from assess.store.git.run import plumbing as git
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.tui.overview.closed_rounds import carried_answers_text, reopen_reason_form
from assess.workspace import Workspace
from assess.workspace.rounds.carry_answers import CarriedOver
from assess.workspace.setup.make_workspace import commit_all_files
from tui.driver import Driver, driving
from tui.full_workspace import full_workspace
from tui.sample import SHEET

ANSWERS = "answers/2026/kinds.yaml"


def closed(root: Path, *, open_round: bool = True) -> Workspace:
    """Return a workspace whose round 2026 is closed, with an answer that was changed after that."""
    workspace = full_workspace(root, "en", repository=True)
    workspace.edit_config(
        [
            FieldEdit(("rounds", "2026", "state"), "closed"),
            FieldEdit(("rounds", "2026", "tag"), "round/2026"),
        ]
    )
    if open_round:
        rows = {"title": "2027", "state": "open", "sheets": ["kinds", "plain"]}
        workspace.edit_config([FieldEdit(("rounds", "2027"), rows)])
    commit_all_files(workspace, "Close")
    git.run_git(root, ["tag", "round/2026"])
    text = (root / ANSWERS).read_text("utf-8").replace("无默认拒绝", "有例外")
    (root / ANSWERS).write_text(text, "utf-8")
    return workspace


async def press_line(driver: Driver, words: str) -> None:
    """Press the number of a line of the overview."""
    line = next(line for line in driver.screen.splitlines() if words in line)
    await driver.press(line.strip().removeprefix("> ")[0])


async def test_late_answers_are_carried_over(tmp_path: Path) -> None:
    """The overview names them; two keys carry them into the open round."""
    workspace = closed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        assert "this round is closed (tag round/2026): Enter shows how to go on" in driver.screen
        assert "came after the round was closed (1): 2026 KND-01 (王敏" in driver.screen
        await press_line(driver, "came after")
        assert "carry what came late from 2026 over into 2027" in driver.screen
        await driver.press("enter")
        assert "carried over: 1; now commit (p)" in driver.foot
        assert "came after" not in driver.screen
    assert workspace.open_sheet(SHEET, "2027").sheet.answers["KND-01"].note == "有例外"


async def test_a_round_is_reopened_with_a_reason(tmp_path: Path) -> None:
    """The reason is needed; then one is in the open round."""
    workspace = closed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await press_line(driver, "this round is closed")
        await driver.press(*"reopen", "enter")
        await driver.type("late answer")
        await driver.press("f8")
        assert "this round is closed" not in driver.screen
    assert workspace.read_config().rounds["2026"].state == "open"
    subject = git.run_git(workspace.root, ["log", "-1", "--format=%an %s"]).stdout.decode()
    assert subject == "王敏 重新打开轮次 2026：late answer\n"


async def test_one_goes_on_in_the_open_round(tmp_path: Path) -> None:
    """From Finish of the closed round, where it says so."""
    workspace = closed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("p", *["pagedown"] * 3, "enter")
        assert "go on in 2027" in driver.screen
        await driver.press(*"go on", "enter")
        assert driver.app.session.round_id == "2027"
        assert "this round is closed" not in driver.screen


async def test_without_an_open_round_the_next_one_is_named(tmp_path: Path) -> None:
    """There is nothing to carry to; a refusal is shown in full."""
    workspace = closed(tmp_path / "w", open_round=False)
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await press_line(driver, "came after")
        assert "carry what" not in driver.screen
        await driver.press(*"begin", "enter")
        assert "Begin the next round" in driver.screen
        await driver.press("escape")
        workspace.edit_config([FieldEdit(("report", "marking"), "内部")])
        await press_line(driver, "this round is closed")
        await driver.press(*"reopen", "enter", "x", "f8")
        assert "This could not be done" in driver.screen
        assert "assess.yaml is not committed" in driver.screen


async def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """Where the settings can't be read any more there is nothing to choose from."""
    workspace = closed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        (workspace.root / "assess.yaml").write_text("x: [", "utf-8")
        await press_line(driver, "this round is closed")
        assert "This could not be done" in driver.screen


def test_what_is_said_after_carrying() -> None:
    """How many, and whether two answers stand beside each other now."""
    done = [CarriedOver("a", ("A-1", "A-2"), ("A-2",), ())]
    assert carried_answers_text(done, "en") == (
        "carried over: 2; to decide between two answers (x): 1"
    )
    check = reopen_reason_form("2026", "en").check
    assert check({"reason": " "}) == {"reason": "this is needed"}
    assert check({"reason": "x"}) == {}


def test_the_program_opens_the_newest_closed_round(tmp_path: Path) -> None:
    """Where none is open; without any round it says what to type."""
    workspace = closed(tmp_path / "w", open_round=False)
    assert _find_newest_open_or_closed_round(workspace) == "2026"
    workspace.edit_config([FieldEdit(("rounds",), REMOVE)])
    with pytest.raises(UsageError, match="assess round new ID"):
        _find_newest_open_or_closed_round(workspace)
