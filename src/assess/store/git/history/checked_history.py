"""The commits before a commit, each parsed from bytes that have its id."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple

from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.checked_objects import CheckedObjects
from assess.store.git.run.commit_objects import CommitContent
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.run.output_lines import list_output_lines
from assess.store.git.run.plumbing import Repository, UnreadableObjectError, run_git

_TAGS: Final = "refs/tags/"
_BRANCHES: Final = ("refs/heads/", "refs/remotes/")


HistoryListener = Callable[[int], None]
"""A function that gets how many commits were read so far, and 0 when the reading ends."""


def ignore_commit_count(_count: int) -> None:
    """Ignore how many commits were read."""


_LISTENER: ContextVar[HistoryListener] = ContextVar("_LISTENER", default=ignore_commit_count)

_COUNTED: Final = 500
"""Commits after which the listener is called, about a twentieth of a second."""


@contextmanager
def notify_while_reading_history(listener: HistoryListener) -> Iterator[None]:
    """Call `listener` while a history is read in the body of the `with` statement."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


class CommitsSince(NamedTuple):
    """The commits that a commit has and an earlier one has not, the newest first."""

    commits: tuple[CommitContent, ...]
    is_complete: bool
    """Whether none of them lacks its parents, as in a shallow clone."""


def walk_checked_history(
    objects: CheckedObjects,
    starts: Iterable[str],
    commits_to_end_at: Collection[str],
    *,
    leaves_out_unreadable: bool = False,
) -> Iterator[CommitContent]:
    """Yield commits and those before them, the newest first; `commits_to_end_at` end the walk.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
        UnreadableObjectError: a commit is missing or damaged, and those are not left out.
    """
    seen: set[str] = set()
    waiting: list[tuple[int, int, CommitContent]] = []

    def add(oids: Iterable[str]) -> None:
        for oid in oids:
            if oid in seen:
                continue
            seen.add(oid)
            try:
                commit = objects.read_commit(oid)
            except UnreadableObjectError:
                if leaves_out_unreadable:
                    continue
                raise
            heapq.heappush(waiting, (-(commit.committed or 0), len(seen), commit))

    add(starts)
    listener, count = _LISTENER.get(), 0
    try:
        while waiting:
            _time, _number, commit = heapq.heappop(waiting)
            count += 1
            if not count % _COUNTED:
                listener(count)
            yield commit
            if commit.oid not in commits_to_end_at:
                add(commit.parents)
    finally:
        listener(0)


def list_checked_history(repository: Repository, commit: str) -> list[CommitContent]:
    """Return a commit and all commits before it, the newest first; a shallow clone has fewer.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
        UnreadableObjectError: a commit is missing or damaged.
    """
    with open_checked_objects(repository) as objects:
        return list(walk_checked_history(objects, [commit], list_shallow_commits(repository)))


def list_checked_commits_since(repository: Repository, commit: str, since: str) -> CommitsSince:
    """Return the commits that `commit` has and `since` has not.

    In a shallow clone, or where somebody wrote ids into `.git/shallow`, git takes a commit for one
    without parents.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
        UnreadableObjectError: a commit is missing or damaged.
    """
    shallow = list_shallow_commits(repository)
    with open_checked_objects(repository) as objects:
        walked = list(walk_checked_history(objects, [commit], {*shallow, since}))
        ends = {
            walked_commit.oid
            for walked_commit in walked
            if not walked_commit.parents or walked_commit.oid in shallow
        }
        earlier = {since}
        if not ends <= earlier:
            # Some may be before `since` too, on a way that does not lead through it.
            earlier |= {
                walked_commit.oid
                for walked_commit in walk_checked_history(objects, [since], shallow)
            }
    new = tuple(walked_commit for walked_commit in walked if walked_commit.oid not in earlier)
    return CommitsSince(new, ends.isdisjoint(shallow - {since}))


def list_checked_descendants(repository: Repository, commit: str) -> list[CommitContent]:
    """Return the commits of all branches and tags that come after a commit, the newest first.

    A branch with a missing commit leads no further.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
    """
    edge = {*list_shallow_commits(repository), commit}
    with open_checked_objects(repository) as objects:
        tips = list_readable_branch_and_tag_tips(repository, objects)
        walked = list(walk_checked_history(objects, tips, edge, leaves_out_unreadable=True))
    children: dict[str, list[str]] = {}
    for each in walked:
        for parent in each.parents:
            children.setdefault(parent, []).append(each.oid)
    after: set[str] = set()
    waiting = [commit]
    while waiting:
        new = set(children.get(waiting.pop(), [])) - after
        after |= new
        waiting.extend(new)
    return [each for each in walked if each.oid in after]


def is_checked_ancestor(repository: Repository, ancestor: str, commit: str) -> bool:
    """Return whether `ancestor` is `commit` or before it; each commit between is checked.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
        UnreadableObjectError: a commit is missing or damaged.
    """
    shallow = list_shallow_commits(repository)
    with open_checked_objects(repository) as objects:
        walk = walk_checked_history(objects, [commit], shallow)
        return any(walked_commit.oid == ancestor for walked_commit in walk)


def read_parents_unless_shallow(repository: Repository, commit: str) -> tuple[str, ...] | None:
    """Return the parents of a commit; None if a shallow clone has none.

    Raises:
        MisnamedObjectError: the commit is another one than its id says.
        UnreadableObjectError: the commit is missing or damaged.
    """
    if commit in list_shallow_commits(repository):
        return None
    return read_checked_commit(repository, commit).parents


def read_checked_commit(repository: Repository, commit: str) -> CommitContent:
    """Return what a commit says.

    Raises:
        MisnamedObjectError: the commit is another one than its id says.
        UnreadableObjectError: the commit is missing or damaged.
    """
    with open_checked_objects(repository) as objects:
        return objects.read_commit(commit)


def read_checked_committer_seconds(repository: Repository, commit: str) -> int:
    """Return the committer's time of a commit, in seconds since the epoch.

    Raises:
        MisnamedObjectError: the commit is another one than its id says.
        UnreadableObjectError: the commit is missing, or has no committer.
    """
    with open_checked_objects(repository) as objects:
        return objects.read_commit_seconds(commit)


def resolve_checked_tag(repository: Repository, tag: str) -> str | None:
    """Return the commit that a tag names, None without one.

    Raises:
        MisnamedObjectError: the tag or its commit is another object than its id says.
    """
    with open_checked_objects(repository) as objects:
        return objects.resolve_tag(tag)


def checked_commits_of_tag_folder(repository: Repository, start: str) -> dict[str, str]:
    """Return the tags whose names begin with the folder `start`, with their commits.

    Raises:
        MisnamedObjectError: a tag or its commit is another object than its id says.
    """
    tags = {
        name.removeprefix(_TAGS): oid
        for name, oid in _list_refs_starting_with(repository, f"{_TAGS}{start}")
    }
    with open_checked_objects(repository) as objects:
        peeled = {tag: objects.peel_to_commit(oid) for tag, oid in tags.items()}
    return {tag: commit for tag, commit in peeled.items() if commit is not None}


def list_readable_branch_and_tag_tips(repository: Repository, objects: CheckedObjects) -> list[str]:
    """Return the commits of HEAD and of all branches and tags; what can't be read is left out.

    Other refs are no branches: git or a tool puts things aside there, as in `refs/stash`.

    Raises:
        MisnamedObjectError: one is another one than its id says.
    """
    head = repository.resolve_commit("HEAD")
    refs = [oid for _name, oid in _list_refs_starting_with(repository, *_BRANCHES, _TAGS)]
    peeled = [head, *map(objects.peel_to_commit, refs)]
    return list(dict.fromkeys(commit for commit in peeled if commit is not None))


def is_commit_reachable(repository: Repository, commit: str) -> bool:
    """Return whether HEAD, a branch or a tag leads to a commit; each commit between is checked.

    A branch with a missing commit leads no further.

    Raises:
        MisnamedObjectError: a commit is another one than its id says.
    """
    head = repository.resolve_commit("HEAD")
    edge = list_shallow_commits(repository)

    def is_led_to_by(starts: Iterable[str]) -> bool:
        walk = walk_checked_history(objects, starts, edge, leaves_out_unreadable=True)
        return any(walked_commit.oid == commit for walked_commit in walk)

    with open_checked_objects(repository) as objects:
        return is_led_to_by([head] if head else []) or is_led_to_by(
            list_readable_branch_and_tag_tips(repository, objects)
        )


def _list_refs_starting_with(repository: Repository, *starts: str) -> list[tuple[str, str]]:
    """Return names and ids of the refs whose names begin so."""
    words = ["for-each-ref", "--format=%(objectname) %(refname)", *starts]
    listed = run_git(repository.root, words, check=False).stdout
    rows = (line.partition(" ") for line in list_output_lines(listed))
    return [(name, oid) for oid, _blank, name in rows]
