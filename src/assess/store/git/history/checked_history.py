"""The commits before a commit, each held against its id, which git itself does not do."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing

from assess.store.git.run.batch import open_object_reader
from assess.store.git.run.commits import ObjectReader, list_shallow_commits
from assess.store.git.run.plumbing import GitError, Repository


def verify_ids_of_commit_history(repository: Repository, commit: str) -> None:
    """Check that a commit and all commits before it are those of their ids.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
        GitError: a commit is missing or damaged.
    """
    for _oid in _walk_checked_commits(repository, commit):
        pass


def is_checked_ancestor(repository: Repository, ancestor: str, commit: str) -> bool:
    """Return whether `ancestor` is `commit` or before it; each commit between is checked.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
        GitError: a commit is missing or damaged.
    """
    with closing(_walk_checked_commits(repository, commit)) as walk:
        return ancestor in walk


def is_checked_history_complete(repository: Repository, commit: str, since: str) -> bool:
    """Check the commits that `commit` has and `since` has not; return whether none lacks parents.

    In a shallow clone, or where somebody wrote ids into `.git/shallow`, git takes a commit for one
    without parents.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
        GitError: a commit is missing or damaged.
    """
    walked = set(_walk_checked_commits(repository, commit, since))
    return walked.isdisjoint(list_shallow_commits(repository) - {since})


def read_checked_parents(repository: Repository, commit: str) -> list[str] | None:
    """Return the parents of a commit that is held against its id; None if a shallow clone has none.

    Raises:
        MisnamedObjectError: the commit is another one than its id says.
        GitError: the commit is missing or damaged.
    """
    if commit in list_shallow_commits(repository):
        return None
    with open_object_reader(repository) as objects:
        return _read_parents(objects, commit)


def _walk_checked_commits(
    repository: Repository, commit: str, end: str | None = None
) -> Generator[str]:
    """Yield a commit and those before it, nearer ones first; a shallow clone ends earlier.

    The commits before `end` are left out, except those that others lead to.
    """
    edge = {*list_shallow_commits(repository), end}
    seen = {commit}
    waiting = [commit]
    with open_object_reader(repository) as objects:
        while waiting:
            parents: dict[str, None] = {}
            for oid in waiting:
                before = _read_parents(objects, oid)
                yield oid
                parents |= dict.fromkeys(before if oid not in edge else ())
            waiting = [oid for oid in parents if oid not in seen]
            seen.update(waiting)


def _read_parents(objects: ObjectReader, commit: str) -> list[str]:
    content = objects.read_object("commit", commit)
    if content is None:
        raise GitError(f"commit {commit} can't be read", "git fsck")
    lines = content.data.partition(b"\n\n")[0].split(b"\n")
    return [os.fsdecode(line[7:]) for line in lines if line.startswith(b"parent ")]
