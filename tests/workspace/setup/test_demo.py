"""The demo workspace."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from assess.engine.scoring.figures import count_figures
from assess.workspace import SheetName, Workspace
from assess.workspace.setup.demo import make_demo_workspace
from samples import Samples
from samples import demo as make_english_demo

pytestmark = pytest.mark.untraced

DAY = date(2026, 11, 24)


@pytest.fixture
def demo(tmp_path: Path, samples: Samples) -> Workspace:
    """The demo."""
    return samples.copy(make_english_demo, tmp_path / "w")


def git(root: Path, *words: str) -> str:
    """Run git and return its output."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_history(demo: Workspace) -> None:
    """Several people committed it in several steps, and nothing is left over."""
    authors = git(demo.root, "log", "--format=%an").splitlines()

    assert len(authors) >= 6
    assert {"王敏", "李健"} <= set(authors)
    assert git(demo.root, "status", "--short") == ""
    assert demo.list_uncommitted_report_inputs() == []


def test_the_same_everywhere(demo: Workspace, tmp_path: Path) -> None:
    """Another folder, name and language give the same commit."""
    again = make_demo_workspace(tmp_path / "another name", "zh")

    assert git(again.root, "rev-parse", "HEAD") == git(demo.root, "rev-parse", "HEAD")


def test_everything_is_answered_in_a_plausible_mix(demo: Workspace) -> None:
    """No item is open; there are findings of each kind, plans, evidence and one overdue row."""
    for name in (SheetName("egov-network"), SheetName("self-built-systems", "portal")):
        one = demo.open_sheet(name, "2026").assess_on(DAY)
        assert one.counts.unanswered == 0
        assert one.counts.met > one.counts.partial > 0
        assert one.counts.unmet > 0
        assert all(row.progress for row in one.ledger)
        assert count_figures((one,)).remediation.overdue == 1
        assert all(state.work == "accepted" for state in one.items if state.applies == "yes")


def test_lint_is_clean(demo: Workspace) -> None:
    """The demo shows how it should be."""
    assert [str(problem) for problem in demo.lint_workspace_files(today=date(2026, 11, 5))] == []


def test_provenance(demo: Workspace) -> None:
    """All inputs are in the commit; another setting gives another digest."""
    names = demo.list_sheets("2026")
    one = demo.make_provenance("2026", names, ["full", "zh", "2026-11-24"])

    assert one.commit == git(demo.root, "rev-parse", "HEAD")
    assert one.commit_time == int(git(demo.root, "log", "-1", "--format=%ct"))
    assert [file.path for file in one.inputs] == [
        "answers/2026/egov-network.yaml",
        "answers/2026/self-built-systems@portal.yaml",
        "assess.yaml",
        "checklists/egov-network.yaml",
        "checklists/self-built-systems.yaml",
        "evidence/register.yaml",
    ]
    assert one.digest != demo.make_provenance("2026", names, ["full", "en", "2026-11-24"]).digest


def test_uncommitted_inputs_make_no_commit(demo: Workspace) -> None:
    """A changed, a new and a deleted input are named, and the commit no longer stands for them."""
    config = demo.root / "assess.yaml"
    config.write_text(config.read_text("utf-8") + "# x\n", "utf-8")
    (demo.root / "templates").mkdir()
    (demo.root / "templates" / "own.html").write_text("x", "utf-8")
    (demo.root / "answers" / "2026" / "egov-network.yaml").unlink()

    one = demo.make_provenance("2026", demo.list_sheets("2026"), [])

    assert one.commit is None
    assert one.uncommitted == (
        "answers/2026/egov-network.yaml",
        "assess.yaml",
        "templates/own.html",
    )


def test_without_a_repository_everything_is_uncommitted(demo: Workspace, tmp_path: Path) -> None:
    """A copy without .git still works, as a draft."""
    (demo.root / ".git").rename(tmp_path / "elsewhere")

    assert "assess.yaml" in demo.list_uncommitted_report_inputs()
