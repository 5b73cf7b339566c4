"""A round is closed with a tag, and read at this tag afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import FilesError, UsageError
from assess.store.git.run.plumbing import GitError
from assess.store.tagged_files import ClosedRoundError
from assess.workspace import Workspace
from assess.workspace.rounds import close, missing_answers
from assess.workspace.rounds.close import check_round_before_closing, close_round
from assess.workspace.sharing import commit
from workspace.history.test_changes import ITEM, NAME, NOW, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.sharing.test_commit import hook

PLAN = {"action": "收回", "owner": "王敏", "due": "2026-07-31", "state": "in_progress"}


@pytest.fixture
def closed(here: Workspace, tmp_path: Path) -> Workspace:
    """Round 2026 with one open remediation, closed with a signed scan."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    put(here, ITEM, status="unmet", remediation=PLAN)
    commit.restore_files_and_commit_workspace(here, today=TODAY)
    scan = tmp_path / "签章.pdf"
    scan.write_bytes(b"%PDF")
    done = close_round(here, "2026", today=TODAY, now=NOW, by="wang", signed=scan)

    assert (done.tag, done.round_id) == ("round/2026", "2026")
    assert [one.item for one in done.closing.remediation["egov-network"]] == [ITEM]
    assert done.closing.unanswered > 0
    assert here.read_config().rounds["2026"].signed == done.signed
    assert sh(here.root, "rev-parse", "round/2026^{commit}") == done.commit
    return here


def test_a_closed_round_is_read_at_its_tag(closed: Workspace) -> None:
    """Later changes of answers, facts and checklists change nothing of it."""
    was = closed.open_sheet(NAME, "2026").assess_on(TODAY)
    text = (closed.root / SHEET).read_text("utf-8").replace("status: unmet", "status: met")
    (closed.root / SHEET).write_text(text, "utf-8")
    checklist = closed.root / "checklists" / "egov-network.yaml"
    checklist.write_text(checklist.read_text("utf-8").replace("percent", "rate"), "utf-8")

    assert closed.open_sheet(NAME, "2026").assess_on(TODAY) == was
    proof = closed.make_provenance("2026", [NAME], ())
    assert proof.commit == sh(closed.root, "rev-parse", "round/2026^{commit}")
    assert proof.uncommitted == ()
    assert SHEET in [one.path for one in proof.inputs]
    source = closed.find_round_files("2026")
    assert b"status: unmet" in source.read_bytes(SHEET)
    codes = {one.code for one in closed.lint_workspace_files(today=TODAY) if one.file == SHEET}
    assert codes == {"closed-changed"}


def test_a_closed_round_cannot_be_written(closed: Workspace) -> None:
    """The refusal says where to go on; a sheet that it never had is refused too."""
    with pytest.raises(ClosedRoundError, match="assess round new"):
        put(closed, ITEM, status="met")
    with pytest.raises(ClosedRoundError):
        missing_answers.write_narrative(closed, "2026", "work", "x", "zh")
    with pytest.raises(ClosedRoundError):
        closed.add_evidence_file(closed.root / SHEET, title="x", round_id="2026", by=None, now=NOW)
    with pytest.raises(UsageError, match="closed already"):
        close_round(closed, "2026", today=TODAY, now=NOW)
    with pytest.raises(UsageError, match="no round is open"):
        closed.find_newest_open_round()


def test_a_tag_that_is_not_here(closed: Workspace) -> None:
    """Who has no remote to fetch it from is told to set it; lint says so too."""
    sh(closed.root, "tag", "-d", "round/2026")
    with pytest.raises(UsageError, match="assess round close 2026") as caught:
        closed.open_sheet(NAME, "2026")
    assert "fetch" not in str(caught.value)
    (found,) = [
        one for one in closed.lint_workspace_files(today=TODAY) if one.code == "closed-tag-missing"
    ]
    assert found.hint == "assess round close 2026"
    sh(closed.root, "remote", "add", "origin", "../stick.git")
    with pytest.raises(UsageError, match="git fetch --tags; assess round close 2026"):
        closed.open_sheet(NAME, "2026")


def test_a_tag_without_the_file(closed: Workspace) -> None:
    """A checklist that the tag does not hold is named; an empty sheet is read as one."""
    with pytest.raises(UsageError, match="is not in the tag"):
        closed.find_round_files("2026").read_checklist("other")
    sh(closed.root, "tag", "-f", "round/2026", "round/2026~4^{commit}")
    assert not closed.open_sheet(NAME, "2026").sheet.answers


def test_closing_demands_a_clean_committed_round(here: Workspace) -> None:
    """Errors, then uncommitted files; each refusal changes nothing."""
    before = (here.root / "assess.yaml").read_bytes()
    with pytest.raises(FilesError, match="assess lint finds"):
        close_round(here, "2026", today=TODAY, now=NOW)
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    assert check_round_before_closing(here, "2026", TODAY).reasons_against_closing == (
        "uncommitted",
    )
    with pytest.raises(UsageError, match=r"assess commit && assess round close 2026"):
        close_round(here, "2026", today=TODAY, now=NOW)
    assert here.read_config().rounds["2026"].state == "open"
    assert before != (here.root / "assess.yaml").read_bytes()


def test_conflicts_stand_in_the_way(here: Workspace) -> None:
    """A conflict is named with its place."""
    text = (here.root / SHEET).read_text("utf-8")
    row = "    conflict: [{field: status, theirs: met}]\n    status: unmet\n"
    (here.root / SHEET).write_text(text.replace("    status: unmet\n", row), "utf-8")
    with pytest.raises(FilesError, match="settled first"):
        close_round(here, "2026", today=TODAY, now=NOW)


def test_a_hook_that_refuses_leaves_the_round_open(here: Workspace, tmp_path: Path) -> None:
    """assess.yaml and the register are as they were before."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    commit.restore_files_and_commit_workspace(here, today=TODAY)
    hook(here, "pre-commit", "echo closed on Sundays >&2; exit 1")
    commit.trust_repository(here)
    before = (here.root / "assess.yaml").read_bytes()
    scan = tmp_path / "s.pdf"
    scan.write_bytes(b"%PDF")
    with pytest.raises(GitError, match="Sundays"):
        close_round(here, "2026", today=TODAY, now=NOW, signed=scan)

    assert (here.root / "assess.yaml").read_bytes() == before
    assert not (here.root / "evidence" / "register.yaml").exists()
    assert sh(here.root, "tag") == ""


def test_a_tag_that_cannot_be_made(here: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit stands, and the command that is missing is named."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    commit.restore_files_and_commit_workspace(here, today=TODAY)

    def full(*_: object, **__: object) -> None:
        raise GitError("disk")

    with monkeypatch.context() as patch:
        patch.setattr(close, "make_annotated_tag", full)
        with pytest.raises(GitError, match="assess round close 2026"):
            close_round(here, "2026", today=TODAY, now=NOW)
    done = close_round(here, "2026", today=TODAY, now=NOW)
    assert done.commit == sh(here.root, "rev-parse", "HEAD", "round/2026^{commit}").split()[0]
    assert done.resumed


def test_a_tag_that_cannot_be_signed(here: Workspace) -> None:
    """The way out is named before the command that closes the round, which would fail again."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    sh(here.root, "config", "tag.gpgSign", "true")
    sh(here.root, "config", "gpg.program", "false")
    commit.trust_repository(here)
    commit.restore_files_and_commit_workspace(here, today=TODAY)
    with pytest.raises(GitError, match="signed") as caught:
        close_round(here, "2026", today=TODAY, now=NOW)
    assert "git config tag.gpgSign false; assess commit --trust" in caught.value.hint
    assert caught.value.hint.endswith("; assess round close 2026")


@pytest.mark.parametrize("tag", ["round/2026/x", "round"])
def test_a_tag_in_the_way_of_the_closing(here: Workspace, tag: str) -> None:
    """It is told before anything is written; after the command of the hint the round closes."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    commit.restore_files_and_commit_workspace(here, today=TODAY)
    sh(here.root, "tag", tag)
    before = sh(here.root, "rev-parse", "HEAD")
    with pytest.raises(UsageError, match=f"beside the tag {tag}") as caught:
        close_round(here, "2026", today=TODAY, now=NOW, by=None)
    assert (sh(here.root, "rev-parse", "HEAD"), here.read_config().rounds["2026"].state) == (
        before,
        "open",
    )
    sh(here.root, *caught.value.hint.split(" && ")[0].split()[1:])
    assert close_round(here, "2026", today=TODAY, now=NOW, by=None).tag == "round/2026"
