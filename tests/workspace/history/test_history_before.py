"""The newest time in a history is found, whatever the last commits say."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.workspace.history.history_before import HistoryBefore, find_newest_time_up_to_commit
from store.git.run.test_commits import save, sh


def commit_at(root: Path, monkeypatch: pytest.MonkeyPatch, author: int, committer: int) -> str:
    """Commit something at these times."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"@{author} +0800")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"@{committer} +0800")
    return save(root, "a", f"{author} {committer}\n", "a").strip()


def test_the_newest_time_of_a_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each author and committer, also behind two commits of a clock that was set back."""
    sh(tmp_path, "init", "-q")
    assert find_newest_time_up_to_commit(tmp_path, None) == HistoryBefore()
    commit_at(tmp_path, monkeypatch, 1000, 2000)
    early = commit_at(tmp_path, monkeypatch, 10, 20)
    last = commit_at(tmp_path, monkeypatch, 11, 21)
    assert find_newest_time_up_to_commit(tmp_path, last) == HistoryBefore(2000)
    rebased = commit_at(tmp_path, monkeypatch, 3000, 22)
    assert find_newest_time_up_to_commit(tmp_path, rebased) == HistoryBefore(3000)
    (tmp_path / ".git" / "shallow").write_text(f"{early}\n", "ascii")
    assert find_newest_time_up_to_commit(tmp_path, last) == HistoryBefore(21, is_complete=False)
