"""How often the disk is waited for: whatever the number of files, as often as is needed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import synchronize_workspace
from flushes import flushes, need_strace
from workspace.history.test_changes import sh
from workspace.sharing.test_merged_files import attach

TODAY = date(2026, 3, 1)
COMMIT_MOST = 10
SYNC_MOST = 20


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace of one checklist."""
    need_strace()
    return make_and_commit_workspace(
        tmp_path / "单位", organization="单位", language="en", today=TODAY, lang="en"
    )


def write_files(one: Workspace, count: int, *lines: str) -> None:
    """Write files of some lines each, in folders of the workspace."""
    for number in range(count):
        path = one.root / "templates" / f"t{number % 3}" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("".join(f"{number} {line}\n" for line in lines), "utf-8")


def test_a_commit(here: Workspace) -> None:
    """A commit of 100 files takes as many flushes as one of 10."""
    counts = []
    for count in (10, 100):
        write_files(here, count, str(count))
        counts.append(flushes(here.root, "commit"))
    assert counts[0] == counts[1] <= COMMIT_MOST


@pytest.mark.parametrize("count", [30, pytest.param(100, marks=pytest.mark.exhaustive)])
def test_a_sync_that_merges(here: Workspace, tmp_path: Path, count: int) -> None:
    """Files that both sides changed: git merges each of them, and the number of flushes holds."""
    write_files(here, count, "a", "b", "c", "d", "e", "f")
    restore_files_and_commit_workspace(here, today=TODAY)
    make_folder_the_remote(here, tmp_path / "stick")
    synchronize_workspace(here, today=TODAY)
    sh(tmp_path, "clone", "-q", str(tmp_path / "stick"), str(tmp_path / "乙"))
    there = Workspace(tmp_path / "乙", "en")
    for one, lines in ((there, "abcdeF"), (here, "Abcdef")):
        write_files(one, count, *lines)
        restore_files_and_commit_workspace(one, today=TODAY)
    synchronize_workspace(there, today=TODAY)
    assert 0 < flushes(here.root, "sync") <= SYNC_MOST
    assert (here.root / "templates" / "t0" / "0.txt").read_text("utf-8").split()[1::10] == [
        "A",
        "F",
    ]


@pytest.mark.exhaustive
def test_a_sync_that_settles_evidence(here: Workspace, tmp_path: Path) -> None:
    """Both sides have another file of one name: a copy, its row in the register, and no more."""
    make_folder_the_remote(here, tmp_path / "stick")
    synchronize_workspace(here, today=TODAY)
    sh(tmp_path, "clone", "-q", str(tmp_path / "stick"), str(tmp_path / "乙"))
    there = Workspace(tmp_path / "乙", "en")
    for workspace, content in ((there, b"one\ntheirs\n"), (here, b"one\nours\n")):
        attach(workspace, "log.txt", content)
        restore_files_and_commit_workspace(workspace, today=TODAY)
    synchronize_workspace(there, today=TODAY)
    assert 0 < flushes(here.root, "sync") <= SYNC_MOST
    assert len(list((here.root / "evidence/2026").iterdir())) == 2
