"""The overview: what stands in it, and its keys."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from assess.i18n import Lang
from assess.workspace import Workspace
from assess.workspace.setup.outdated_git_files import list_outdated_file_names
from tui.driver import driving
from tui.full_workspace import SYSTEM, driving_full_workspace, full_workspace
from tui.sample import NOW, OTHER, make_workspace


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Unclassified use only", "Every kind", "0/9", "1 Boundary", "王敏"]),
        ("zh", ["不涉密，不得填写国家秘密和工作秘密", "各种题型检查表", "本单位", "1 边界防护"]),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_shows_the_round(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """Notice, person, each sheet and the sections of the chosen one are there at both sizes."""
    async with driving(tmp_path / "w", lang, start=None, size=size) as driver:
        for word in words:
            assert word in driver.screen


async def test_what_is_unanswered_is_always_told(tmp_path: Path) -> None:
    """Beside what is overdue: facts lead to the profile, unanswered items to the first of them."""
    async with driving_full_workspace(tmp_path / "w", "f5") as driver:
        facts, items = (
            next(line for line in driver.screen.splitlines() if words in line)
            for words in ("facts not given (4): 政务门户: How many users?", "unanswered (9, n):")
        )
        await driver.press(facts.strip()[0])
        assert "Facts about 政务门户" in driver.screen
        await driver.press("escape", "q", items.strip()[0])
        assert driver.item == "KND-03"


async def test_next_goes_to_a_missing_reason(tmp_path: Path) -> None:
    """An item that is said not to apply, and not why, is not done: progress and `n` say so."""
    workspace = make_workspace(tmp_path / "w", "en")
    desk = workspace.open_sheet(OTHER, "2026")
    desk.write_answer("PLN-01", {"status": "not_applicable"}, by=None, now=NOW, lang="en")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        assert "0/1" in driver.screen
        await driver.press("down", "n")
        assert driver.item == "PLN-01"
        assert "reason missing" in driver.screen
        await driver.press("f", *"unanswered", "enter")
        assert "only: unanswered" in driver.head
        assert driver.item == "PLN-01"


async def test_a_narrow_terminal_cuts_no_word(tmp_path: Path) -> None:
    """At 60 columns names have the room, and only what is wrong is counted, in words."""
    async with driving_full_workspace(tmp_path / "w", "f5", size=(60, 20)) as driver:
        lines = driver.screen.splitlines()
        assert "Unclassified use only: no state or work secrets" in lines[-2]
        assert "> Self-check 2026 " in lines[0]
        assert ".." not in lines[0]
        index = next(index for index, line in enumerate(lines) if "> Every kind of item" in line)
        assert lines[index].split()[-2:] == ["2/9", "0.0"]
        assert lines[index + 1].split() == ["this", "unit", "High", "1", "Late", "1"]
        section = next(line for line in lines if "1 Boundary" in line)
        assert "  High 1  Late 1" in section
        await driver.press("down", "down")
        assert "> System checks" in driver.screen


async def test_a_wide_terminal_cuts_no_name_and_keeps_columns_near(tmp_path: Path) -> None:
    """At 200 columns the system's name is whole, and its numbers stand within 120 cells."""
    workspace = full_workspace(tmp_path / "w", "en")
    text = (workspace.root / "assess.yaml").read_text("utf-8")
    path = workspace.root / "assess.yaml"
    path.write_text(text.replace("政务门户", "Government Services Portal"), "utf-8")
    async with driving(tmp_path / "w", start=None, workspace=workspace, size=(200, 60)) as driver:
        row = next(line for line in driver.screen.splitlines() if "System checks" in line)
        assert "Government Services Portal" in row
        assert len(row) <= 120


async def test_a_bar_gives_way_to_a_title(tmp_path: Path) -> None:
    """At 80 columns no title is cut while a bar is drawn that only repeats the tally."""
    workspace = make_workspace(tmp_path / "w", "en")
    for name, words in (("kinds", "Every kind of item"), ("plain", "Responsibility")):
        path = workspace.root / "checklists" / f"{name}.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"en: {words}", f"en: {words} of data"), "utf-8")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        row = next(line for line in driver.screen.splitlines() if line.startswith("> "))
        assert "Every kind of item of data" in row
        assert "[" not in row
        assert "0/9" in row


async def test_choosing_and_opening(tmp_path: Path) -> None:
    """Down and Enter open the second sheet; q comes back, and its progress has moved."""
    async with driving(tmp_path / "w", start=None) as driver:
        await driver.press("j", "enter", "1", "q")
        assert driver.on_disk("PLN-01", OTHER).status == "met"
        assert "1/1" in driver.screen
        assert "vvvvvvvvvv" in driver.screen
        await driver.press("up", "k", "enter")
        assert "KND-01" in driver.screen


async def test_next_unanswered_anywhere(tmp_path: Path) -> None:
    """`n` opens the first sheet with an unanswered item, from the chosen one on."""
    async with driving(tmp_path / "w", start=None) as driver:
        await driver.press("down", "n")
        assert "PLN-01" in driver.screen
        await driver.press("1", "q", "f6")
        assert "KND-01" in driver.screen


async def test_other_keys(tmp_path: Path) -> None:
    """`?` shows help, Ctrl+P the commands, F5 reads again, q ends."""
    async with driving(tmp_path / "w", start=None) as driver:
        await driver.press("f1")
        assert "Open the sheet" in driver.screen
        await driver.press("escape", "ctrl+p", *"help", "enter")
        assert "Keys" in driver.screen
        await driver.press("escape", "f5")
        assert "0/9" in driver.screen
        await driver.press("f10")
        assert not driver.app.is_running


async def test_empty_round(tmp_path: Path) -> None:
    """A round without sheets says how to add one; no key fails."""
    workspace = make_workspace(tmp_path / "w", "en")
    path = workspace.root / "assess.yaml"
    path.write_text(path.read_text().replace("[kinds, plain]", "[]"))
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        assert "assess checklist add ID" in driver.screen
        await driver.press("enter", "up", "down", "n")
        assert "everything is answered" in driver.foot


def in_git(root: Path) -> Workspace:
    """A workspace in a repository in which git is not set up."""
    workspace = make_workspace(root, "en")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return workspace


async def test_a_clone_in_which_git_merges_by_lines(tmp_path: Path) -> None:
    """It stands first of what is to be done; Enter on it sets git up, and the line goes."""
    workspace = in_git(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        assert "1 Enter sets git up: a plain `git pull` here merges by lines" in driver.screen
        await driver.press("1")
        assert "git merges by meaning here now" in driver.foot
        assert "merges by lines" not in driver.screen
    assert workspace.git.read_merge_setup().is_complete_or_not_needed


async def test_files_of_an_older_program_are_brought_up_to_date(tmp_path: Path) -> None:
    """They stand last of what is to be done; Enter writes them, and they wait for the commit."""
    workspace = in_git(tmp_path / "w")
    workspace.git.set_up_merges()
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        last = next(line for line in driver.screen.split("\n") if "brings up to date" in line)
        assert ".gitattributes, .gitignore" in last
        await driver.press(last.split()[0])
        assert "they are to be committed" in driver.foot
        assert "brings up to date" not in driver.screen
    assert list_outdated_file_names(workspace) == []


async def test_a_merge_that_is_not_ended_is_told(tmp_path: Path) -> None:
    """Whoever opens the round in the middle of a merge reads so, and what to do."""
    workspace = in_git(tmp_path / "w")
    head = workspace.root / ".git" / "MERGE_HEAD"
    head.write_text("0" * 40 + "\n", "utf-8")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.settle()
        assert "a merge is in progress" in driver.screen


async def test_git_that_cannot_be_set_up(tmp_path: Path) -> None:
    """Why is said."""
    workspace = in_git(tmp_path / "w")
    (workspace.root / ".git" / "config.lock").touch()
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("1")
        assert "another git is running here, or one died: .git/config.lock" in driver.foot


@pytest.mark.parametrize("key", ["g", "ｇ", "f7"])
async def test_to_an_item_by_its_id(tmp_path: Path, key: str) -> None:
    """`g` opens the sheet of the item; an id that nothing has is said at the field."""
    async with driving(tmp_path / "w", start=None) as driver:
        await driver.press(key, *"nowhere", "enter")
        assert "no item here has this id" in driver.screen
        await driver.press(*["backspace"] * 7, *"pln-01", "enter")
        assert driver.item == "PLN-01"


@pytest.mark.parametrize(("width", "shows"), [(80, False), (99, False), (100, True), (160, True)])
async def test_a_wide_screen_has_the_picture_of_all_sections(
    tmp_path: Path, width: int, shows: bool
) -> None:
    """From 100 columns on sections and due dates stand at the right; below, nothing is squeezed."""
    async with driving_full_workspace(tmp_path / "w", "f5", size=(width, 30)) as driver:
        assert ("Sections, the worst first" in driver.screen) == shows
        assert ("Next due dates" in driver.screen) == shows
        if shows:
            lines = driver.screen.splitlines()
            index = next(i for i, line in enumerate(lines) if "Sections, the worst" in line)
            assert "Boundary" in lines[index + 1][40:]


def _add_system_checklist(workspace: Workspace) -> None:
    """Pin a checklist of systems in a workspace without a system."""
    (workspace.root / "checklists" / "sys.yaml").write_text(SYSTEM, "utf-8")
    path = workspace.root / "assess.yaml"
    pinned = path.read_text("utf-8").replace("  plain:", "  sys: {source: local}\n  plain:", 1)
    path.write_text(pinned, "utf-8")


async def test_a_system_checklist_without_a_system_is_told(tmp_path: Path) -> None:
    """It has no sheet, so its line is all that shows it; Enter asks for the system."""
    workspace = make_workspace(tmp_path / "w", "zh")
    _add_system_checklist(workspace)
    async with driving(tmp_path / "w", "zh", start=None, workspace=workspace) as driver:
        line = next(line for line in driver.screen.splitlines() if "还没有加系统" in line)
        assert "系统检查表" in line
        await driver.press(line.strip()[0])
        assert "系统名称" in driver.screen
        await driver.press("escape", "q", ">")
        assert "1 份检查表没有填：还没有加系统" in driver.screen


async def test_a_round_is_closed_only_after_the_review(tmp_path: Path) -> None:
    """What waits for the reviewer, or came back, is done before closing is proposed."""
    workspace = full_workspace(tmp_path / "w", "zh")
    config = workspace.root / "assess.yaml"
    text = config.read_text("utf-8")
    config.write_text(re.sub(r"sheets: \[.*\]", "sheets: [plain]", text), "utf-8")
    desk = workspace.open_sheet(OTHER, "2026")
    desk.write_answer("PLN-01", {"status": "met"}, by="wang-min", now=NOW, lang="zh")
    async with driving(
        tmp_path / "w", "zh", start=None, workspace=workspace, person="li-jian"
    ) as driver:
        assert "待你审核 1 项" in driver.screen
        assert "关闭轮次" not in driver.screen
        await driver.press("r", "1", "1", "q")
        assert "待你审核" not in driver.screen
        assert "再关闭轮次 2026（p）" in driver.screen
