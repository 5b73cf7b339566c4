"""The history of a workspace as a form: what changed in which answer, by whom, and the scores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from typing import Any, NamedTuple, Self

from assess.engine.history.changes import (
    Changes,
    FileChange,
    SettingChange,
    SheetChange,
    setting_changes,
    sheet_change,
)
from assess.errors import UnknownIdError
from assess.i18n import translator
from assess.store import layout
from assess.store.git.history.sheet_versions import entry_of
from assess.store.git.run.batch import open_objects
from assess.store.git.run.commits import Change, Commit, log
from assess.store.git.state.repository_state import commit_of, open_repository
from assess.workspace.core.sheet_file import Desk
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.blame import Answers, Blamed, blame
from assess.workspace.history.past_files import (
    Archive,
    AtCommit,
    Folder,
    Nowhere,
    Place,
    is_sheet,
    sheets_among,
)

__all__ = ["Blamed", "Entry", "History"]

_KEPT = 4
"""Commits whose answers about paths are kept."""

SCREEN = 20
"""Commits that a log shows unless told otherwise."""


class Entry(NamedTuple):
    """A commit and what it changed, by meaning."""

    commit: Commit
    changes: Changes


class History:
    """The history of a workspace, read only; use it in `with`."""

    def __init__(self, here: Workspace, today: date) -> None:
        self._here = here
        self._repository = open_repository(here.root, here.lang)
        self._opened = ExitStack()
        self._objects = self._opened.enter_context(open_objects(self._repository))
        self._archive = Archive(today, here.lang)
        self._places: dict[str, AtCommit] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def log(
        self,
        *,
        paths: Sequence[str] = (),
        item: str | None = None,
        limit: int | None = SCREEN,
    ) -> Iterator[Entry]:
        """Yield commits, newest first, as they are read; nothing is walked beyond the last one.

        With `item` those that changed its answer, and of these only that.

        Raises:
            UsageError: there is no commit yet.
            GitError: the repository is damaged.
        """
        head = commit_of(self._repository, "HEAD", self._here.lang)
        counted = limit if item is None else None
        left = limit
        for commit in log(self._repository, head, paths, counted):
            if left == 0:
                return
            entry = self._entry(commit, item)
            if entry is not None:
                left = None if left is None else left - 1
                yield entry

    def diff(self, old: str | None = None, new: str | None = None) -> Changes:
        """Return what changed from one commit to another, or to the folder as it is now.

        Without `old` from the last commit; from nothing where there is none yet.

        Raises:
            UsageError: there is no such commit.
        """
        before, was = self._place(old or "HEAD", missing_is_empty=old is None)
        after, now = self._place(new)
        touched = [path for path in dict.fromkeys((*was, *now)) if was.get(path) != now.get(path)]
        return self._changes(before, after, touched, (*was, *now))

    def blame(self, desk: Desk, item: str) -> list[Blamed]:
        """Return who set each field of an answer as it is now, in the order of the fields.

        Raises:
            UsageError: there is no commit yet.
            UnknownIdError: nothing is answered to that item.
        """
        answer = desk.sheet.answers.get(item)
        if answer is None:
            _ = translator(self._here.lang)
            message = _("{sheet} has no answer to {item}").format(sheet=desk.name, item=item)
            raise UnknownIdError(message, item, desk.sheet.answers)
        head = commit_of(self._repository, "HEAD", self._here.lang)
        path = layout.sheet_path(desk.round, str(desk.name))
        reader = Answers(item, self._objects, self._here.lang)
        at_head = reader.read(self._objects.oid(head, path))
        return blame(answer, at_head, log(self._repository, head, [path]), reader)

    def sheet_paths(
        self, checklist: str | None, system: str | None, round_id: str | None
    ) -> list[str]:
        """Return the sheets of assess.yaml that fit, by path.

        Raises:
            UnknownIdError: there is no such round, or no such sheet.
        """
        rounds = self._here.config().rounds
        chosen = list(rounds) if round_id is None else [round_id]
        names = [(one, name) for one in chosen for name in self._here.sheets(one)]
        fitting = [
            layout.sheet_path(one, str(name))
            for one, name in names
            if checklist in (None, name.checklist) and system in (None, name.system)
        ]
        if not fitting:
            _ = translator(self._here.lang)
            wanted = f"{checklist or '?'}@{system}" if system else str(checklist)
            message = _("no round has a sheet {name}").format(name=wanted)
            raise UnknownIdError(message, wanted, [str(name) for _round, name in names])
        return fitting

    def sheets_with(self, item: str) -> list[str]:
        """Return the sheets in the folder that hold an answer to the item, by path.

        Raises:
            UnknownIdError: no pinned checklist and no sheet has the item.
        """
        root = self._here.root
        found = sheets_among(list(layout.files_of(root, self._here.lang, ("answers",))))
        having = [path for path in found if entry_of((root / path).read_bytes(), item)]
        if not having:
            self._known_item(item)
        return having or found

    def _known_item(self, item: str) -> None:
        known: list[str] = []
        for checklist in self._here.config().checklists:
            known += self._here.checklist(checklist).items()
        if item not in known:
            _ = translator(self._here.lang)
            message = _("no pinned checklist has the item {item}").format(item=item)
            raise UnknownIdError(message, item, known)

    # Parts

    def _entry(self, commit: Commit, item: str | None) -> Entry | None:
        if item is None:
            return Entry(commit, self._told(commit))
        if not any(self._may_differ(one, item) for one in commit.changes):
            return None
        sheets = [_only(one, item) for one in self._told(commit).sheets]
        sheets = [one for one in sheets if one.items]
        return Entry(commit, Changes(sheets=tuple(sheets))) if sheets else None

    def _told(self, commit: Commit) -> Changes:
        parent = commit.parents[0] if commit.parents and not commit.boundary else None
        before: Place = self._at(parent) if parent else Nowhere()
        after = self._at(commit.oid)
        paths = [one.path for one in commit.changes]
        return self._changes(before, after, paths, None)

    def _at(self, commit: str) -> AtCommit:
        """Return a commit as a place; the last ones asked for are kept: a parent comes next."""
        place = self._places.pop(commit, None) or AtCommit(self._objects, commit)
        self._places[commit] = place
        if len(self._places) > _KEPT:
            del self._places[next(iter(self._places))]
        return place

    def _may_differ(self, change: Change, item: str) -> bool:
        if not is_sheet(change.path):
            return False
        sides = [self._objects.read(oid) if oid else None for oid in (change.before, change.after)]
        before, after = (entry_of(data or b"", item) for data in sides)
        # Rows that are not laid out as the writer does it are not found, but the id is.
        unsure = before is None and after is None
        return before != after or (unsure and any(item.encode() in (data or b"") for data in sides))

    def _place(
        self, revision: str | None, *, missing_is_empty: bool = False
    ) -> tuple[Place, dict[str, str | None]]:
        """Return a time, and its files with the ids of their contents."""
        if revision is None:
            folder = Folder(self._here.root)
            paths = layout.files_of(self._here.root, self._here.lang, layout.OWN)
            return folder, {path: folder.key(path) for path in paths}
        if missing_is_empty and self._repository.head() is None:
            return Nowhere(), {}
        commit = commit_of(self._repository, revision, self._here.lang)
        blobs = self._repository.tree(commit, layout.OWN)
        return AtCommit(self._objects, commit), {path: one.oid for path, one in blobs.items()}

    def _changes(
        self, before: Place, after: Place, touched: Sequence[str], known: Iterable[str] | None
    ) -> Changes:
        """Tell what changed in the files `touched`; `known` are all files of both times."""
        sheets = sheets_among(list(touched))
        if known is not None and any(_rules(path) for path in touched):
            sheets = list(dict.fromkeys([*sheets, *sheets_among(list(known))]))
        found = [self._sheet(path, before, after) for path in sorted(sheets)]
        told = [one for one in found if isinstance(one, SheetChange) and not one.empty]
        broken = [one for one in found if isinstance(one, FileChange)]
        others = [path for path in touched if not is_sheet(path)]
        return Changes(
            sheets=tuple(told),
            settings=tuple(self._settings(before, after, others)),
            files=(*broken, *self._files(before, after, others)),
        )

    def _sheet(self, path: str, before: Place, after: Place) -> SheetChange | FileChange | None:
        was, now = self._archive.state(before, path), self._archive.state(after, path)
        lost = (was is None and before.key(path)) or (now is None and after.key(path))
        if lost:
            return FileChange(path=path, verb="unreadable")
        return sheet_change(path, was, now) if was or now else None

    def _settings(
        self, before: Place, after: Place, touched: Collection[str]
    ) -> Iterator[SettingChange]:
        for path, read in (
            (layout.CONFIG, self._archive.config),
            (layout.REGISTER, self._archive.register),
        ):
            was: Any = read(before) if path in touched else None
            now: Any = read(after) if path in touched else None
            if was is not None and now is not None:
                yield from setting_changes(path, was, now)
            elif path == layout.REGISTER and now is not None:
                yield from setting_changes(path, {}, now.evidence, ("evidence",))

    def _files(self, before: Place, after: Place, touched: Iterable[str]) -> Iterator[FileChange]:
        for path in touched:
            was, now = before.key(path), after.key(path)
            told = path == layout.REGISTER and now is not None
            if told or (path == layout.CONFIG and was is not None and now is not None):
                continue
            verb = "added" if was is None else "removed" if now is None else "changed"
            yield FileChange(path=path, verb=verb)  # type: ignore[arg-type]  # one of the three


def _rules(path: str) -> bool:
    """Return whether a file decides how sheets that did not change are assessed."""
    return path == layout.CONFIG or path.startswith("checklists/")


def _only(sheet: SheetChange, item: str) -> SheetChange:
    """Return a sheet's change with that item alone."""
    items = tuple(one for one in sheet.items if one.item == item)
    return SheetChange(
        file=sheet.file,
        round=sheet.round,
        title=sheet.title,
        scope_name=sheet.scope_name,
        items=items,
        score_before=sheet.score_before,
        score_after=sheet.score_after,
    )
