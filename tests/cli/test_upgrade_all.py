"""`assess upgrade --all`: one summary first, then a commit for each checklist."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from assess.cli.common.exit_codes import ExitCode
from assess.store import shipped_files
from assess.workspace import Workspace

from .conftest import Assess, EnterCopy, initialized, run_in

pytestmark = pytest.mark.untraced

REWORDED = ("其余默认拒绝。", "其余一律拒绝。")
RUNG = ("id: quarterly, degree: 1", "id: monthly, degree: 1")
OLD, NEW = 'version: "2026.2"', 'version: "2027.1"'


def commits() -> int:
    """Return how many commits there are."""
    words = ["git", "rev-list", "--count", "HEAD"]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


@pytest.fixture
def answered(enter_copy: EnterCopy) -> Path:
    """The current folder is a workspace with answers in two checklists."""
    return enter_copy(with_answers_of_sheet)


def with_answers_of_sheet(root: Path) -> Workspace:
    """Make that workspace."""
    made = initialized(root)
    run_in(
        root,
        "checklist add workforce",
        "answer EGN-BND-01 met",
        "answer EGN-BND-02 quarterly",
        "answer WKF-ORG-01 met",
        "commit -m answers",
    )
    return made


@pytest.fixture
def next_edition(answered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the library that comes with the next program: other versions, one rewording."""
    shelf = tmp_path / "library"
    shelf.mkdir()
    for path in sorted(Path("checklists").glob("*.yaml")):
        text = path.read_text("utf-8").replace(OLD, NEW).replace(*REWORDED)
        (shelf / path.name).write_text(text, "utf-8")
    files = {path.stem: path for path in shelf.iterdir()}
    monkeypatch.setattr(shipped_files, "list_library_files_by_id", lambda: files)
    return shelf


def test_one_summary_stands_before_everything(next_edition: Path, assess: Assess) -> None:
    """A line and its counts for each checklist, the sum, and where each answer is shown."""
    before = commits()
    shown = assess("upgrade", "--all", "--dry-run")
    assert shown.code == ExitCode.OK
    first, counts, second, other, total, hint = shown.out.splitlines()
    assert first.startswith("egov-network  ")
    assert first.endswith("2026.2 → 2027.1  items: 0 new, 0 removed, 1 changed")
    assert counts == "  1 stay, 1 to confirm again, 0 parked, 0 would become invalid"
    assert second.endswith("2026.2 → 2027.1  items: 0 new, 0 removed, 0 changed")
    assert other == "  1 stay, 0 to confirm again, 0 parked, 0 would become invalid"
    assert total == ("all answers: 2 stay, 1 to confirm again, 0 parked, 0 would become invalid")
    assert "--dry-run" in hint
    assert "only shown" in shown.err
    assert commits() == before


def test_each_checklist_is_upgraded_in_a_commit(next_edition: Path, assess: Assess) -> None:
    """Both are named; a second run has nothing to do."""
    before = commits()
    ran = assess("upgrade", "--all")
    assert ran.code == ExitCode.OK
    assert commits() == before + 2
    assert "egov-network: committed" in ran.err
    assert "workforce: committed" in ran.err
    assert "assess fill" in ran.err
    assert assess("lint").code == ExitCode.OK
    again = assess("upgrade", "--all")
    assert "nothing to do" in again.err
    assert commits() == before + 2


def test_a_checklist_with_an_invalid_answer_is_left_until_it_is_confirmed(
    next_edition: Path, assess: Assess
) -> None:
    """The others are upgraded; the command that confirms is shown and does it."""
    path = next_edition / "egov-network.yaml"
    path.write_text(path.read_text("utf-8").replace(*RUNG), "utf-8")
    ran = assess("upgrade", "--all")
    assert ran.code == ExitCode.NO
    assert "1 would become invalid" in ran.out
    assert "workforce: committed" in ran.err
    assert "egov-network: committed" not in ran.err
    assert "assess upgrade --all --confirm EGN-BND-02" in ran.err

    done = assess("upgrade", "--all", "--confirm", "EGN-BND-02")
    assert done.code == ExitCode.OK
    assert "1 parked" in done.out
    assert "egov-network: committed" in done.err
    wrong = assess("upgrade", "--all", "--confirm", "EGN-BND-01")
    assert wrong.code == ExitCode.USAGE
    assert "nothing to confirm" in wrong.err


def test_all_as_json(next_edition: Path, assess: Assess) -> None:
    """The plan of each checklist with its counts and its commit."""
    first, second = json.loads(assess("upgrade", "--all", "--json").out)
    assert (first["checklist"], second["checklist"]) == ("egov-network", "workforce")
    assert first["counts"] == {"stay": 1, "to_confirm": 1, "parked": 0, "invalid": 0}
    assert first["commit"] != second["commit"]
    assert len(second["commit"]) == 40


def test_all_goes_with_no_checklist(here: Path, assess: Assess) -> None:
    """The three ways exclude each other, and the hint names them."""
    for words in (["egov-network", "--all"], ["--all", "--workspace"], ["--all", "--to", "x"], []):
        ran = assess("upgrade", *words)
        assert ran.code == ExitCode.USAGE
        assert "assess upgrade --all" in ran.err
