"""Files of the folder and of git that a power cut left empty in the middle of a merge."""

from __future__ import annotations

import pytest

from assess import locations
from assess.workspace import Workspace
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.sync import synchronize_workspace
from workspace.history.test_changes import SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name

from .test_syncing_by_meaning import sync
from .test_syncing_by_meaning import there as there  # noqa: PLC0414  # pytest finds the fixture by this name

PROOF = "evidence/2026/proof.txt"


@pytest.fixture
def fetched(here: Workspace, there: Workspace) -> Workspace:
    """The other machine has fetched an answer and a proof, and has an answer of its own."""
    proof = here.root / PROOF
    proof.parent.mkdir(parents=True)
    proof.write_bytes(b"proof")
    put(here, "EGN-ACC-02", status="met")
    sync(here)
    put(there, "EGN-ACC-03", status="unmet")
    restore_files_and_commit_workspace(there, today=TODAY)
    there.git.set_up_merges()
    restore_files_and_commit_workspace(there, today=TODAY)
    sh(there.root, "fetch", "-q")
    return there


def empty(one: Workspace, *paths: str) -> None:
    """Leave files as a power cut does."""
    for path in paths:
        (one.root / path).write_bytes(b"")


def committed(one: Workspace, path: str) -> bytes:
    """Return a file of the newest commit."""
    return sh(one.root, "show", f"HEAD:{path}").encode()


def test_evidence_that_a_merge_left_empty_is_not_committed_empty(
    here: Workspace, there: Workspace
) -> None:
    """It is put back, and that is told: by a commit, and by a sync."""
    proof = there.root / PROOF
    proof.parent.mkdir(parents=True)
    proof.write_bytes(b"proof")
    sync(there)
    synchronize_workspace(here, today=TODAY)
    empty(here, PROOF)
    (told,) = restore_files_and_commit_workspace(here, today=TODAY).warnings
    assert (told.file, told.code) == (PROOF, "put-back")
    empty(here, PROOF)
    assert synchronize_workspace(here, today=TODAY).warnings == (told,)
    assert (here.root / PROOF).read_bytes() == b"proof"
    assert committed(here, PROOF) == b"proof"


def test_a_merge_in_progress_goes_on(fetched: Workspace) -> None:
    """Files of the folder and git's message are empty: all is put back, committed, handed on."""
    sh(fetched.root, "merge", "-q", "--no-commit", "origin/main")
    merged = (fetched.root / SHEET).read_bytes()
    empty(fetched, ".git/MERGE_MSG", PROOF, SHEET, locations.CONFIG)

    done = synchronize_workspace(fetched, today=TODAY)

    assert (done.merged, done.pushed) == ("merged", 2)
    assert {one.file for one in done.warnings} == {PROOF, SHEET, locations.CONFIG}
    assert committed(fetched, PROOF) == b"proof"
    assert (fetched.root / SHEET).read_bytes() == merged
    assert sh(fetched.root, "status", "--porcelain") == ""
    assert sh(fetched.root, "log", "-1", "--format=%s") == "Merge"
