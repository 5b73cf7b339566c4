"""Sheets as they were: at a commit, or in another round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from assess.engine.history.changes import State
from assess.store import layout
from assess.store.git.run.commits import Objects
from assess.store.git.state.repository_state import commit_of, open_repository
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.past_files import Archive, AtCommit


class Past(NamedTuple):
    """Sheets at another time; a sheet that was not there then is left out."""

    mark: str
    """What fixes that time: a commit id, or the digest of a round's files."""
    states: dict[SheetName, State]


def at_commit(
    here: Workspace, revision: str, round_id: str, names: Sequence[SheetName], day: date
) -> Past:
    """Return the sheets of a round as a commit holds them, assessed as of `day`.

    Raises:
        UsageError: there is no such commit.
        GitError: the repository is damaged.
    """
    repository = open_repository(here.root, here.lang)
    commit = commit_of(repository, revision, here.lang)
    objects = Objects(repository)
    try:
        place, archive = AtCommit(objects, commit), Archive(day, here.lang)
        found = {
            name: archive.state(place, layout.sheet_path(round_id, str(name))) for name in names
        }
    finally:
        objects.close()
    return Past(commit, {name: one for name, one in found.items() if one is not None})


def in_round(here: Workspace, round_id: str, names: Sequence[SheetName], day: date) -> Past:
    """Return those of the sheets that a round has, assessed as of `day`.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: the round is closed, and its tag is not here.
        FilesError: files can't be read.
    """
    listed = here.sheets(round_id)
    shared = [name for name in names if name in listed]
    desks = {name: here.desk(name, round_id) for name in shared}
    states = {name: State(desk.sheet, desk.assess(day)) for name, desk in desks.items()}
    return Past(here.provenance(round_id, shared, ()).digest, states)
