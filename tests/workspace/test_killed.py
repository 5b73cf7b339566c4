"""A killed `init`, `round new` or `sync` can simply be run again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.file_types import ATTRIBUTE_LINES
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.core.unfinished_init import is_workspace_incomplete
from assess.workspace.rounds.start import start_round
from assess.workspace.setup import new_workspace
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from assess.workspace.sharing import commit
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import synchronize_workspace
from workspace.history.test_changes import ITEM, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name

from .killing import is_killed_at
from .late import put_in

PLAN = {"action": "收回", "state": "planned"}
NAMED = ("egov-network", "mlps-level3")


def make(root: Path, organization: str | None = "示例市青溪区数据局") -> Workspace:
    """Make a workspace with two checklists and a system."""
    return make_and_commit_workspace(
        root,
        organization=organization,
        language="zh",
        checklists=NAMED,
        systems=("portal",),
        today=TODAY,
        lang="en",
    )


def content(root: Path) -> dict[str, bytes]:
    """Return the files of a workspace, git's and private ones left out."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in files
        if path.relative_to(root).parts[0] not in (".git", ".assess")
    }


def sound(here: Workspace) -> None:
    """Hold a workspace against git and lint: nothing is damaged, nothing uncommitted."""
    sh(here.root, "fsck", "--strict")
    assert not commit.list_uncommitted_files(here)
    assert not [one for one in here.lint_workspace_files(today=TODAY) if one.severity == "error"]


def finish(root: Path) -> None:
    """Make the workspace again; where all was done before the kill, that is refused."""
    try:
        make(root)
    except UsageError as error:
        assert "is a workspace already" in str(error)  # noqa: PT017  # both ways are right
    sound(Workspace(root, "en"))


def steps(first: int, stride: int) -> Iterator[int]:
    """Give the steps to be killed at."""
    return iter(count(first, stride))


@pytest.mark.exhaustive
@pytest.mark.parametrize("stride", [60, pytest.param(1, marks=pytest.mark.cuts)])
def test_init_goes_on_at_every_step(tmp_path: Path, stride: int) -> None:
    """Whatever was written, the same command makes the same workspace."""
    whole = content(make(tmp_path / "whole" / "a").root)
    for step in steps(min(stride, 25), stride):
        root = tmp_path / str(step) / "a"
        if not is_killed_at(step, lambda root=root: make(root)):  # type: ignore[misc]  # the default binds the root of this step
            break
        finish(root)
        assert content(root) == whole, step
    assert step > 1


def test_locks_of_a_killed_git_go(tmp_path: Path) -> None:
    """A lock of the index or the settings that stays belongs to nobody."""
    root = tmp_path / "a"
    assert is_killed_at(60, lambda: make(root))
    assert is_workspace_incomplete(root)
    for name in ("index.lock", "config.lock", "HEAD.lock", "refs/heads/main.lock"):
        (root / ".git" / name).touch()
    finish(root)
    assert not list((root / ".git").rglob("*.lock"))


def test_what_a_person_wrote_stays(tmp_path: Path) -> None:
    """Lists for git get our lines besides, and assess.yaml keeps what somebody added to it."""
    root = tmp_path / "a"
    root.mkdir()
    (root / ".gitignore").write_text("*.bak", "utf-8")
    (root / ".gitattributes").write_text("*.bin binary\n", "utf-8")
    assert is_killed_at(70, lambda: make(root))
    assert is_workspace_incomplete(root)
    Workspace(root, "en").add_person("wang", "王敏", ["filler"])
    finish(root)

    assert (root / ".gitignore").read_text("utf-8").startswith("*.bak\n.assess/\n")
    attributes = (root / ".gitattributes").read_text("utf-8")
    assert "*.bin binary\n" in attributes
    assert all(f"{line}\n" in attributes for line in ATTRIBUTE_LINES)
    assert list(Workspace(root, "en").read_config().people) == ["wang"]


def test_only_what_is_half_made_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one with a commit or an answer, of another organization, or one that waits for a name."""
    root = make(tmp_path / "committed").root
    with pytest.raises(UsageError, match="is a workspace already"):
        make(root)
    root = tmp_path / "answered"
    assert is_killed_at(70, lambda: make(root))
    with pytest.raises(UsageError, match="assess init"):
        make(root, "别的单位")
    for folder in ("2026", "2025"):
        (root / "answers" / folder).mkdir(exist_ok=True)
    (root / "answers" / "2025" / "x.yaml").touch()
    with pytest.raises(UsageError, match="assess fill"):
        make(root)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.setenv(name, "")
    root = make(tmp_path / "nobody").root
    assert sh(root, "rev-list", "--all") == ""
    with pytest.raises(UsageError, match="assess fill"):
        make(root)


def test_the_first_start_finishes_it_too(tmp_path: Path) -> None:
    """The folder that is proposed is the one that is half made."""
    root = tmp_path / "self-check"

    def begin() -> Workspace:
        return new_workspace.make_first_workspace(
            root, organization="甲", person="王敏", today=TODAY, lang="en"
        )

    (tmp_path / "x").touch()
    assert is_killed_at(40, begin)
    assert new_workspace.propose_workspace_folder(tmp_path) == root
    assert [one.name for one in begin().read_config().people.values()] == ["王敏"]
    sound(Workspace(root, "en"))


@pytest.mark.parametrize("stride", [5, pytest.param(1, marks=pytest.mark.cuts)])
def test_round_new_goes_on_at_every_step(here: Workspace, stride: int) -> None:
    """The sheets that it had written are taken as its own; the plan is carried once."""
    put(here, ITEM, remediation=PLAN)
    commit_all_files(here, "plan")
    for step in steps(2, stride):
        if not is_killed_at(step, lambda: start_round(here, "2027", today=TODAY)):
            break
        if "2027" not in here.read_config().rounds:
            start_round(here, "2027", today=TODAY)
        desk = here.open_sheet(here.list_sheets("2027")[0], "2027")
        plan = desk.sheet.answers[ITEM].remediation
        assert plan is not None
        assert plan.action == "收回"
        sh(here.root, "checkout", "-q", "assess.yaml")
        sh(here.root, "clean", "-q", "-f", "-d", "answers")
    assert step > 1


def test_foreign_files_are_not_taken_for_a_killed_round_new(here: Workspace) -> None:
    """Other bytes, or a file more: refused as before."""
    put(here, ITEM, remediation=PLAN)
    start_round(here, "2027", today=TODAY)
    here.edit_config([FieldEdit(("rounds", "2027"), {"title": "x", "sheets": []})])
    sh(here.root, "checkout", "-q", "assess.yaml")
    path = here.root / "answers" / "2027" / "egov-network.yaml"
    path.write_text(path.read_text("utf-8").replace("收回", "停用"), "utf-8")
    with pytest.raises(UsageError, match="holds files already"):
        start_round(here, "2027", today=TODAY)


@pytest.mark.parametrize("stride", [200, pytest.param(5, marks=pytest.mark.cuts)])
def test_sync_goes_on_at_every_step(here: Workspace, tmp_path: Path, stride: int) -> None:
    """Both answers are on both sides in the end, whenever it was killed."""
    stick = tmp_path / "x.git"
    make_folder_the_remote(here, stick)
    synchronize_workspace(here, today=TODAY)
    sh(tmp_path, "clone", "-q", str(stick), str(tmp_path / "乙"))
    there = Workspace(tmp_path / "乙", "en")
    for step in steps(min(stride, 90), stride):
        put_in(here, "2026", ITEM, note=f"甲 {step}")
        put_in(there, "2026", "EGN-ACC-02", note=f"乙 {step}")
        commit.restore_files_and_commit_workspace(here, today=TODAY)
        commit.restore_files_and_commit_workspace(there, today=TODAY)
        synchronize_workspace(here, today=TODAY)
        ended = not is_killed_at(step, lambda: synchronize_workspace(there, today=TODAY))
        synchronize_workspace(there, today=TODAY)
        synchronize_workspace(here, today=TODAY)
        assert sh(here.root, "rev-parse", "HEAD") == sh(there.root, "rev-parse", "HEAD")
        notes = here.open_sheet(here.list_sheets("2026")[0], "2026").sheet.answers
        assert (notes[ITEM].note, notes["EGN-ACC-02"].note) == (f"甲 {step}", f"乙 {step}")
        if ended:
            break
    assert step > 1


@pytest.mark.cuts
@pytest.mark.parametrize("seed", range(25))
def test_init_killed_from_outside(tmp_path: Path, seed: int) -> None:
    """SIGKILL of the program alone, or of it and its git, at any moment."""
    moment = random.Random(seed)  # noqa: S311  # a seed repeats the test
    root = tmp_path / "a"
    words = ["init", str(root), "--org", "示例市青溪区数据局", "--lang", "zh", "--system", "portal"]
    for name in NAMED:
        words += ["--checklist", name]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "assess", *words],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(moment.uniform(0.1, 2.0))
    if process.poll() is None:
        kill = os.killpg if moment.random() < 0.5 else os.kill
        kill(process.pid, signal.SIGKILL)
    process.wait()
    if root.exists():
        finish(root)
