"""The inputs that reports of a commit have, and the commits that reports name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.workspace import SheetName, Workspace
from assess.workspace.core.program import describe_running_program
from assess.workspace.history.commit_inputs import CommitInputs
from assess.workspace.history.report_commits import ReportCommits
from samples import Samples
from workspace.history.test_changes import NAME, sh, three_commits

DAY = date(2026, 6, 1)


@pytest.fixture
def here(tmp_path: Path, samples: Samples) -> Workspace:
    """A workspace with three commits."""
    return samples.copy(three_commits, tmp_path / "w")


def test_inputs_of_a_commit_are_those_of_its_report(here: Workspace) -> None:
    """What is read from git has the names and digests that a report of the commit records."""
    proof = here.make_provenance("2026", [NAME], ())
    assert proof.commit is not None
    with CommitInputs(here) as reader:
        assert next(reader.list_commits_touching_workspace_first(1000)) == proof.commit
        assert len(list(reader.list_commits_touching_workspace_first(2))) == 2
        files = reader.read_commit_files_with_config(proof.commit)
        assert files is not None
        assert files.config.rounds.keys() == {"2026"}
        assert files.template_names == set()
        assert reader.list_report_inputs(files, "2026", [NAME]) == proof.inputs
        assert reader.read_commit_seconds(proof.commit) == proof.commit_time
        sheets = reader.assess_sheets(files, "2026", [NAME, SheetName("no")], DAY)
        reader.refuse_broken_head()
    assert sheets[SheetName("no")] is None
    assessment = sheets[NAME]
    assert assessment is not None
    assert assessment.counts == here.open_sheet(NAME, "2026").assess_on(DAY).counts


def test_templates_and_commits_without_a_workspace(here: Workspace) -> None:
    """A folder with a main.html is a template; a commit without assess.yaml holds nothing."""
    folder = here.root / "templates" / "own"
    folder.mkdir(parents=True)
    (folder / "main.html").write_text("<p>", "utf-8")
    (folder / "style.css").write_text("p {}", "utf-8")
    sh(here.root, "add", "-A")
    sh(here.root, "commit", "-qm", "template")
    (here.root / "assess.yaml").write_text("format: nothing\n", "utf-8")
    sh(here.root, "commit", "-qam", "broken")
    sh(here.root, "rm", "-q", "assess.yaml")
    sh(here.root, "commit", "-qm", "gone")
    with CommitInputs(here) as reader:
        gone, broken, template, *_older = reader.list_commits_touching_workspace_first(1000)
        assert reader.read_commit_files_with_config(gone) is None
        assert reader.read_commit_files_with_config(broken) is None
        files = reader.read_commit_files_with_config(template)
        assert files is not None
        assert files.template_names == {"own"}


def test_commits_that_reports_name(here: Workspace) -> None:
    """One of a branch can be used and is checked out; one on no branch or not here can't."""
    head = sh(here.root, "rev-parse", "HEAD")
    commits = ReportCommits(here)
    assert commits.find_commit_fault(head) is None
    assert commits.check_commit_signature(head) is None
    with commits.check_out(head, "2026", describe_running_program()) as checkout:
        assert (checkout.root / "assess.yaml").read_bytes() == (
            here.root / "assess.yaml"
        ).read_bytes()
    sh(here.root, "reset", "-q", "--hard", "HEAD~1")
    assert commits.find_commit_fault(head) == "commit-unreachable"
    assert commits.find_commit_fault("0" * 40) == "commit-missing"


def test_without_a_repository(tmp_path: Path) -> None:
    """Both say that the workspace is in no repository."""
    for reader in (CommitInputs, ReportCommits):
        with pytest.raises(UsageError):
            reader(Workspace(tmp_path, "en"))
