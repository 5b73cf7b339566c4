"""Files of a workspace in its folder or at a commit; each content is decoded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from assess import locations
from assess.engine.history.changes import SheetState
from assess.engine.scoring.assessment import assess_sheet
from assess.i18n import Lang
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.formats import FileKind
from assess.model.outside_finding import FindingsFile
from assess.model.results import Assessment
from assess.store.files import MAX_FILE
from assess.store.git.history.sheet_versions import SheetVersion, decode_sheet_version
from assess.store.git.run.checked_objects import CheckedObjects
from assess.store.git.run.file_ids import compute_git_blob_id
from assess.store.git.run.plumbing import Blob
from assess.store.yaml.reading.decode import decode_yaml

_TOO_LARGE: Final = "too large"
"""The content id of all files that are too large to be read."""


class FileTree(Protocol):
    """The files of a workspace at a time, looked up by path from its root."""

    def content_id(self, path: str) -> str | None:
        """Return the id of a file's content; None where there is no such file."""

    def read_bytes_unless_large(self, path: str) -> bytes:
        """Return the bytes of an existing file."""


class EmptyTree:
    """The files before the first commit: none."""

    def content_id(self, path: str) -> str | None:
        """Return None: there are no files."""
        return None

    def read_bytes_unless_large(self, path: str) -> bytes:
        """Return no bytes; never called, because there are no files."""
        return b""


class FolderTree:
    """The files in the workspace's folder now."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def content_id(self, path: str) -> str | None:
        """Return the object id that git would give to the file."""
        whole = self._root / path
        if not whole.is_file():
            return None
        return compute_git_blob_id(whole) if whole.stat().st_size <= MAX_FILE else _TOO_LARGE

    def read_bytes_unless_large(self, path: str) -> bytes:
        """Return the bytes of the file; no bytes where it is too large to be read."""
        whole = self._root / path
        return whole.read_bytes() if whole.stat().st_size <= MAX_FILE else b""


class CommitTree:
    """The files of a commit, whose folders are read when they are needed."""

    def __init__(self, objects: CheckedObjects, commit: str) -> None:
        self._objects = objects
        self._commit = commit
        self._keys: dict[str, str | None] = {}

    def content_id(self, path: str) -> str | None:
        """Return the object id of the file."""
        if path not in self._keys:
            self._keys[path] = self._objects.find_file_object_id(self._commit, path)
        return self._keys[path]

    def read_bytes_unless_large(self, path: str) -> bytes:
        """Return the bytes of the file; no bytes where it is too large to be read."""
        oid = self.content_id(path)
        return (self._objects.read_blob_within_limit(oid, MAX_FILE) if oid else None) or b""


class ListedTree:
    """The files of a commit whose folders were read before."""

    def __init__(self, objects: CheckedObjects, blobs: Mapping[str, Blob]) -> None:
        self._objects = objects
        self._blobs = blobs

    def content_id(self, path: str) -> str | None:
        """Return the object id of the file."""
        blob = self._blobs.get(path)
        return None if blob is None else blob.oid

    def read_bytes_unless_large(self, path: str) -> bytes:
        """Return the bytes of the file; no bytes where it is too large to be read."""
        return self._objects.read_blob_within_limit(self._blobs[path].oid, MAX_FILE) or b""


class DecodedFileCache:
    """Decoded files and assessments, by content: each version of a file is decoded once."""

    def __init__(self, today: date, lang: Lang) -> None:
        self._today = today
        self._lang = lang
        self._values: dict[tuple[FileKind, str], Any] = {}
        self._versions: dict[str, SheetVersion | None] = {}
        self._near: dict[str, SheetVersion] = {}
        self._states: dict[tuple[str | None, ...], SheetState] = {}
        self._assessments: dict[tuple[str | bool | None, ...], Assessment] = {}

    def read_config(self, tree: FileTree) -> Config | None:
        """Return assess.yaml of a file tree; None where it is missing or can't be read."""
        value: Config | None = self._decode_file(tree, locations.CONFIG, "config")
        return value

    def read_register(self, tree: FileTree) -> Register | None:
        """Return the register of a file tree; None where it is missing or can't be read."""
        value: Register | None = self._decode_file(tree, locations.REGISTER, "register")
        return value

    def read_findings(self, tree: FileTree) -> FindingsFile | None:
        """Return findings.yaml of a file tree; None where it is missing or can't be read."""
        value: FindingsFile | None = self._decode_file(tree, locations.FINDINGS, "findings")
        return value

    def read_sheet_state(self, tree: FileTree, path: str) -> SheetState | None:
        """Return a sheet of a file tree, assessed where the files that it needs can be read.

        The result is None where the sheet is missing or can't be read.
        """
        key = tree.content_id(path)
        version = self._read_version(tree, path, key)
        if version is None:
            return None
        sheet = version.sheet
        pinned = locations.checklist_path(sheet.checklist.id)
        rules = tuple(
            tree.content_id(rule_path)
            for rule_path in (locations.CONFIG, locations.REGISTER, pinned)
        )
        if (key, *rules) not in self._states:
            reviewed = sheet.people.reviewer is not None
            near = self._assessments.get((path, reviewed, *rules))
            state = self._assess_sheet(tree, sheet, pinned, near)
            self._states[key, *rules] = state
            if state.assessment is not None:
                self._assessments[path, reviewed, *rules] = state.assessment
        return self._states[key, *rules]

    def _assess_sheet(
        self, tree: FileTree, sheet: Sheet, pinned: str, near: Assessment | None
    ) -> SheetState:
        checklist: Checklist | None = self._decode_file(tree, pinned, "checklist")
        config = self.read_config(tree)
        if checklist is None or config is None:
            return SheetState(sheet)
        register = self.read_register(tree) or Register(format="")
        return SheetState(
            sheet, assess_sheet(checklist, sheet, config, register, self._today, near)
        )

    def _read_version(self, tree: FileTree, path: str, key: str | None) -> SheetVersion | None:
        if key is None:
            return None
        if key not in self._versions:
            version = decode_sheet_version(
                tree.read_bytes_unless_large(path), self._near.get(path), self._lang
            )
            self._versions[key] = version
            if version is not None:
                self._near[path] = version
        return self._versions[key]

    def _decode_file(self, tree: FileTree, path: str, kind: FileKind) -> Any:
        key = tree.content_id(path)
        if key is None:
            return None
        if (kind, key) not in self._values:
            text = tree.read_bytes_unless_large(path).decode("utf-8", "replace")
            self._values[kind, key] = decode_yaml(text, kind, path, self._lang).value
        return self._values[kind, key]


def is_sheet_path(path: str) -> bool:
    """Return whether a path is that of a sheet."""
    parts = path.split("/")
    return (
        len(parts) == len((locations.ANSWERS, "round", "sheet"))
        and parts[0] == locations.ANSWERS
        and (path.endswith(".yaml"))
    )


def select_sheet_paths(paths: Iterator[str] | list[str]) -> list[str]:
    """Return the paths that are sheets."""
    return [path for path in paths if is_sheet_path(path)]
