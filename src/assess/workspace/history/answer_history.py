"""The versions of an answer for a screen: commits that changed it, and uncommitted changes."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assess import locations
from assess.china_time import find_day_in_china
from assess.engine.history.changes import FieldChange
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.changes import WorkspaceHistory


class AnswerVersion(NamedTuple):
    """One change of an answer; `commit` is '' where the change is not committed yet."""

    commit: str
    at: datetime | None
    author: str
    by: str | None
    """Id of the person whom the answer names."""
    subject: str
    fields: tuple[FieldChange, ...]


def list_answer_versions(
    workspace: Workspace, round_id: str, name: SheetName, item_id: str, today: datetime, limit: int
) -> list[AnswerVersion]:
    """Return the changes of an answer, newest first; uncommitted changes come before all others.

    Raises:
        UsageError: there is no repository, or no commit yet.
        GitError: the repository is damaged.
    """
    path = locations.sheet_path(round_id, str(name))
    with WorkspaceHistory(workspace, find_day_in_china(today)) as history:
        versions = []
        for sheet in history.diff_states().sheets:
            versions += [
                AnswerVersion("", None, "", change.by, "", change.fields)
                for change in sheet.items
                if sheet.file == path and change.item == item_id and change.fields
            ]
        for entry in history.read_log_entries(paths=[path], item=item_id, limit=limit):
            commit = entry.commit
            versions += [
                AnswerVersion(
                    commit.short_id,
                    commit.authored_at,
                    commit.author,
                    change.by,
                    commit.subject,
                    change.fields,
                )
                for sheet in entry.changes.sheets
                for change in sheet.items
                if change.fields
            ]
        return versions
