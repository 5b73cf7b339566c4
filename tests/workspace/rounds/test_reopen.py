"""A closed round is opened again with a reason, and closed again under the next tag."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import UnknownIdError, UsageError
from assess.store.git.run.plumbing import GitError
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace import Workspace
from assess.workspace.core.reopening_history import (
    describe_reopened_round,
    list_unexplained_reopening_warnings,
)
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.closed_rounds import list_closed_rounds
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.sharing import commit as committing
from samples import Samples
from workspace.history.test_changes import NAME, NOW, TODAY, sh
from workspace.late import LATE, late_workspace
from workspace.sharing.test_commit import hook


@pytest.fixture
def late(tmp_path: Path, samples: Samples) -> Workspace:
    """2026 is closed, LATE was answered after that."""
    return late_workspace(tmp_path, samples)


def closed_again(here: Workspace) -> str:
    """Close round 2026 once more and return the tag."""
    return close_round(here, "2026", today=TODAY, now=NOW).tag


def open_by_hand(here: Workspace) -> None:
    """Write the round open, as an editor does."""
    here.edit_config([FieldEdit(("rounds", "2026", "state"), "open")])


def test_the_commit_says_who_and_why(late: Workspace) -> None:
    """The old tag stays, the late answer counts, lint finds nothing to say."""
    old = sh(late.root, "rev-parse", "round/2026^{commit}")
    author = {"GIT_AUTHOR_NAME": "李健"}
    done = reopen_round(late, "2026", "  漏了\n一项 ", environ=author)

    assert done.commit == sh(late.root, "rev-parse", "HEAD")
    said = sh(late.root, "log", "-1", "--format=%an%n%B").splitlines()
    assert said[:2] == ["李健", "重新打开轮次 2026：漏了 一项"]
    assert "Round-Reopened: 2026" in said
    assert sh(late.root, "rev-parse", "round/2026^{commit}") == old
    assert late.open_sheet(NAME, "2026").sheet.answers[LATE].status == "unmet"
    assert list_unexplained_reopening_warnings(late.root, late.read_config(), "en") == []
    text = describe_reopened_round(late.root, "2026", late.read_config().rounds["2026"], "en")
    assert "closed (tag round/2026); reopened on" in text
    assert "by 李健: 漏了 一项" in text


def test_closing_again_sets_the_next_tag(late: Workspace, tmp_path: Path) -> None:
    """Both tags stand; the newest is read; the signed scan of the first is not that of the second.

    It says how often the round was closed, and keeps why it was opened.
    """
    reopen_round(late, "2026", "漏了一项")
    scan = tmp_path / "s.pdf"
    scan.write_bytes(b"%PDF")
    second = close_round(late, "2026", today=TODAY, now=NOW, signed=scan)
    assert (second.tag, second.signed is None) == ("round/2026.2", False)
    assert late.open_sheet(NAME, "2026").sheet.answers[LATE].status == "unmet"
    assert "第二次" in sh(late.root, "log", "-1", "--format=%s")
    assert "第二次" in sh(late.root, "tag", "-l", "-n1", "round/2026.2")
    (state,) = list_closed_rounds(late)
    assert (state.tag, [one.reason for one in state.reopened]) == ("round/2026.2", ["漏了一项"])
    assert state.late == ()

    reopen_round(late, "2026", "又漏了一项")
    assert closed_again(late) == "round/2026.3"
    assert late.read_config().rounds["2026"].signed is None
    (state,) = list_closed_rounds(late)
    assert [one.reason for one in state.reopened] == ["漏了一项", "又漏了一项"]


def test_a_second_closing_that_was_killed_is_resumed(late: Workspace) -> None:
    """Its tag is set on the commit of the second closing, not on that of the first."""
    reopen_round(late, "2026", "x")
    done = close_round(late, "2026", today=TODAY, now=NOW)
    sh(late.root, "tag", "-d", "round/2026.2")
    again = close_round(late, "2026", today=TODAY, now=NOW)
    assert (again.resumed, again.commit, again.tag) == (True, done.commit, "round/2026.2")


@pytest.mark.parametrize("committed", [False, True])
def test_opened_in_an_editor(late: Workspace, committed: bool) -> None:
    """Lint and status ask why; the command says it afterwards too, once."""
    open_by_hand(late)
    if committed:
        committing.restore_files_and_commit_workspace(late, today=TODAY)
    (problem,) = [
        one for one in late.lint_workspace_files(today=TODAY) if one.code == "round-reopened"
    ]
    assert (problem.file, problem.severity) == ("assess.yaml", "warning")
    lines = (late.root / "assess.yaml").read_text("utf-8").splitlines()
    assert "state: open" in lines[(problem.line or 0) - 1]
    assert "assess round reopen 2026 --reason WHY" in problem.hint
    text = describe_reopened_round(late.root, "2026", late.read_config().rounds["2026"], "en")
    assert "--reason WHY" in text

    commit = reopen_round(late, "2026", "漏了").commit
    assert commit == sh(late.root, "rev-parse", "HEAD")
    assert not [
        one for one in late.lint_workspace_files(today=TODAY) if one.code == "round-reopened"
    ]
    assert not committing.list_uncommitted_files(late)
    with pytest.raises(UsageError, match="was reopened already"):
        reopen_round(late, "2026", "x")
    assert closed_again(late) == "round/2026.2"


def test_opened_in_an_editor_it_closes_under_the_next_tag(late: Workspace) -> None:
    """Also where the line of the tag was taken out: a tag is never used twice."""
    open_by_hand(late)
    late.edit_config([FieldEdit(("rounds", "2026", "tag"), REMOVE)])
    assert list_unexplained_reopening_warnings(late.root, late.read_config(), "en") == []
    committing.restore_files_and_commit_workspace(late, today=TODAY)
    assert closed_again(late) == "round/2026.2"


def test_reopening_is_refused(late: Workspace) -> None:
    """No reason, no such round, uncommitted settings, no tag, a round that was never closed."""
    with pytest.raises(UsageError, match="needs a reason"):
        reopen_round(late, "2026", " \n")
    with pytest.raises(UnknownIdError, match="no round 2025"):
        reopen_round(late, "2025", "x")
    late.add_person("zhao", "赵强", ["reviewer"])
    with pytest.raises(UsageError, match=r"assess\.yaml is not committed"):
        reopen_round(late, "2026", "x")
    committing.restore_files_and_commit_workspace(late, today=TODAY)
    sh(late.root, "tag", "-d", "round/2026")
    with pytest.raises(UsageError, match="its tag round/2026 is not here"):
        reopen_round(late, "2026", "x")
    open_by_hand(late)
    late.edit_config([FieldEdit(("rounds", "2026", "tag"), REMOVE)])
    with pytest.raises(UsageError, match="is open: its answers count already"):
        reopen_round(late, "2026", "x")


def test_a_hook_that_refuses_leaves_it_closed(late: Workspace) -> None:
    """assess.yaml is as it was."""
    hook(late, "pre-commit", "echo no >&2; exit 1")
    committing.trust_repository(late)
    before = (late.root / "assess.yaml").read_bytes()
    with pytest.raises(GitError, match="no"):
        reopen_round(late, "2026", "x")
    assert (late.root / "assess.yaml").read_bytes() == before
