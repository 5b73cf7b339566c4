"""Closing a round and beginning the next one by keys, from the overview and from Finish."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.run import plumbing as git
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import commit_all_files
from tui.driver import driving
from tui.full_workspace import full_workspace
from tui.sample import SHEET


def committed(root: Path) -> Workspace:
    """Return a workspace in a repository in which everything is in a version."""
    workspace = full_workspace(root, "en", repository=True)
    commit_all_files(workspace, "Answers")
    return workspace


async def test_a_round_is_closed_and_the_next_one_begun(tmp_path: Path) -> None:
    """What is open is named with its count; then id, title and checklists are proposed.

    The proposals from the closed round follow at once.
    """
    workspace = committed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("G")
        assert "Close round 2026?" in driver.screen
        assert "unanswered" in driver.screen
        assert "not reviewed" in driver.screen
        assert "A report of it says that it is a draft." in driver.screen
        await driver.press("enter")
        assert "round 2026 is closed (tag round/2026)" in driver.screen
        assert git.run_git(workspace.root, ["tag"]).stdout.decode() == "round/2026\n"
        await driver.press("enter")
        assert "Begin the next round" in driver.screen
        assert "2027" in driver.screen
        assert (
            "Self-check" in driver.screen
            or "Network-security self-assessment 2027" in driver.screen
        )
        await driver.press("f8")
        assert type(driver.app.screen).__name__ == "EachProposalScreen"
        assert driver.app.session.round_id == "2027"
    begun = workspace.read_config().rounds["2027"]
    assert (begun.from_, begun.sheets) == ("2026", workspace.read_config().rounds["2026"].sheets)


async def test_refusing_leaves_the_round_open(tmp_path: Path) -> None:
    """`Esc` at the question closes nothing."""
    workspace = committed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("{", "escape")
    assert workspace.read_config().rounds["2026"].state == "open"


async def test_what_is_in_no_version_is_saved_first(tmp_path: Path) -> None:
    """The question leads to the form that saves a version; then the round can be closed."""
    workspace = committed(tmp_path / "w")
    text = (workspace.root / "assess.yaml").read_text("utf-8")
    (workspace.root / "assess.yaml").write_text(text + "# new\n", "utf-8")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("G")
        assert "Save a version first?" in driver.screen
        await driver.press("enter")
        assert type(driver.app.screen).__name__ == "FormScreen"
        await driver.press("f8")
        assert "version saved" in driver.foot
        await driver.press("G")
        assert "Close round 2026?" in driver.screen


async def test_a_closed_round_says_so(tmp_path: Path) -> None:
    """`G` closes nothing twice; the rows of Finish and of the overview lead to the next round."""
    workspace = committed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("G", "enter", "escape", "G")
        assert "this round is closed already; N begins the next one" in driver.foot
        await driver.press("p", *["pagedown"] * 3)
        assert "Begin the next round" in driver.screen
        await driver.press("N", "escape")
        assert "2027" not in workspace.read_config().rounds


async def test_the_form_refuses_what_cannot_be(tmp_path: Path) -> None:
    """An id that is taken and a due day that is none; a checklist that is not ticked stays out."""
    workspace = committed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("N", *["backspace"] * 4)
        await driver.type("2026")
        await driver.press("f8")
        assert "2026 exists already" in driver.screen
        await driver.press(*["backspace"] * 4)
        await driver.type("2027-h1")
        await driver.press("tab", "tab")
        await driver.type("soon")
        await driver.press("f8")
        assert "not a date; write it as 2026-03-18" in driver.screen
        await driver.press(*["backspace"] * 4)
        await driver.type("9-30")
        await driver.press("tab", "1", "f8")
    begun = workspace.read_config().rounds["2027-h1"]
    assert str(begun.due) == "2026-09-30"
    assert str(SHEET) not in begun.sheets
    assert begun.sheets


async def test_the_overview_of_a_new_round_names_what_can_be_taken_over(tmp_path: Path) -> None:
    """With its count and its key; the row leads to the proposals.

    The reviewer of a round in which nothing is filled in is told so, in words for a reviewer.
    """
    workspace = committed(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("N", "f8", "home")
        row = next(line for line in driver.screen.splitlines() if "can be taken over" in line)
        assert "(l)" in row
        await driver.press("r")
        assert "nothing waits for a review: nothing is filled in yet" in driver.foot
        await driver.press(row.strip()[0])
        assert type(driver.app.screen).__name__ == "EachProposalScreen"
