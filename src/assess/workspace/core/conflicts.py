"""Conflicts that stand in the files of a workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assess.engine.merge.settle import can_settle, settlement
from assess.errors import FilesError, UsageError
from assess.i18n import Lang, translator
from assess.model.conflict import ABSENT, Conflict
from assess.model.formats import FileKind
from assess.problem import Path as TreePath
from assess.problem import Problem
from assess.store import layout, open_file
from assess.store.files import read_text
from assess.store.open_file import OpenFile
from assess.store.yaml.reading.decode import decode
from assess.store.yaml.writing.edit import REMOVE, Edit


class Standing(NamedTuple):
    """A conflict and the file it stands in, by path from the workspace's root."""

    file: str
    conflict: Conflict


def conflicts(root: Path, lang: Lang) -> list[Standing]:
    """Return the conflicts of all files, in their order.

    Only files that hold the word are decoded: a workspace without conflicts costs reading it.

    Raises:
        FilesError: a file is no text.
    """
    found = []
    for path, kind in _files(root):
        name = path.relative_to(root).as_posix()
        text = read_text(path, lang, name, links=False)
        if "conflict" in text:
            found += [Standing(name, one) for one in decode(text, kind, name, lang).conflicts]
    return found


def unreadable(root: Path, lang: Lang) -> list[Problem]:
    """Return why files can't be read: a merge by lines breaks what both sides had right."""
    problems: list[Problem] = []
    for path, kind in _files(root):
        name = path.relative_to(root).as_posix()
        try:
            loaded = decode(read_text(path, lang, name, links=False), kind, name, lang)
        except FilesError as error:
            problems += error.problems
        else:
            problems += () if loaded.value is not None else loaded.problems
    return problems


def settle(root: Path, standing: Standing, lang: Lang, *, theirs: bool, holder: str = "") -> None:
    """Write the decision for one conflict: ours or theirs; the row goes.

    Raises:
        UsageError: the conflict is about the order or the entries of a list, or has gone since.
        ChangedOnDiskError, LockedError, WriteError, FilesError: as OpenFile.
    """
    file, rows, chosen = open_conflict(root, standing, lang, theirs=theirs)
    path = standing.conflict.path
    fields = settlement(rows, chosen, theirs=theirs)
    file.save([edit(path, key, value) for key, value in fields.items()], holder)


class Opened(NamedTuple):
    """A file in which a conflict stands, the rows of its mapping, and which of them it is."""

    file: OpenFile[Any]
    rows: Sequence[Mapping[str, Any]]
    chosen: int


def open_conflict(root: Path, standing: Standing, lang: Lang, *, theirs: bool) -> Opened:
    """Read the file of a conflict to settle it.

    Raises:
        UsageError: the conflict is about the order or the entries of a list, or has gone since.
        FilesError: the file can't be read.
    """
    _ = translator(lang)
    path, field = standing.conflict.path, standing.conflict.row.field
    if not can_settle(standing.conflict, theirs=theirs):
        message = _("{field} in {file} must be decided in an editor")
        raise UsageError(message.format(field=field, file=standing.file), "assess lint")
    kind: FileKind = dict(_files(root)).get(root / standing.file, "sheet")
    file = open_file.read(root / standing.file, kind, root, lang)
    rows = [one for one in file.conflicts if one.path == path]
    if standing.conflict not in rows:
        raise UsageError(_("this conflict is settled already"), "assess status")
    return Opened(file, file.loaded.tree.conflicts[path], rows.index(standing.conflict))


def edit(path: TreePath, key: str, value: Any) -> Edit:
    """Return the edit that gives a field of a mapping its value; ABSENT removes it."""
    return Edit((*path, key), REMOVE if value is ABSENT else value)


def _files(root: Path) -> list[tuple[Path, FileKind]]:
    files: list[tuple[Path, FileKind]] = [
        (root / layout.CONFIG, "config"),
        (root / layout.REGISTER, "register"),
        *((path, "checklist") for path in sorted((root / "checklists").glob("*.yaml"))),
        *((path, "sheet") for path in sorted((root / "answers").glob("*/*.yaml"))),
    ]
    return [(path, kind) for path, kind in files if path.is_file()]
