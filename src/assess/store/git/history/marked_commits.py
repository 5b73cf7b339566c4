"""Commits whose message has a line `Name: value` that this program wrote."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assess.store.git.run.commit_times import parse_time
from assess.store.git.run.plumbing import Repository, run_git

_FORMAT = "%x00%H%x00%an%x00%aI%x00%B%x00"
_FIELDS = 5
"""Texts between the zero bytes of a commit, with git's text before it."""


class MarkedCommit(NamedTuple):
    """A commit whose message has such a line."""

    oid: str
    author: str
    authored_at: datetime
    message: str

    def message_line_value(self, name: str) -> str:
        """Return the value of the line `name: …` of the message, '' without one."""
        start = f"{name}: "
        lines = self.message.splitlines()
        return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def find_commits_with_message_line(
    repository: Repository, revision: str, name: str, value: str
) -> list[MarkedCommit]:
    """Return the commits reachable from `revision` whose message has the line, newest first.

    Raises:
        GitError: there is no such revision, or an object is missing.
    """
    grep = [f"--grep={name}: {value}", "--fixed-strings"]
    words = ["rev-list", *grep, f"--format={_FORMAT}", "--end-of-options", revision]
    parts = run_git(repository.root, words).stdout.decode("utf-8", "replace").split("\0")
    rows = (parts[start : start + _FIELDS] for start in range(0, len(parts) - _FIELDS, _FIELDS))
    commits = [
        MarkedCommit(oid, author, parse_time(authored_at), message)
        for _git, oid, author, authored_at, message in rows
    ]
    return [commit for commit in commits if commit.message_line_value(name) == value]
