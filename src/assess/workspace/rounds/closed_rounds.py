"""Closed rounds as they stand: their tag, who closed them when, and what came after."""

from __future__ import annotations

from typing import NamedTuple

from assess.store.git.run.plumbing import Repository
from assess.workspace.core.late_answers import LateSheet, late_sheets
from assess.workspace.core.reopening_history import ClosedBy, Reopening, closed_by, reopenings
from assess.workspace.core.sources import tag_of
from assess.workspace.core.workspace import Workspace


class ClosedState(NamedTuple):
    """A closed round."""

    round_id: str
    tag: str
    closing: ClosedBy | None
    """None: the tag is not here."""
    reopened: tuple[Reopening, ...]
    """How it was reopened before its newest closing."""
    late: tuple[LateSheet, ...]


def closed_rounds(here: Workspace) -> list[ClosedState]:
    """Return the closed rounds, the newest id first.

    Raises:
        FilesError: assess.yaml can't be read.
        GitError: a commit is damaged.
    """
    config = here.config()
    repository = Repository.find(here.root)
    late = late_sheets(here.root, config, here.lang)
    states = []
    for key, one in sorted(config.rounds.items(), reverse=True):
        if one.state == "closed":
            tag = tag_of(key, one)
            closing, reopened = _history(repository, key, tag)
            mine = tuple(sheet for sheet in late if sheet.round_id == key)
            states.append(ClosedState(key, tag, closing, reopened, mine))
    return states


def _history(
    repository: Repository | None, round_id: str, tag: str
) -> tuple[ClosedBy | None, tuple[Reopening, ...]]:
    commit = repository.resolve(f"refs/tags/{tag}") if repository is not None else None
    if repository is None or commit is None:
        return None, ()
    return closed_by(repository, commit), tuple(reopenings(repository, round_id, commit))
