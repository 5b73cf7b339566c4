"""A command fails or is ended after git made its commit: files, list and history agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assess.errors import UnconfirmedError, UsageError
from assess.store.git.commit import commit_files
from assess.store.git.commit.made_commits import CommitStaysError
from assess.store.git.run.plumbing import GitError
from assess.workspace import Workspace
from assess.workspace.checklists.upgrade import plan_checklist_upgrade, write_and_commit_upgrade
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.setup.outdated_git_files import find_outdated_files_and_settings
from assess.workspace.setup.renew_git_files import write_and_commit_renewal
from workspace.history.test_changes import NOW, TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name

EndAfter = Callable[[BaseException], None]
ENDS = [
    (KeyboardInterrupt(), KeyboardInterrupt),
    (SystemExit(143), SystemExit),
    (UnconfirmedError("slow"), UnconfirmedError),
    (GitError("git was ended"), CommitStaysError),
]
every_end = pytest.mark.parametrize(("end", "raised"), ENDS)


@pytest.fixture
def end_after(monkeypatch: pytest.MonkeyPatch) -> EndAfter:
    """Lets the next commit be made, and the command end right after it."""
    commit = commit_files._commit_from_draft_index

    def set_end(end: BaseException) -> None:
        def commit_and_end(*words: Any) -> None:
            monkeypatch.setattr(commit_files, "_commit_from_draft_index", commit)
            commit(*words)
            raise end

        monkeypatch.setattr(commit_files, "_commit_from_draft_index", commit_and_end)

    return set_end


def count_commits(workspace: Workspace) -> int:
    """Return the number of commits; folder, list and the newest commit must have the same files."""
    assert sh(workspace.root, "status", "--short", "--untracked-files=no") == ""
    return int(sh(workspace.root, "rev-list", "--count", "HEAD"))


@every_end
def test_a_round_is_closed_and_gets_its_tag_later(
    ready: Workspace, end_after: EndAfter, end: BaseException, raised: type[BaseException]
) -> None:
    """Nobody goes on answering in a round that the history says is closed."""
    before = count_commits(ready)
    end_after(end)
    with pytest.raises(raised):
        close_round(ready, "2026", today=TODAY, now=NOW)
    assert ready.read_config().rounds["2026"].state == "closed"
    assert (count_commits(ready), sh(ready.root, "tag")) == (before + 1, "")
    done = close_round(ready, "2026", today=TODAY, now=NOW)
    assert (done.resumed, done.commit) == (True, sh(ready.root, "rev-parse", "round/2026^{commit}"))
    assert count_commits(ready) == before + 1


@every_end
def test_a_round_is_reopened_once(
    ready: Workspace, end_after: EndAfter, end: BaseException, raised: type[BaseException]
) -> None:
    """The round is open in the folder too; another reopening is refused."""
    close_round(ready, "2026", today=TODAY, now=NOW)
    before = count_commits(ready)
    end_after(end)
    with pytest.raises(raised):
        reopen_round(ready, "2026", "why")
    assert ready.read_config().rounds["2026"].state == "open"
    with pytest.raises(UsageError, match="open"):
        reopen_round(ready, "2026", "why")
    assert count_commits(ready) == before + 1


@every_end
def test_an_upgrade_stays(
    ready: Workspace, end_after: EndAfter, end: BaseException, raised: type[BaseException]
) -> None:
    """No commit puts the old checklist back."""
    path = ready.root / "checklists" / "egov-network.yaml"
    newer = ready.root.parent / "egov-network.yaml"
    text = path.read_text("utf-8")
    version = next(line for line in text.split("\n") if line.startswith("version:"))
    newer.write_text(text.replace(version, 'version: "9999.1"'), "utf-8")
    before = count_commits(ready)
    end_after(end)

    def upgrade() -> str | None:
        plan = plan_checklist_upgrade(ready, "egov-network", today=TODAY, to=str(newer))
        return write_and_commit_upgrade(ready, plan)

    with pytest.raises(raised):
        upgrade()
    assert path.read_text("utf-8") == newer.read_text("utf-8")
    assert upgrade() is None
    assert count_commits(ready) == before + 1


@every_end
def test_renewed_files_stay(
    ready: Workspace, end_after: EndAfter, end: BaseException, raised: type[BaseException]
) -> None:
    """The lines for git are up to date in the folder as in the commit."""
    (ready.root / ".gitignore").write_text("x\n", "utf-8")
    sh(ready.root, "commit", "-qam", "mine")
    before = count_commits(ready)
    end_after(end)
    with pytest.raises(raised):
        write_and_commit_renewal(ready, find_outdated_files_and_settings(ready))
    assert find_outdated_files_and_settings(ready).is_up_to_date
    assert count_commits(ready) == before + 1


def test_what_git_did_not_commit_is_undone(
    ready: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that somebody else made meanwhile is none of this command."""
    (ready.root / "other").write_text("x", "utf-8")
    sh(ready.root, "add", "other")

    def commit_other(*_words: Any) -> None:
        sh(ready.root, "commit", "-qm", "other", "--", "other")
        raise KeyboardInterrupt

    monkeypatch.setattr(commit_files, "_commit_from_draft_index", commit_other)
    with pytest.raises(KeyboardInterrupt):
        close_round(ready, "2026", today=TODAY, now=NOW)
    assert ready.read_config().rounds["2026"].state == "open"


def test_the_error_says_that_the_commit_stays(ready: Workspace, end_after: EndAfter) -> None:
    """It is not called refused, with nothing committed."""
    end_after(GitError("git was ended"))
    with pytest.raises(CommitStaysError) as caught:
        close_round(ready, "2026", today=TODAY, now=NOW)
    commit = sh(ready.root, "rev-parse", "HEAD")[:10]
    assert caught.value.message == f"git made the commit {commit}, and then: git was ended"
    assert "the commit stays; the same command again" in caught.value.hint
