"""Clocks that run behind."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from assess.workspace import SheetName, Workspace
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from assess.workspace.sharing.clocks import list_clock_warnings, newest_answer_time

NOW = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=8)))
SHEET = SheetName("egov-network")
DATE = "GIT_COMMITTER_DATE"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a commit and an answer, both of NOW."""
    monkeypatch.setenv(DATE, NOW.isoformat())
    made = make_and_commit_workspace(
        tmp_path / "w", organization="示例", language="zh", today=NOW.date(), lang="en"
    )
    made.open_sheet(SHEET, "2026").write_answer(
        "EGN-ACC-01", {"status": "met"}, by=None, now=NOW, lang="zh"
    )
    return made


def test_a_right_clock_is_not_doubted(here: Workspace) -> None:
    """Nor one that is some minutes behind that of another machine."""
    assert list_clock_warnings(here, NOW) == []
    assert list_clock_warnings(here, NOW - timedelta(minutes=59)) == []


def test_a_clock_behind_the_answers_is_told(here: Workspace) -> None:
    """With both times, before a commit bears the wrong one."""
    (text,) = list_clock_warnings(here, datetime(2001, 1, 1, 8, tzinfo=NOW.tzinfo))
    assert "clock says 2001-01-01 08:00" in text
    assert "written on 2026-06-01" in text


def test_a_commit_before_its_parent_or_its_answers_is_told(
    here: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the command by which a report bears another date; the next commit ends it."""
    monkeypatch.setenv(DATE, "2001-01-01T08:00:00+08:00")
    commit_all_files(here, "late")
    (text,) = list_clock_warnings(here, NOW)
    assert "the last commit bears 2001-01-01" in text
    assert "assess report --date 2026-06-01" in text

    monkeypatch.setenv(DATE, (NOW + timedelta(days=1)).isoformat())
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", "x"], cwd=here.root, check=True)
    assert list_clock_warnings(here, NOW + timedelta(days=1)) == []


def test_where_nothing_can_be_known_nothing_is_doubted(here: Workspace) -> None:
    """No answers; no repository; files that can't be read."""
    assert newest_answer_time([]) is None
    shutil.rmtree(here.root / ".git")
    assert list_clock_warnings(here, NOW) == []
    (here.root / "assess.yaml").write_text("[", "utf-8")
    assert list_clock_warnings(here, NOW) == []
