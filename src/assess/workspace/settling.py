"""Conflicts that a merge left, with both sides as they stand, and the decision for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from assess.model.formats import FileKind
from assess.store import layout, open_file
from assess.workspace.folder import Workspace
from assess.workspace.merges import Standing, settle


class Sides(NamedTuple):
    """A conflict with what stands in the file now, and what they wrote; None: it is not there."""

    standing: Standing
    item_id: str
    """The answer that it is in, '' where it is in none."""
    field: str
    ours: Any
    our_by: str | None
    theirs: Any
    their_by: str | None
    their_at: datetime | None


def sides(here: Workspace) -> list[Sides]:
    """Return the conflicts of all files of a workspace with both sides.

    Raises:
        FilesError: a file can't be read.
    """
    trees: dict[str, Any] = {}
    found = []
    for standing in here.conflicts():
        if standing.file not in trees:
            path = here.root / standing.file
            file = open_file.read(path, _kind(standing.file), here.root, here.lang)
            trees[standing.file] = file.loaded.tree.value
        found.append(_sides(standing, trees[standing.file]))
    return found


def _kind(file: str) -> FileKind:
    kinds: Mapping[str, FileKind] = {layout.CONFIG: "config", layout.REGISTER: "register"}
    by_folder: Mapping[str, FileKind] = {"checklists": "checklist", "answers": "sheet"}
    return kinds.get(file) or by_folder[file.partition("/")[0]]


def _sides(standing: Standing, tree: Any) -> Sides:
    path, row = standing.conflict.path, standing.conflict.row
    entry = tree
    for key in path:
        entry = entry[key]
    in_answer = standing.file.startswith("answers/") and path[:1] == ("answers",)
    answer = tree["answers"][path[1]] if in_answer else {}
    theirs = row.theirs if isinstance(row.theirs, str | int | Mapping | list | tuple) else None
    return Sides(
        standing,
        str(path[1]) if in_answer else "",
        ".".join([*map(str, path[2:] if in_answer else path), row.field]),
        entry.get(row.field) if isinstance(entry, Mapping) else None,
        answer.get("by"),
        theirs,
        row.by,
        row.at,
    )


def decide(here: Workspace, chosen: Sides, *, theirs: bool) -> None:
    """Write the decision for a conflict; its row goes.

    Raises:
        UsageError: it must be decided in an editor, or has gone since.
        ChangedOnDiskError, LockedError, WriteError, FilesError: as OpenFile.
    """
    settle(here.root, chosen.standing, here.lang, theirs=theirs)
