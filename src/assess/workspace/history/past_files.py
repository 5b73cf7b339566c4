"""Files of a workspace at any time: in its folder, or at a commit; each content is read once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from assess.engine.history.changes import State
from assess.engine.scoring.assessment import assess
from assess.i18n import Lang
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.formats import FileKind
from assess.model.results import Assessment
from assess.store import layout
from assess.store.files import MAX_FILE
from assess.store.git.history.sheet_versions import Version, read_version
from assess.store.git.run.commits import Objects
from assess.store.git.run.file_ids import file_id
from assess.store.yaml.reading.decode import decode

_TOO_LARGE: Final = "too large"
"""The id of all files that are larger than any that can be read."""


class Place(Protocol):
    """A time: where the files of the workspace are looked up by path from its root."""

    def key(self, path: str) -> str | None:
        """Return the id of a file's content, None where there is no such file."""

    def data(self, path: str) -> bytes:
        """Return the bytes of a file that is there."""


class Nowhere:
    """Before the first commit."""

    def key(self, path: str) -> str | None:
        """Return None: there are no files."""
        return None

    def data(self, path: str) -> bytes:
        """Return nothing; never asked for."""
        return b""


class Folder:
    """The workspace's folder as it is now."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def key(self, path: str) -> str | None:
        """Return the id that git would give to the file."""
        whole = self._root / path
        if not whole.is_file():
            return None
        return file_id(whole) if whole.stat().st_size <= MAX_FILE else _TOO_LARGE

    def data(self, path: str) -> bytes:
        """Return the bytes of the file; nothing where it is larger than any that can be read."""
        whole = self._root / path
        return whole.read_bytes() if whole.stat().st_size <= MAX_FILE else b""


class AtCommit:
    """A commit."""

    def __init__(self, objects: Objects, commit: str) -> None:
        self._objects = objects
        self._commit = commit
        self._keys: dict[str, str | None] = {}
        """Every question costs two switches between processes."""

    def key(self, path: str) -> str | None:
        """Return the object id of the file."""
        if path not in self._keys:
            self._keys[path] = self._objects.oid(self._commit, path)
        return self._keys[path]

    def data(self, path: str) -> bytes:
        """Return the bytes of the file; nothing where the object is missing or too large."""
        oid = self.key(path)
        return (self._objects.read(oid, MAX_FILE) if oid else None) or b""


class Archive:
    """What the files said, by content: one version is decoded once, however often it is met."""

    def __init__(self, today: date, lang: Lang) -> None:
        self._today = today
        self._lang = lang
        self._values: dict[tuple[FileKind, str], Any] = {}
        self._versions: dict[str, Version | None] = {}
        self._near: dict[str, Version] = {}
        self._states: dict[tuple[str | None, ...], State] = {}
        self._assessments: dict[tuple[str | bool | None, ...], Assessment] = {}

    def config(self, place: Place) -> Config | None:
        """Return assess.yaml of that time, None where it is missing or can't be read."""
        value: Config | None = self._value(place, layout.CONFIG, "config")
        return value

    def register(self, place: Place) -> Register | None:
        """Return the register of that time."""
        value: Register | None = self._value(place, layout.REGISTER, "register")
        return value

    def state(self, place: Place, path: str) -> State | None:
        """Return a sheet of that time, assessed where the files it needs can be read.

        None where it is missing or can't be read.
        """
        key = place.key(path)
        version = self._version(place, path, key)
        if version is None:
            return None
        sheet = version.sheet
        pinned = layout.checklist_path(sheet.checklist.id)
        rules = tuple(place.key(one) for one in (layout.CONFIG, layout.REGISTER, pinned))
        if (key, *rules) not in self._states:
            reviewed = sheet.people.reviewer is not None
            near = self._assessments.get((path, reviewed, *rules))
            state = self._assessed(place, sheet, pinned, near)
            self._states[key, *rules] = state
            if state.assessment is not None:
                self._assessments[path, reviewed, *rules] = state.assessment
        return self._states[key, *rules]

    def _assessed(self, place: Place, sheet: Sheet, pinned: str, near: Assessment | None) -> State:
        checklist: Checklist | None = self._value(place, pinned, "checklist")
        config = self.config(place)
        if checklist is None or config is None:
            return State(sheet)
        register = self.register(place) or Register(format="")
        return State(sheet, assess(checklist, sheet, config, register, self._today, near))

    def _version(self, place: Place, path: str, key: str | None) -> Version | None:
        if key is None:
            return None
        if key not in self._versions:
            version = read_version(place.data(path), self._near.get(path), self._lang)
            self._versions[key] = version
            if version is not None:
                self._near[path] = version
        return self._versions[key]

    def _value(self, place: Place, path: str, kind: FileKind) -> Any:
        key = place.key(path)
        if key is None:
            return None
        if (kind, key) not in self._values:
            text = place.data(path).decode("utf-8", "replace")
            self._values[kind, key] = decode(text, kind, path, self._lang).value
        return self._values[kind, key]


def is_sheet(path: str) -> bool:
    """Return whether a path is that of a sheet."""
    parts = path.split("/")
    return (
        len(parts) == len(("answers", "round", "sheet"))
        and parts[0] == "answers"
        and (path.endswith(".yaml"))
    )


def sheets_among(paths: Iterator[str] | list[str]) -> list[str]:
    """Return the paths that are sheets."""
    return [path for path in paths if is_sheet(path)]
