"""Closed rounds: their tag, who closed them and when, their reopenings and late answers."""

from __future__ import annotations

from typing import NamedTuple

from assess.engine.rounds import list_rounds_oldest_first
from assess.store.git.history.checked_history import list_checked_history, resolve_checked_tag
from assess.store.git.run.plumbing import Repository
from assess.workspace.core.late_answers import LateSheet, find_late_sheets
from assess.workspace.core.reopening_history import (
    ClosedBy,
    Reopening,
    read_closing_author_and_time,
    select_reopenings,
)
from assess.workspace.core.sources import find_tag_name_of_round
from assess.workspace.core.workspace import Workspace


class ClosedState(NamedTuple):
    """A closed round."""

    round_id: str
    tag: str
    closing: ClosedBy | None
    """None: the repository does not have the tag."""
    reopened: tuple[Reopening, ...]
    """The reopenings before the newest closing."""
    late: tuple[LateSheet, ...]


def list_closed_rounds(workspace: Workspace, round_id: str | None = None) -> list[ClosedState]:
    """Return the closed rounds, the newest first.

    With `round_id` only this round and those with late answers: each history costs starts of git.

    Raises:
        FilesError: assess.yaml can't be read.
        GitError: a commit is damaged.
    """
    config = workspace.read_config()
    repository = Repository.find_repository(workspace.root)
    late = find_late_sheets(workspace.root, config, workspace.lang)
    states = []
    for key in reversed(list_rounds_oldest_first(config.rounds)):
        round_ = config.rounds[key]
        late_in_round = tuple(sheet for sheet in late if sheet.round_id == key)
        if round_.state == "closed" and (round_id in (None, key) or late_in_round):
            tag = find_tag_name_of_round(key, round_)
            closing, reopened = _closing_author_and_reopenings(repository, key, tag)
            states.append(ClosedState(key, tag, closing, reopened, late_in_round))
    return states


def _closing_author_and_reopenings(
    repository: Repository | None, round_id: str, tag: str
) -> tuple[ClosedBy | None, tuple[Reopening, ...]]:
    commit = resolve_checked_tag(repository, tag) if repository is not None else None
    if repository is None or commit is None:
        return None, ()
    commits = list_checked_history(repository, commit)
    return read_closing_author_and_time(repository, commit), tuple(
        select_reopenings(commits, round_id)
    )
