"""The times in the history of a commit: whether something before it is dated after it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assess.store.git.history.checked_history import walk_checked_history
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.run.plumbing import Repository


class HistoryBefore(NamedTuple):
    """What the commits of a history say of their times."""

    newest_seconds: int = 0
    """The latest time that an author or a committer of them bears, since the epoch."""
    is_complete: bool = True
    """Whether none of them lacks its parents, as in a shallow clone."""


def find_newest_time_up_to_commit(root: Path, commit: str | None) -> HistoryBefore:
    """Return the times of a commit and of all before it; of nothing without a commit.

    Whoever commits can set the clock of the machine. The commits before still bear their own
    times, and their ids are in the commit.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
        UnreadableObjectError: a commit is missing or damaged.
    """
    repository = Repository.find_repository(root) if commit is not None else None
    if repository is None or commit is None:
        return HistoryBefore()
    shallow = list_shallow_commits(repository)
    newest, complete = 0, True
    with open_checked_objects(repository) as objects:
        for each in walk_checked_history(objects, [commit], shallow):
            newest = max(newest, each.committed or 0, int(each.authored_at.timestamp()))
            complete = complete and each.oid not in shallow
    return HistoryBefore(newest, complete)
