"""Detection of changed files: by git pull, another person, or an editor."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from assess.errors import AssessError
from assess.model.answer import Answer
from assess.tui.core.session import AssessedSheet, InterfaceSession
from assess.workspace import SheetName
from assess.workspace.core.sheet_file import REVIEWED_FIELDS
from assess.workspace.core.watched_files import path_of_sheet_file, shared_files_of_sheet

EVERY = 1.0
"""Seconds between two checks. A change is shown within two seconds."""

FileStamp = tuple[int, int, int] | None


class NoticedChanges(NamedTuple):
    """The changes of a check: the sheets as they are now, and the items that differ."""

    opened: dict[SheetName, AssessedSheet]
    changed: dict[SheetName, tuple[str, ...]]
    by_others: bool = True
    """Whether another program made any of the changes. This session's own evidence changes other
    sheets too."""
    authors: tuple[str, ...] = ()
    """The ids of those who made the changes, each once; '' where an answer does not say it."""
    error: AssessError | None = None
    """The error of a file that can't be read now. The sheet read before is still shown."""


class FileWatch:
    """Checks the files of open sheets; called in a thread, one check at a time."""

    def __init__(self, session: InterfaceSession) -> None:
        self._session = session
        self._stamps: dict[Path, FileStamp] = {}

    def find_changes(self) -> NoticedChanges | None:
        """Return the changes since the last check; None without any."""
        opened: dict[SheetName, AssessedSheet] = {}
        changed: dict[SheetName, tuple[str, ...]] = {}
        by_others = False
        authors: list[str] = []
        for name, whole in self._list_sheets_with_changed_files():
            try:
                before, after, foreign = self._session.reread_sheet_if_changed(
                    name, with_shared_files=whole
                )
            except AssessError as error:
                return NoticedChanges(opened, changed, error=error)
            by_others |= foreign
            if after is not before:
                opened[name] = after
                changed[name] = differing_items(before, after)
                authors += [
                    find_author_of_change(before, after, item_id) for item_id in changed[name]
                ]
        if not opened:
            return None
        return NoticedChanges(opened, changed, by_others, tuple(dict.fromkeys(authors)))

    def _list_sheets_with_changed_files(self) -> list[tuple[SheetName, bool]]:
        """Return the sheets with a changed file, and whether more than the answers changed.

        Answers that are checked for the first time count: they may be newer than what was read.
        """
        session, touched = self._session, []
        now: dict[Path, FileStamp] = {}
        for name in list(session.opened):
            answers = file_stamps([path_of_sheet_file(session.workspace, session.round_id, name)])
            base = file_stamps(shared_files_of_sheet(session.workspace, name))
            now |= answers | base
            if self._has_known_stamp_changed(base):
                touched.append((name, True))
            elif (
                self._has_known_stamp_changed(answers) or not answers.keys() <= self._stamps.keys()
            ):
                touched.append((name, False))
        self._stamps |= now
        return touched

    def _has_known_stamp_changed(self, stamps: dict[Path, FileStamp]) -> bool:
        known = self._stamps
        return any(path in known and known[path] != stamp for path, stamp in stamps.items())


def file_stamps(paths: Iterable[Path]) -> dict[Path, FileStamp]:
    """Return the stamps that identify a version of each file without reading it."""
    by_path: dict[Path, FileStamp] = {}
    for path in paths:
        try:
            status = os.stat(path)  # noqa: PTH116  # faster than Path.stat, every second
        except OSError:
            by_path[path] = None
        else:
            by_path[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return by_path


def differing_items(before: AssessedSheet, after: AssessedSheet) -> tuple[str, ...]:
    """Return the items whose answers differ, in the order of the checklist."""
    old, new = before.open_sheet.sheet.answers, after.open_sheet.sheet.answers
    order = after.open_sheet.checklist.items()
    return tuple(
        item_id for item_id in order if old.get(item_id, Answer()) != new.get(item_id, Answer())
    )


def find_author_of_change(before: AssessedSheet, after: AssessedSheet, item_id: str) -> str:
    """Return the id of the person who changed an answer; '' where the answer does not say it.

    A review names its reviewer; what a review covers names who answered.
    """
    old, new = (sheet.open_sheet.sheet.answers.get(item_id, Answer()) for sheet in (before, after))
    if old.review != new.review:
        return (new.review and new.review.by) or ""
    differs = any(getattr(old, field) != getattr(new, field) for field in REVIEWED_FIELDS)
    return (new.by or "") if differs else ""
