"""A clone that lacks tags or history calls no genuine report a forgery, and none without doubt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.report.proof.result import VerificationResult
from assess.report.proof.verify import verify_report
from assess.workspace import Workspace
from report import office
from store.git.run.test_commits import sh

DAY = date(2026, 8, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, bytes]:
    """A final workspace, and the report of its newest commit."""
    here = office.make_final(tmp_path_factory.mktemp("局") / "w")
    return here, office.report_of_desk(here)


def verify_in(folder: Path, pdf: bytes) -> VerificationResult:
    """Return the result of a verification in another clone."""
    return verify_report(Workspace(folder, "en"), pdf, (), DAY, DAY)


def kinds(result: VerificationResult) -> list[str]:
    """Return the kinds of its reservations."""
    return [each.kind for each in result.doubts.reservations]


def test_where_history_is_missing(made: tuple[Workspace, bytes], tmp_path: Path) -> None:
    """A whole clone, one in a folder with a line break, a shallow one, an unborn branch."""
    here, pdf = made
    usual = kinds(verify_in(here.root, pdf))
    assert "history" not in usual
    whole = tmp_path / "一\n行"
    sh(tmp_path, "clone", "-q", "--no-tags", here.root.as_uri(), str(whole))
    found = verify_in(whole, pdf)
    assert (found.causes, kinds(found)) == ((), usual)
    shallow = tmp_path / "浅"
    sh(tmp_path, "clone", "-q", "--depth", "1", here.root.as_uri(), str(shallow))
    found = verify_in(shallow, pdf)
    assert (found.causes, kinds(found)) == ((), [*usual, "history"])
    sh(whole, "checkout", "-q", "--orphan", "unborn")
    found = verify_in(whole, pdf)
    assert (found.causes, kinds(found)) == ((), [*usual, "history"])


@pytest.mark.exhaustive
def test_a_clock_that_was_set_back(
    made: tuple[Workspace, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report says so; a clone without the commits before proves and denies nothing."""
    here, _pdf = made
    late = tmp_path / "w"
    sh(tmp_path, "clone", "-q", here.root.as_uri(), str(late))
    for day in ("2026-07-20", "2026-07-01"):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T10:00:00+0800")
        monkeypatch.setenv("GIT_AUTHOR_DATE", f"{day}T10:00:00+0800")
        sh(late, "commit", "-q", "--allow-empty", "-m", day)
    pdf = office.report(Workspace(late, "en"))
    assert "date" in kinds(verify_in(late, pdf))
    shallow = tmp_path / "浅"
    sh(tmp_path, "clone", "-q", "--depth", "1", late.as_uri(), str(shallow))
    found = verify_in(shallow, pdf)
    assert [cause.code for cause in found.causes] == ["history-missing"]
    assert found.outcome == "not-checkable"
