"""Two people, two machines, one bare repository on a stick, and the real merge driver."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.workspace import Workspace
from assess.workspace.core import conflicts
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import SyncResult, synchronize_workspace
from samples import Samples
from workspace.history.test_changes import ITEM, SHEET, TODAY, items, put, sh, three_commits
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name

OTHER = "EGN-ACC-02"


@pytest.fixture
def there(
    here: Workspace, tmp_path: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    """The other machine: a plain clone of the stick; git is not set up in it.

    No `assess` is on the PATH, as where people start a checkout by its script.
    """
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    there = clone_in_step(here, tmp_path, samples)
    assert not there.git.read_merge_setup().driver
    return there


def clone_in_step(here: Workspace, place: Path, samples: Samples) -> Workspace:
    """Return a plain clone of a stick that `here`, as its fixture gave it, is in step with."""
    shutil.rmtree(here.root)
    samples.copy_place(_make_two_machines, place)
    return Workspace(place / "乙", "en")


def _make_two_machines(place: Path) -> None:
    here, usb = three_commits(place / "单位 一"), place / "U 盘" / "x.git"
    assert make_folder_the_remote(here, usb)
    synchronize_workspace(here, today=TODAY)
    sh(place, "clone", "-q", str(usb), str(place / "乙"))


def sync(one: Workspace) -> SyncResult:
    """Commit and synchronize."""
    restore_files_and_commit_workspace(one, today=TODAY)
    return synchronize_workspace(one, today=TODAY)


def note(one: Workspace, item: str) -> str:
    """Return the note of an answer as the file has it."""
    sheet = one.open_sheet(one.list_sheets("2026")[0], "2026").sheet
    return str(sheet.answers[item].note)


def test_neighbours_merge_in_a_clone_that_nobody_set_up(here: Workspace, there: Workspace) -> None:
    """Answers beside each other, and two fields of one answer: nothing to decide."""
    put(here, ITEM, status="partial")
    put(here, OTHER, status="met", note="甲")
    sync(here)
    put(there, "EGN-ACC-03", status="unmet")
    assert sync(there).merged == "merged"
    assert sync(here).merged == "forward"

    put(here, OTHER, status="unmet")
    put(there, OTHER, note="乙")
    sync(here)
    done = sync(there)

    assert (done.merged, items(done.changes)) == ("merged", [OTHER])
    assert not conflicts.find_conflicts(there.root, "en")
    assert note(there, OTHER) == "乙"
    sync(here)
    assert (here.root / SHEET).read_bytes() == (there.root / SHEET).read_bytes()


def test_the_same_field_on_both_sides(here: Workspace, there: Workspace) -> None:
    """Ours stands, theirs is kept beside it, nothing is handed on until somebody decided."""
    put(here, ITEM, status="partial", note="甲")
    sync(here)
    put(there, ITEM, status="met", note="乙")
    with pytest.raises(FilesError, match="assess sync"):
        sync(there)
    standing = conflicts.find_conflicts(there.root, "en")
    assert {one.conflict.row.field: one.conflict.row.theirs for one in standing} == {
        "status": "partial",
        "note": "甲",
    }
    with pytest.raises(FilesError, match="settled first"):
        synchronize_workspace(there, today=TODAY)
    sh(there.root, "add", "-u")  # what stands in the index now must not be what is committed
    with pytest.raises(FilesError, match="settled first"):
        synchronize_workspace(there, today=TODAY)

    for one, theirs in zip(standing, (True, False), strict=True):
        conflicts.settle_conflict_with_side(there.root, one, "en", theirs=theirs)
    assert synchronize_workspace(there, today=TODAY).pushed == 2
    sync(here)

    text = (here.root / SHEET).read_text("utf-8")
    assert text == (there.root / SHEET).read_text("utf-8")
    assert "conflict" not in text
    assert "status: partial" in text
    assert note(here, ITEM) == "乙"
