"""Commits that bear a mark in their message: a line `Name: value`, written by this program."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assess.store.git.run.commit_times import moment_of
from assess.store.git.run.plumbing import Repository, run

_FORMAT = "%x00%H%x00%an%x00%aI%x00%B%x00"
_FIELDS = 5
"""Texts between the zero bytes of one commit, with what git writes before it."""


class Marked(NamedTuple):
    """A commit whose message has the mark."""

    oid: str
    author: str
    at: datetime
    message: str

    def value(self, name: str) -> str:
        """Return what the line `name: …` of the message says, '' without one."""
        start = f"{name}: "
        lines = self.message.splitlines()
        return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def marked_commits(repository: Repository, revision: str, name: str, value: str) -> list[Marked]:
    """Return the commits that `revision` reaches whose message has the line, newest first.

    Raises:
        GitError: there is no such revision, or an object is missing.
    """
    grep = [f"--grep={name}: {value}", "--fixed-strings"]
    words = ["rev-list", *grep, f"--format={_FORMAT}", "--end-of-options", revision]
    parts = run(repository.root, words).stdout.decode("utf-8", "replace").split("\0")
    rows = (parts[at : at + _FIELDS] for at in range(0, len(parts) - _FIELDS, _FIELDS))
    commits = [
        Marked(oid, author, moment_of(at), message) for _git, oid, author, at, message in rows
    ]
    return [one for one in commits if one.value(name) == value]
