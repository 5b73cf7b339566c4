"""A round that was closed on one machine, while an answer was given on another."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from assess.workspace import Workspace
from assess.workspace.rounds.close import ClosedRound, close_round
from assess.workspace.sharing import commit
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import SyncResult, synchronize_workspace
from samples import Samples
from workspace.history.test_changes import NAME, NOW, TODAY, sh, three_commits

LATE = "EGN-ACC-02"
"""The item that was answered late."""


def put_in(here: Workspace, round_id: str, item: str, by: str = "li", **fields: object) -> None:
    """Answer an item of a round."""
    here.open_sheet(NAME, round_id).write_answer(item, fields, by=by, now=NOW, lang="zh")


def without(text: str, item: str) -> str:
    """Return a sheet's text without the answer to an item."""
    return re.sub(rf"(?m)^  {item}:\n(?:    .*\n)+", "", text)


def add_people(here: Workspace) -> None:
    """Name the people of the answers, so that the workspace lints clean."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "周平", ["filler"])
    commit.restore_files_and_commit_workspace(here, today=TODAY)


def close(here: Workspace, author: str = "王敏") -> ClosedRound:
    """Commit what there is, and close round 2026."""
    commit.restore_files_and_commit_workspace(here, today=TODAY)
    environ = {"GIT_AUTHOR_NAME": author}
    return close_round(here, "2026", today=TODAY, now=NOW, environ=environ)


def two_sides(here: Workspace, place: Path, samples: Samples) -> Workspace:
    """Return the other machine, in step with `here` by a repository on a stick.

    `here` is as its fixture gave it, in the same place.
    """
    shutil.rmtree(here.root)
    samples.copy_place(_make_two_sides, place)
    return Workspace(place / "乙", "en")


def _make_two_sides(place: Path) -> None:
    here = three_commits(place / "单位 一")
    add_people(here)
    make_folder_the_remote(here, place / "x.git")
    synchronize_workspace(here, today=TODAY)
    sh(place, "clone", "-q", str(place / "x.git"), str(place / "乙"))


def commit_and_sync(here: Workspace) -> SyncResult:
    """Commit and synchronize."""
    commit.restore_files_and_commit_workspace(here, today=TODAY)
    return synchronize_workspace(here, today=TODAY)


def late_workspace(place: Path, samples: Samples) -> Workspace:
    """Return a workspace that closed 2026 and then took in a late answer of the other machine.

    That one is in step, in the folder 乙 beside it.
    """
    samples.copy_place(_make_late, place)
    return Workspace(place / "单位 一", "en")


def _make_late(place: Path) -> None:
    _make_two_sides(place)
    here, there = Workspace(place / "单位 一", "en"), Workspace(place / "乙", "en")
    put_in(there, "2026", LATE, status="unmet", note="迟到")
    commit.restore_files_and_commit_workspace(there, today=TODAY)
    close(here)
    synchronize_workspace(here, today=TODAY)
    synchronize_workspace(there, today=TODAY)
    synchronize_workspace(here, today=TODAY)
