"""Hand-ins that are made from a repository on a share, in this process."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

import hand_ins
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.hand_in import from_repository
from assess.workspace.hand_in.from_repository import make_hand_in_or_fault
from assess.workspace.hand_in.make import MadeHandIn
from assess.workspace.hand_in.outcome import PassedFolder
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.setup.make_workspace import commit_all_files
from hand_ins import closed_demo, hand_in_of
from samples import Samples


@pytest.fixture
def unit(samples: Samples, tmp_path: Path) -> Workspace:
    """The demo's workspace with its round closed."""
    return samples.copy(closed_demo, tmp_path / "unit")


def run_git(folder: Path, *words: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def made_from(unit: Workspace, round_id: str = hand_ins.ROUND) -> MadeHandIn | PassedFolder:
    """Return what the repository of a workspace gives."""
    return make_hand_in_or_fault(unit.root / ".git", round_id, "en")


def test_the_bytes_are_those_of_assess_submit(unit: Workspace, tmp_path: Path) -> None:
    """With the scan of the stamped page; from a bare repository, too."""
    made = made_from(unit)
    assert isinstance(made, MadeHandIn)
    assert made.data == hand_in_of(unit)
    assert any(row.path.startswith("signed/") for row in made.manifest.members)
    run_git(unit.root, "clone", "-q", "--bare", "--no-local", ".", str(tmp_path / "bare.git"))
    again = make_hand_in_or_fault(tmp_path / "bare.git", hand_ins.ROUND, "en")
    assert isinstance(again, MadeHandIn)
    assert again.data == made.data


def test_the_last_closing_counts(unit: Workspace) -> None:
    """An opened round gives nothing until it is closed once more."""
    reopen_round(unit, hand_ins.ROUND, "x")
    assert made_from(unit) == PassedFolder("not-closed", "round 2026 is not closed")
    later = hand_ins.NOW + timedelta(hours=1)
    close_round(unit, hand_ins.ROUND, today=later.date(), now=later, environ=hand_ins.CLOCK)
    made = made_from(unit)
    assert isinstance(made, MadeHandIn)
    assert (made.manifest.tag, made.manifest.closing) == ("round/2026.2", 2)


def test_a_round_that_is_not_there(unit: Workspace) -> None:
    """Of another year, say."""
    assert made_from(unit, "2031") == PassedFolder("not-closed", "there is no round 2031")


def test_a_repository_of_something_else(tmp_path: Path) -> None:
    """Without a commit, or without assess.yaml at its top."""
    run_git(tmp_path, "init", "-q")
    made = make_hand_in_or_fault(tmp_path / ".git", "2026", "en")
    text = "its newest commit has no assess.yaml at the top"
    assert made == PassedFolder("no-workspace", text)
    run_git(tmp_path, "commit", "-q", "--allow-empty", "-m", "x")
    assert make_hand_in_or_fault(tmp_path / ".git", "2026", "en") == made


def test_settings_that_can_not_be_read(unit: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first problem has its place; a file that is too large is not read at all."""
    config = unit.root / "assess.yaml"
    config.write_bytes(config.read_bytes() + b"\nx: [\n")
    run_git(unit.root, "commit", "-qam", "broken", "--no-verify")
    made = made_from(unit)
    assert isinstance(made, PassedFolder)
    assert made.fault == "folder-refused"
    assert made.detail.startswith("assess.yaml:")
    monkeypatch.setattr(from_repository, "MAX_FILE", 100)
    made = made_from(unit)
    assert isinstance(made, PassedFolder)
    assert "is larger than" in made.detail


def test_a_missing_tag(unit: Workspace) -> None:
    """It was not pushed to the share."""
    run_git(unit.root, "tag", "-d", "round/2026")
    made = made_from(unit)
    assert isinstance(made, PassedFolder)
    assert "its tag round/2026, which is not here" in made.detail


def test_a_tag_of_a_commit_without_the_round(unit: Workspace) -> None:
    """Somebody moved it."""
    unit.edit_config([FieldEdit(("rounds", hand_ins.ROUND), None)])
    commit_all_files(unit, "without the round", hand_ins.CLOCK)
    run_git(unit.root, "tag", "-f", "round/2026")
    run_git(unit.root, "revert", "--no-edit", "HEAD")
    assert made_from(unit) == PassedFolder("folder-refused", "there is no round 2026")


def test_damaged_objects(unit: Workspace) -> None:
    """Named, and no crash."""
    shutil.rmtree(unit.root / ".git" / "objects")
    (unit.root / ".git" / "objects").mkdir()
    made = made_from(unit)
    assert isinstance(made, PassedFolder)
    assert made.fault == "folder-refused"
