"""The versions of one answer, for a screen: commits that changed it, and what is not committed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assess.engine.history.changes import FieldChange
from assess.store import layout
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.changes import History


class Version(NamedTuple):
    """One change of an answer; `commit` is '' where it is not committed yet."""

    commit: str
    at: datetime | None
    author: str
    by: str | None
    """Id of the person whom the answer names."""
    subject: str
    fields: tuple[FieldChange, ...]


def versions(
    here: Workspace, round_id: str, name: SheetName, item_id: str, today: datetime, limit: int
) -> list[Version]:
    """Return the changes of an answer, the newest first, what is not committed before them.

    Raises:
        UsageError: there is no repository, or no commit yet.
        GitError: the repository is damaged.
    """
    path = layout.sheet_path(round_id, str(name))
    with History(here, today.date()) as history:
        found = []
        for sheet in history.diff().sheets:
            found += [
                Version("", None, "", one.by, "", one.fields)
                for one in sheet.items
                if sheet.file == path and one.item == item_id and one.fields
            ]
        for entry in history.log(paths=[path], item=item_id, limit=limit):
            commit = entry.commit
            found += [
                Version(commit.short, commit.at, commit.author, one.by, commit.subject, one.fields)
                for sheet in entry.changes.sheets
                for one in sheet.items
                if one.fields
            ]
        return found
