"""What became of the state of a report since: later commits, and the sheets as they are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from assess import locations
from assess.engine.history.changes import SheetChange, compare_sheet_states
from assess.store.git.history.checked_history import (
    is_checked_ancestor,
    list_checked_commits_since,
)
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.repository_state import open_repository
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.past_files import DecodedFileCache, ListedTree


class LaterState(NamedTuple):
    """What the branch that is checked out has beyond the commit of a report."""

    is_in_history: bool | None
    """Whether the commit is in the history of this branch; None: a shallow clone can't tell."""
    commits: int
    """The number of later commits, as far as this clone has them."""
    sheets: tuple[SheetChange, ...]
    """The sheets of the report that are not what they were."""


def compare_commit_with_head(
    workspace: Workspace, commit: str, round_id: str, names: Sequence[SheetName], day: date
) -> LaterState | None:
    """Return what came after a commit, assessed as of `day`; None without a newest commit.

    Raises:
        UsageError: the workspace is in no repository.
        MisnamedObjectError: an object is another one than its id says.
    """
    repository = open_repository(workspace.root, workspace.lang)
    head = repository.resolve_head_commit()
    if head is None:
        return None
    in_history = is_checked_ancestor(repository, commit, head)
    unknown = not in_history and bool(list_shallow_commits(repository))
    return LaterState(
        None if unknown else in_history,
        len(list_checked_commits_since(repository, head, commit).commits),
        tuple(_list_changed_sheets(workspace, repository, (commit, head), round_id, names, day)),
    )


def _list_changed_sheets(
    workspace: Workspace,
    repository: Repository,
    commits: tuple[str, str],
    round_id: str,
    names: Sequence[SheetName],
    day: date,
) -> Iterator[SheetChange]:
    cache = DecodedFileCache(day, workspace.lang)
    with open_checked_objects(repository) as objects:
        trees = [ListedTree(objects, objects.list_files(oid, locations.INPUTS)) for oid in commits]
        for name in names:
            path = locations.sheet_path(round_id, str(name))
            before, after = (cache.read_sheet_state(tree, path) for tree in trees)
            if before is None and after is None:
                continue
            change = compare_sheet_states(path, before, after)
            if change.items or change.gone or change.score_before != change.score_after:
                yield change
