"""Verify names the closing that a report stands on, and that the round was reopened since."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from assess.cli.common import closing_of_report
from assess.report.proof.proof_file import ProofFile
from assess.report.proof.result import VerificationResult
from assess.report.proof.words import VerificationCause
from assess.workspace import Workspace
from cli.conftest import Assess


@pytest.fixture
def twice(here: Path, assess: Assess) -> list[str]:
    """The commits of two closings of round 2026."""
    assess("person", "add", "wang", "--name", "王敏", "--role", "filler")
    assess("answer", "EGN-ACC-01", "met", "--as", "wang")
    assess("commit")
    first = json.loads(assess("round", "close", "2026", "--yes", "--json").out)["commit"]
    assess("round", "reopen", "2026", "--reason", "漏了一项")
    return [first, json.loads(assess("round", "close", "2026", "--yes", "--json").out)["commit"]]


def verdict(commit: str | None, *causes: str) -> VerificationResult:
    """Return what verify found of a report of a commit."""
    proof = ProofFile(
        format="assess/report/1",
        commit=commit,
        inputs=(),
        digest="0" * 64,
        template="full",
        lang="zh",
        date="2026-06-01",
        round="2026",
        sheets=(),
        tool_version="1",
    )
    return VerificationResult(
        "genuine", tuple(VerificationCause(one, "") for one in causes), proof=proof
    )


def test_a_report_of_an_earlier_closing(twice: list[str], here: Path) -> None:
    """It stands on its own tag, and is told what came after it."""
    found = verdict(twice[0])
    workspace = Workspace(here, "en")
    stands, since, now = closing_of_report.describe_closing_for_report(workspace, found)
    assert stands == "stands on the closing of round 2026: closed (tag round/2026)"
    assert since.startswith("the round was reopened after this report, on ")
    assert since.endswith("by 王敏: 漏了一项")
    assert now == "the round is closed for the second time (tag round/2026.2) now"
    row = closing_of_report.closing_for_json(workspace, found)
    assert row is not None
    assert (row["tag"], row["newest"]) == ("round/2026", "round/2026.2")
    assert [one["reason"] for one in row["reopened_since"]] == ["漏了一项"]
    assert list(closing_of_report.describe_closing_for_report(workspace, verdict(twice[1]))) == [
        "stands on the closing of round 2026: closed for the second time (tag round/2026.2)"
    ]


def test_what_can_not_be_told_or_is_wrong(twice: list[str], here: Path) -> None:
    """Moved tags, the edge of a shallow clone and a round opened by hand have a line each."""
    workspace = Workspace(here, "en")
    subprocess.run(["git", "tag", "round/2026.3", twice[0]], cwd=here, check=True)
    shallow = here / ".git" / "shallow"
    shallow.write_text(f"{twice[1]}\n{twice[0]}\n", "ascii")
    lines = list(closing_of_report.describe_closing_for_report(workspace, verdict(twice[0])))
    assert any("whether the commit with tag round/2026 closed round 2026" in one for one in lines)
    assert "tag round/2026.3 is on this commit, which did not close round 2026" in lines
    assert any("whether the round was reopened after this report can't" in one for one in lines)
    row = closing_of_report.closing_for_json(workspace, verdict(twice[0]))
    assert row is not None
    assert (row["uncertain_tags"], row["wrong_tags"]) == (["round/2026"], ["round/2026.3"])
    assert (row["tag"], row["complete"], row["open_without_reason"]) == (None, False, False)
    shallow.unlink()
    path = here / "assess.yaml"
    path.write_text(path.read_text("utf-8").replace("state: closed", "state: open"), "utf-8")
    subprocess.run(["git", "commit", "-q", "-a", "-m", "open"], cwd=here, check=True)
    lines = list(closing_of_report.describe_closing_for_report(workspace, verdict(twice[1])))
    assert "the round was closed and is open again, and no commit says why" in lines


def test_a_report_whose_commit_is_not_known(twice: list[str], here: Path) -> None:
    """Nothing is said of a closing: there is no commit, or not here."""
    workspace = Workspace(here, "en")
    for found in (
        verdict(None),
        verdict("0" * 40, "commit-missing"),
        VerificationResult("not-checkable"),
    ):
        assert list(closing_of_report.describe_closing_for_report(workspace, found)) == []
        assert closing_of_report.closing_for_json(workspace, found) is None
    assert len(twice) == len(set(twice))


def test_the_log_marks_closings(twice: list[str], assess: Assess) -> None:
    """Each closing has its tag at the end of its line."""
    heads = [line for line in assess("log").out.splitlines() if line.endswith("]")]
    assert [line.rpartition("  ")[2] for line in heads] == ["[round/2026.2]", "[round/2026]"]
    rows = json.loads(assess("log", "--json").out)
    assert {row["commit"]: row["closings"] for row in rows if row["closings"]} == {
        twice[0]: ["round/2026"],
        twice[1]: ["round/2026.2"],
    }


@pytest.mark.exhaustive
def test_reports_of_both_closings_are_verified(
    twice: list[str], here: Path, assess: Assess, tmp_path: Path
) -> None:
    """The first one against its own tag, as ever; the second says why there are two."""
    second = tmp_path / "second.pdf"
    assert assess("report", "--round", "2026", "-o", str(second)).code == 0
    ran = assess("verify", str(second), "--allow", "draft,names,review")
    assert ran.code == 0
    assert "closed for the second time (tag round/2026.2)" in ran.out
    subprocess.run(["git", "checkout", "-q", twice[0]], cwd=here, check=True)
    first = tmp_path / "first.pdf"
    assert assess("report", "--round", "2026", "-o", str(first)).code == 0
    subprocess.run(["git", "checkout", "-q", "main"], cwd=here, check=True)
    ran = assess("verify", str(first))
    assert ran.code == 6  # nobody is named in this workspace
    assert "the round was reopened after this report" in ran.out
