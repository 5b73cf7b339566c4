"""The closed rounds that a report shows: where their tags are, and whether others closed them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from assess import locations
from assess.model.config import Config
from assess.store.git.history.checked_history import resolve_checked_tag
from assess.store.git.run.batch import list_checked_files
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.repository_state import open_repository
from assess.workspace.core.sources import find_tag_name_of_round
from assess.workspace.core.untagged import list_closings_in_history
from assess.workspace.core.workspace import Workspace

TagState = Literal["closing", "missing", "moved", "unknown"]
"""Where the tag of a closed round is: on a commit that closed it, nowhere, or on another commit.

`unknown`: a shallow clone can't tell.
"""


class EarlierRound(NamedTuple):
    """A closed round that a report shows, and its tag in this repository."""

    round_id: str
    tag: str
    commit: str | None
    """The commit of the tag."""
    state: TagState
    others: tuple[str, ...] = ()
    """Other commits of the history that closed it under this tag, with other files."""


def find_earlier_rounds(
    workspace: Workspace, config: Config, round_ids: Iterable[str], commit: str
) -> tuple[EarlierRound, ...]:
    """Return the closed ones among rounds, as the history of a commit tells of them.

    Tags are no part of a commit: whoever may push can move one to another closing of the round.

    Raises:
        UsageError: the workspace is in no repository.
        MisnamedObjectError: an object is another one than its id says.
        UnreadableObjectError: an object is missing or damaged.
    """
    wanted = [key for key in round_ids if config.rounds[key].state == "closed"]
    if not wanted:
        return ()
    repository = open_repository(workspace.root, workspace.lang)
    closings = list_closings_in_history(repository, commit, workspace.lang)
    tags = {key: find_tag_name_of_round(key, config.rounds[key]) for key in wanted}
    return tuple(
        _find_earlier_round(repository, key, tag, closings.get((key, tag), []))
        for key, tag in tags.items()
    )


def _find_earlier_round(
    repository: Repository, round_id: str, tag: str, closings: list[str]
) -> EarlierRound:
    tagged = resolve_checked_tag(repository, tag)
    if tagged is None:
        return EarlierRound(round_id, tag, None, "missing")
    if tagged not in closings:
        shallow = bool(list_shallow_commits(repository))
        return EarlierRound(round_id, tag, tagged, "unknown" if shallow else "moved")
    others = [commit for commit in closings if commit != tagged]
    files = _list_round_files(repository, tagged, round_id) if others else {}
    differing = tuple(
        commit for commit in others if _list_round_files(repository, commit, round_id) != files
    )
    return EarlierRound(round_id, tag, tagged, "closing", differing)


def _list_round_files(repository: Repository, commit: str, round_id: str) -> dict[str, str]:
    """Return paths and object ids of the files that decide the figures of a round."""
    folders = [locations.round_path(round_id), locations.CHECKLISTS]
    return {
        path: blob.oid for path, blob in list_checked_files(repository, commit, folders).items()
    }
