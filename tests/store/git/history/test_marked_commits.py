"""Commits found by a line of their message."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.history.marked_commits import find_commits_with_message_line
from assess.store.git.run.plumbing import Repository, run_git

IDENTITY = ["-c", "user.name=王敏", "-c", "user.email=w@x.invalid"]


def test_commits_that_bear_a_mark(tmp_path: Path) -> None:
    """The whole line must be the mark; the newest comes first, with what it says besides."""
    run_git(tmp_path, ["init", "-q"])
    for text in ("a\n\nMark: 2026\nReason: 一", "b\n\nMark: 2026-h1", "c Mark: 2026", "Mark: 2026"):
        run_git(tmp_path, [*IDENTITY, "commit", "-q", "--allow-empty", "-m", text])
    repository = Repository.find_repository(tmp_path)
    assert repository is not None

    last, first = find_commits_with_message_line(repository, "HEAD", "Mark", "2026")

    assert last.oid == repository.resolve_head_commit()
    assert (
        first.author,
        first.message_line_value("Reason"),
        last.message_line_value("Reason"),
    ) == (
        "王敏",
        "一",
        "",
    )
    assert first.authored_at.tzinfo is not None
    assert find_commits_with_message_line(repository, "HEAD", "Mark", "2027") == []
