"""Sheets in an earlier state: at a commit, or in another round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from assess import locations
from assess.engine.history.changes import SheetState
from assess.store.git.run.commits import ObjectReader
from assess.store.git.state.repository_state import open_repository, resolve_revision
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.past_files import CommitTree, DecodedFileCache


class PastSheets(NamedTuple):
    """Sheets in an earlier state; a sheet that did not exist then is left out."""

    mark: str
    """What identifies the state: a commit id, or the digest of a round's files."""
    states: dict[SheetName, SheetState]


def assess_sheets_at_commit(
    workspace: Workspace, revision: str, round_id: str, names: Sequence[SheetName], day: date
) -> PastSheets:
    """Return the sheets of a round at a commit, assessed as of `day`.

    Raises:
        UsageError: there is no such commit.
        GitError: the repository is damaged.
    """
    repository = open_repository(workspace.root, workspace.lang)
    commit = resolve_revision(repository, revision, workspace.lang)
    objects = ObjectReader(repository)
    try:
        tree, cache = CommitTree(objects, commit), DecodedFileCache(day, workspace.lang)
        states = {
            name: cache.read_sheet_state(tree, locations.sheet_path(round_id, str(name)))
            for name in names
        }
    finally:
        objects.close()
    return PastSheets(commit, {name: state for name, state in states.items() if state is not None})


def assess_sheets_in_round(
    workspace: Workspace, round_id: str, names: Sequence[SheetName], day: date
) -> PastSheets:
    """Return the sheets among `names` that a round has, assessed as of `day`.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: the round is closed, and the repository does not have its tag.
        FilesError: files can't be read.
    """
    listed = workspace.list_sheets(round_id)
    shared = [name for name in names if name in listed]
    open_sheets = {name: workspace.open_sheet(name, round_id) for name in shared}
    states = {
        name: SheetState(open_sheet.sheet, open_sheet.assess_on(day))
        for name, open_sheet in open_sheets.items()
    }
    return PastSheets(workspace.make_provenance(round_id, shared, ()).digest, states)
