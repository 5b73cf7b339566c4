"""The history of one answer, and conflicts that a merge left."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.i18n import Lang
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import commit_all_files
from tui.driver import driving
from tui.rounds import busy
from tui.sample import NOW, SHEET, make_workspace

SIZES = [(80, 24), (60, 20)]


def committed(workspace: Workspace) -> Workspace:
    """Put the workspace under git."""
    subprocess.run(["git", "init", "-q", str(workspace.root)], check=True)
    commit_all_files(workspace, "Fill in 2026")
    return workspace


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["KND-02 策略清理周期 的历史", "尚未提交", "改前", "改后", "未清理", "每季度清理"]),
        ("en", ["History of KND-02", "not committed yet", "Before", "After", "Never"]),
    ],
)
async def test_old_beside_new(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """What is not committed yet stands first, then the commits, each with old and new."""
    workspace = committed(busy(tmp_path / "w", lang))
    async with driving(tmp_path / "w", lang, workspace=workspace, size=size) as driver:
        await driver.press("1", "up", "h")
        for word in words:
            assert word in driver.screen
        await driver.press("down")
        assert "王敏" in driver.screen
        await driver.press("enter")
        await driver.press("pagedown")
        assert "请附清理记录" in driver.screen
        await driver.press("escape")
        await driver.press("up", "escape", "f11", "q")
        assert driver.item == "KND-02"


async def test_without_commits_it_is_said(tmp_path: Path) -> None:
    """Where git holds nothing yet, the screen says so."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("h")
        assert "History of KND-01" in driver.head
        assert "git" in driver.screen or "commit" in driver.screen


CONFLICT = """\
format: assess/answers/1
checklist: {id: kinds, version: "2026.1"}
scope: {organization: qingxi-data}
round: "2026"
answers:
  KND-01:
    status: met
    note: 已核对
    by: wang-min
    at: "2026-06-01T09:00:00+08:00"
    conflict:
      - {field: status, theirs: unmet, by: wang-min, at: "2026-06-01T10:00:00+08:00"}
      - {field: note, theirs: 末条允许所有, by: wang-min, at: "2026-06-01T10:00:00+08:00"}
"""


def conflicting(root: Path, lang: Lang) -> Workspace:
    """Return a workspace in which a merge left two conflicts."""
    workspace = make_workspace(root, lang)
    folder = root / "answers" / "2026"
    folder.mkdir(parents=True)
    (folder / "kinds.yaml").write_text(CONFLICT, "utf-8")
    return workspace


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["合并后待定的冲突", "还剩 2 处", "1  本地现有", "2  对方写的", "不符合"]),
        ("en", ["Left undecided by a merge", "2 left", "not met"]),
    ],
)
async def test_conflicts_are_settled_by_a_key(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """Both sides stand beside each other; 2 takes theirs, 1 keeps ours; then nothing is left."""
    workspace = conflicting(tmp_path / "w", lang)
    async with driving(tmp_path / "w", lang, workspace=workspace, size=size) as driver:
        await driver.press("x")
        for word in words:
            assert word in driver.screen
        await driver.press("2")
        assert driver.on_disk("KND-01").status == "unmet"
        assert "末条允许所有" in driver.screen
        await driver.press("enter")
        assert "已核对" in driver.screen
        await driver.press("escape", "down", "up", "1")
        assert driver.on_disk("KND-01").note == "已核对"
        assert workspace.list_conflicts() == []
        assert {"zh": "没有待定的冲突", "en": "nothing is left"}[lang] in driver.screen
        assert {"zh": "下一步：assess", "en": "next: assess"}[lang] in driver.screen
        await driver.press("1", "2", "escape")
        assert driver.item == "KND-02"


async def test_the_overview_names_conflicts_first(tmp_path: Path) -> None:
    """Conflicts are the first thing to be done; its number opens them."""
    workspace = conflicting(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, start=None) as driver:
        assert "1 conflicts left by a merge (2): KND-01" in driver.screen
        await driver.press("1")
        assert "2 left" in driver.head
        await driver.press("escape", "ctrl+x", "f10")
        assert "To be done" in driver.screen


async def test_history_of_an_answer_of_another_day(tmp_path: Path) -> None:
    """A committed answer that was not touched since shows its one change, from nothing."""
    workspace = make_workspace(tmp_path / "w", "en")
    workspace.open_sheet(SHEET, "2026").write_answer(
        "KND-01", {"status": "met"}, by="wang-min", now=NOW, lang="zh"
    )
    committed(workspace)
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("up", "h")
        assert "1 change" in driver.head
        assert "answer" in driver.screen
