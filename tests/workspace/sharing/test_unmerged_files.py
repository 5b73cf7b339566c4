"""What others committed is merged by meaning, whatever attributes say of how to merge."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.workspace import Workspace
from assess.workspace.core import conflicts
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.sync import SyncResult, synchronize_workspace
from samples import Samples
from workspace.history.test_changes import ITEM, NAME, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.test_syncing_by_meaning import clone_in_step

pytestmark = pytest.mark.untraced

OTHER = "EGN-ACC-02"


@pytest.fixture
def there(here: Workspace, tmp_path: Path, samples: Samples) -> Workspace:
    """The other machine."""
    return clone_in_step(here, tmp_path, samples)


def sync(workspace: Workspace) -> SyncResult:
    """Commit and synchronize."""
    restore_files_and_commit_workspace(workspace, today=TODAY)
    return synchronize_workspace(workspace, today=TODAY)


def keep_from_merging(workspace: Workspace, line: str) -> None:
    """Let git merge no YAML here."""
    info = workspace.root / ".git/info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text(f"*.yaml {line}\n", "utf-8")


def statuses(workspace: Workspace) -> dict[str, str | None]:
    """Return the status of each answer."""
    answers = workspace.open_sheet(NAME, "2026").sheet.answers
    return {item: answer.status for item, answer in answers.items()}


@pytest.mark.parametrize("line", ["-merge", "binary"])
def test_different_answers_come_together(here: Workspace, there: Workspace, line: str) -> None:
    """Where git leaves the sheet as ours, the other side's answer stands in it all the same."""
    put(there, OTHER, status="met")
    sync(there)
    keep_from_merging(here, line)
    put(here, ITEM, status="partial")
    assert sync(here).merged == "merged"
    assert (statuses(here)[OTHER], statuses(here)[ITEM]) == ("met", "partial")
    assert sh(here.root, "status", "--porcelain") == ""


def test_one_answer_on_both_sides(here: Workspace, there: Workspace) -> None:
    """It is told as a conflict; what one side alone changed stands in the sheet."""
    put(there, ITEM, status="met")
    put(there, OTHER, status="met")
    sync(there)
    keep_from_merging(here, "-merge")
    put(here, ITEM, status="partial")
    with pytest.raises(FilesError, match="to be decided"):
        sync(here)
    assert statuses(here)[OTHER] == "met"
    standing = conflicts.find_conflicts(here.root, "en")
    assert [row.conflict.row.field for row in standing] == ["status"]
    conflicts.settle_conflict_with_side(here.root, standing[0], "en", theirs=False)
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
    assert (statuses(here)[OTHER], statuses(here)[ITEM]) == ("met", "partial")


@pytest.mark.parametrize("line", ["-merge", "binary", "!merge"])
def test_nothing_but_one_answer_on_both_sides(here: Workspace, there: Workspace, line: str) -> None:
    """Item and field are named at once, and no later sync takes our side without a decision."""
    put(there, ITEM, status="met")
    sync(there)
    keep_from_merging(here, line)
    put(here, ITEM, status="partial")
    for _time in range(2):
        with pytest.raises(FilesError) as caught:
            sync(here) if _time == 0 else synchronize_workspace(here, today=TODAY)
        conflict = caught.value.problems[0]
        assert (conflict.code, ITEM in conflict.message) == ("conflict", True)
        assert f"assess settle {SHEET} {ITEM} status" in conflict.hint
    (row,) = conflicts.find_conflicts(here.root, "en")
    conflicts.settle_conflict_with_side(here.root, row, "en", theirs=True)
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
    assert statuses(here)[ITEM] == "met"


def test_a_merge_that_git_began_by_itself(here: Workspace, there: Workspace) -> None:
    """A plain `git pull` left the sheet as ours: the next sync merges it by meaning."""
    put(there, OTHER, status="met")
    sync(there)
    keep_from_merging(here, "-merge")
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    sh(here.root, "fetch", "-q", "origin", "main")
    with pytest.raises(Exception, match="returned non-zero"):
        sh(here.root, "merge", "-q", "FETCH_HEAD")
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
    assert (statuses(here)[OTHER], statuses(here)[ITEM]) == ("met", "partial")


def test_all_is_decided_for_our_side(here: Workspace, there: Workspace) -> None:
    """A sheet that is ours again after each conflict was decided is not merged anew."""
    put(there, ITEM, status="met")
    sync(there)
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    ours = (here.root / SHEET).read_bytes()
    with pytest.raises(FilesError, match="to be decided"):
        synchronize_workspace(here, today=TODAY)
    (here.root / SHEET).write_bytes(ours)
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
    assert (here.root / SHEET).read_bytes() == ours


def test_a_sheet_that_cannot_be_read(here: Workspace, there: Workspace) -> None:
    """It is merged by lines, and their side is in it; a decision for ours stands."""
    sheet = there.root / SHEET
    sheet.write_text(sheet.read_text("utf-8") + "unknown: [\n", "utf-8")
    sh(there.root, "commit", "-q", "-a", "-m", "broken")
    sh(there.root, "push", "-q")
    keep_from_merging(here, "-merge")
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    ours = (here.root / SHEET).read_bytes()
    with pytest.raises(FilesError, match="to be decided"):
        synchronize_workspace(here, today=TODAY)
    assert b"unknown: [" in (here.root / SHEET).read_bytes()
    (here.root / SHEET).write_bytes(ours)
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
