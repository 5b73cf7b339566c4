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


def find_closed_rounds_in_history(
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
        _make_earlier_round_of_tag(repository, key, tag, closings.get((key, tag), []))
        for key, tag in tags.items()
    )


def find_second_closings(
    workspace: Workspace, config: Config, round_id: str, commit: str
) -> tuple[EarlierRound, ...]:
    """Return the round of a report itself, where other commits closed it too, with other files.

    A merge can bring a second closing under the same tag, and the tag can be moved there. The
    branch that is checked out has both, the history of `commit` perhaps one of them.

    Raises:
        UsageError: the workspace is in no repository.
        MisnamedObjectError: an object is another one than its id says.
        UnreadableObjectError: an object is missing or damaged.
    """
    row = config.rounds.get(round_id)
    if row is None or row.state != "closed":
        return ()
    repository = open_repository(workspace.root, workspace.lang)
    tag = find_tag_name_of_round(round_id, row)
    starts = dict.fromkeys(filter(None, (commit, repository.resolve_head_commit())))
    histories = [list_closings_in_history(repository, each, workspace.lang) for each in starts]
    closings = [each for history in histories for each in history.get((round_id, tag), [])]
    if commit not in closings:
        return ()
    differing = _list_closings_with_other_files(repository, round_id, commit, closings)
    return (EarlierRound(round_id, tag, commit, "closing", differing),) if differing else ()


def _make_earlier_round_of_tag(
    repository: Repository, round_id: str, tag: str, closings: list[str]
) -> EarlierRound:
    tagged = resolve_checked_tag(repository, tag)
    if tagged is None:
        return EarlierRound(round_id, tag, None, "missing")
    if tagged not in closings:
        shallow = bool(list_shallow_commits(repository))
        return EarlierRound(round_id, tag, tagged, "unknown" if shallow else "moved")
    differing = _list_closings_with_other_files(repository, round_id, tagged, closings)
    return EarlierRound(round_id, tag, tagged, "closing", differing)


def _list_closings_with_other_files(
    repository: Repository, round_id: str, commit: str, closings: Iterable[str]
) -> tuple[str, ...]:
    """Return the closings, each once, whose files are not those of a commit."""
    others = [each for each in dict.fromkeys(closings) if each != commit]
    files = _object_ids_of_round_files(repository, commit, round_id) if others else {}
    return tuple(
        each for each in others if _object_ids_of_round_files(repository, each, round_id) != files
    )


def _object_ids_of_round_files(
    repository: Repository, commit: str, round_id: str
) -> dict[str, str]:
    """Return paths and object ids of the files that decide the figures of a round."""
    folders = [locations.round_path(round_id), locations.CHECKLISTS]
    return {
        path: blob.oid for path, blob in list_checked_files(repository, commit, folders).items()
    }
