"""Noticing that files were changed underneath: by git pull, another officer, an editor."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from assess.errors import AssessError
from assess.model.answer import Answer
from assess.tui.core.session import Opened, Session
from assess.workspace import SheetName
from assess.workspace.core.watched_files import answers_file, base_files

EVERY = 1.0
"""Seconds between two looks; a change is shown within two."""

Stamp = tuple[int, int, int] | None


class Noticed(NamedTuple):
    """What was changed: the sheets as they are now, and the items that differ."""

    opened: dict[SheetName, Opened]
    changed: dict[SheetName, tuple[str, ...]]
    by_others: bool = True
    """Whether another program did any of it: evidence of one's own changes other sheets too."""
    error: AssessError | None = None
    """A file that can't be read now; what was read before is still shown."""


class Watch:
    """Looks at the files of the sheets that are open; called in a thread, one look at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stamps: dict[Path, Stamp] = {}

    def look(self) -> Noticed | None:
        """Return what was changed since the last look; None for nothing."""
        opened: dict[SheetName, Opened] = {}
        changed: dict[SheetName, tuple[str, ...]] = {}
        by_others = False
        for name, whole in self._touched():
            try:
                before, after, foreign = self._session.look_again(name, whole=whole)
            except AssessError as error:
                return Noticed(opened, changed, error=error)
            by_others |= foreign
            if after is not before:
                opened[name] = after
                changed[name] = differing(before, after)
        return Noticed(opened, changed, by_others) if opened else None

    def _touched(self) -> list[tuple[SheetName, bool]]:
        """Return the sheets of which a file looks different, and whether more than the answers.

        Answers that are looked at for the first time count: they may be newer than what was read.
        """
        session, touched = self._session, []
        now: dict[Path, Stamp] = {}
        for name in list(session.opened):
            answers = stamps([answers_file(session.workspace, session.round_id, name)])
            base = stamps(base_files(session.workspace, name))
            now |= answers | base
            if self._differ(base):
                touched.append((name, True))
            elif self._differ(answers) or not answers.keys() <= self._stamps.keys():
                touched.append((name, False))
        self._stamps |= now
        return touched

    def _differ(self, now: dict[Path, Stamp]) -> bool:
        known = self._stamps
        return any(path in known and known[path] != stamp for path, stamp in now.items())


def stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """Return what tells a changed file from an unchanged one without reading it."""
    found: dict[Path, Stamp] = {}
    for path in paths:
        try:
            one = os.stat(path)  # noqa: PTH116  # the same, without making a path anew each second
        except OSError:
            found[path] = None
        else:
            found[path] = (one.st_mtime_ns, one.st_size, one.st_ino)
    return found


def differing(before: Opened, after: Opened) -> tuple[str, ...]:
    """Return the items whose answers differ, in the order of the checklist."""
    old, new = before.desk.sheet.answers, after.desk.sheet.answers
    order = after.desk.checklist.items()
    return tuple(one for one in order if old.get(one, Answer()) != new.get(one, Answer()))
