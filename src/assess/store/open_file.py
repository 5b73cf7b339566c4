"""A file that was read and may be saved: surgical, atomic, and never over another's change."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, Literal, TypeVar, overload

from assess.errors import ChangedOnDiskError, FilesError, WriteError
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.model.formats import FileKind
from assess.problem import Path as TreePath
from assess.problem import Problem
from assess.store.files import make_folders, read_text, write_atomic
from assess.store.length_limits import refuse_large, refuse_long_texts
from assess.store.lock import locked
from assess.store.yaml.reading.decode import Loaded, decode
from assess.store.yaml.reading.tree import CONFLICT, Tree
from assess.store.yaml.writing.edit import REMOVE, Edit, EditError, apply
from assess.store.yaml.writing.format_numbers import raising_edits

T_co = TypeVar("T_co", covariant=True)

_TURNS: Final = 5
"""How often a save begins anew because the file was replaced meanwhile."""


class _ReplacedError(Exception):
    """Another program wrote the file after it was read to be saved."""


@dataclass(frozen=True)
class OpenFile(Generic[T_co]):
    """A file as it was read. It never changes: `save` returns the next one."""

    path: Path
    root: Path
    kind: FileKind
    lang: Lang
    text: str
    value: T_co
    loaded: Loaded[T_co]
    fresh: bool = False
    """Not on disk yet: the first save makes the file."""
    replaced: str | None = None
    """What the save that gave this replaced; '' where the file was not there, None without one."""

    @property
    def name(self) -> str:
        """The file's name in problems: its path from the workspace's root."""
        return _name(self.path, self.root)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that stand in the file."""
        return self.loaded.conflicts

    @property
    def problems(self) -> list[Problem]:
        """The warnings that reading gave."""
        return self.loaded.problems

    def save(self, edits: Sequence[Edit], holder: str = "") -> OpenFile[T_co]:
        """Make the edits in the file on disk and return it as it is then.

        Nothing is written where the edits change nothing. Where another program changed the file
        since it was read, its change is kept if it concerns other entries (other answers, other
        keys of depth 2). The file is looked at a last time right before it is replaced. What
        remains: a program that does not take the lock (an editor) and saves in the microseconds
        between that look and the rename loses its save, and so does one that writes as many bytes
        into the same file within one tick of the file system's clock. No call closes that gap.

        Raises:
            ChangedOnDiskError: the same entry was changed there, the file can't be read now, or it
                changes all the time.
            LockedError: another process is writing.
            WriteError: the file can't be written, or the result would not be what was meant;
                nothing was changed. (TooLongError: it could not be read again.)
        """
        refuse_long_texts(edits, self.lang)
        with locked(self.root, holder, self.lang):
            for _turn in range(_TURNS):
                with contextlib.suppress(_ReplacedError):
                    return self._saved(edits)
        _ = translator(self.lang)
        message = _("{file} is changed by another program again and again").format(file=self.name)
        raise ChangedOnDiskError(message, _("close it there, then make the change again"))

    def _saved(self, edits: Sequence[Edit]) -> OpenFile[T_co]:
        stamp = _stamp(self.path)
        base = self._on_disk(edits)
        next_one = base.edited(edits)

        def rename(new: Path, old: Path) -> None:
            if _stamp(old) != stamp:
                raise _ReplacedError
            os.replace(new, old)  # noqa: PTH105  # one word for what it does

        if next_one.text != base.text:
            data = next_one.text.encode()
            refuse_large(data, self.name, self.lang)
            write_atomic(self.path, data, self.lang, rename)
            replaced = "" if stamp is None else base.text
            return dataclasses.replace(next_one, replaced=replaced)
        return next_one

    def _on_disk(self, edits: Sequence[Edit]) -> OpenFile[T_co]:
        """Return the file as it is on disk now; its change must leave the edited entries alone."""
        _ = translator(self.lang)
        if self.fresh and not self.path.exists():
            make_folders(self.path.parent, self.lang)
            return self
        try:
            text = read_text(self.path, self.lang, self.name, links=False)
            if text == self.text:
                return self
            now = _opened(self, text)
        except FilesError as error:
            raise ChangedOnDiskError(
                _("{file} was changed by another program and can't be read now").format(
                    file=self.name
                ),
                str(error),
            ) from error
        for edit in edits:
            if _entry(self.loaded.tree, edit.path) != _entry(now.loaded.tree, edit.path):
                message = _("{entry} in {file} was changed by another program since it was read")
                raise ChangedOnDiskError(
                    message.format(entry="/".join(map(str, edit.path[:2])), file=self.name),
                    _("look at the file as it is now, then make the change again"),
                )
        return now

    def refreshed(self) -> OpenFile[T_co]:
        """Return the file as it is on disk now; itself where nothing changed.

        Raises:
            FilesError: it can't be read any more.
        """
        if self.fresh and not self.path.exists():
            return self
        text = read_text(self.path, self.lang, self.name, links=False)
        return self if text == self.text else _opened(self, text)

    def edited(self, edits: Sequence[Edit]) -> OpenFile[T_co]:
        """Return the file with the edits made, in memory.

        The number in its `format:` line rises where an edit brings what came with a higher one.

        Raises:
            WriteError: the result would not be what was meant.
        """
        try:
            text = apply(self.text, edits, self.loaded.lines)
            if text == self.text:
                return self
            expected = _expected(self.loaded.tree, edits)
            raising = raising_edits(self.kind, expected[0])
            if raising:
                text = apply(text, raising)
                expected = _expected(self.loaded.tree, [*edits, *raising])
            next_one = _opened(self, text)
        except (EditError, FilesError) as error:
            raise self._not_meant(str(error)) from error
        if expected != _content(next_one.loaded.tree):
            raise self._not_meant("")
        return next_one

    def _not_meant(self, reason: str) -> WriteError:
        _ = translator(self.lang)
        message = _("this change can't be made in {file} without touching other lines")
        hint = _("nothing was changed; edit the file by hand")
        return WriteError(message.format(file=self.name), f"{hint} {reason}".rstrip())


@overload
def read(path: Path, kind: Literal["sheet"], root: Path, lang: Lang) -> OpenFile[Sheet]: ...
@overload
def read(path: Path, kind: Literal["config"], root: Path, lang: Lang) -> OpenFile[Config]: ...
@overload
def read(path: Path, kind: Literal["register"], root: Path, lang: Lang) -> OpenFile[Register]: ...
@overload
def read(path: Path, kind: Literal["checklist"], root: Path, lang: Lang) -> OpenFile[Checklist]: ...
@overload
def read(path: Path, kind: FileKind, root: Path, lang: Lang) -> OpenFile[Any]: ...
def read(path: Path, kind: FileKind, root: Path, lang: Lang) -> OpenFile[Any]:
    """Read a file of the workspace at `root`.

    Raises:
        FilesError: with every problem, if there is an error among them.
    """
    name = _name(path, root)
    text = read_text(path, lang, name, links=False)
    return _checked(path, root, kind, lang, text)


def fresh(path: Path, kind: FileKind, root: Path, lang: Lang, text: str) -> OpenFile[Any]:
    """Return a file that is not there yet, as it will begin; nothing is written."""
    return dataclasses.replace(_checked(path, root, kind, lang, text), fresh=True)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what tells one state of a file from another, None where it is not there."""
    try:
        now = path.lstat()
    except OSError:
        return None
    return now.st_ino, now.st_mtime_ns, now.st_size


def _opened(file: OpenFile[T_co], text: str) -> OpenFile[T_co]:
    return _checked(file.path, file.root, file.kind, file.lang, text)


def _checked(path: Path, root: Path, kind: FileKind, lang: Lang, text: str) -> OpenFile[Any]:
    name = _name(path, root)
    loaded = decode(text, kind, name, lang)
    if loaded.value is None:
        _ = translator(lang)
        raise FilesError(_("{file} can't be read").format(file=name), loaded.problems)
    return OpenFile(path, root, kind, lang, text, loaded.value, loaded)


def _name(path: Path, root: Path) -> str:
    with contextlib.suppress(ValueError):
        return path.relative_to(root).as_posix()
    return str(path)


_Content = tuple[Any, dict[TreePath, Any]]
"""Everything a tree says: its value, and the conflicts that were taken out of it."""


def _content(tree: Tree) -> _Content:
    return tree.value, tree.conflicts


def _entry(tree: Tree, path: TreePath) -> _Content:
    """Return all that a tree says of the entry that `path` is in or is."""
    entry = path[:2]
    value = tree.value
    for key in entry:
        value = value.get(key) if isinstance(value, dict) else None
    return value, {at: raw for at, raw in tree.conflicts.items() if at[: len(entry)] == entry}


def _expected(tree: Tree, edits: Sequence[Edit]) -> _Content:
    """Return what the tree must say after the edits."""
    value, conflicts = tree.value, dict(tree.conflicts)
    for edit in edits:
        path, new = edit.path, edit.plainly().value
        if path[-1] == CONFLICT:
            conflicts.pop(path[:-1], None)
            if new is not REMOVE:
                conflicts[path[:-1]] = new
            continue
        conflicts = {at: raw for at, raw in conflicts.items() if at[: len(path)] != path}
        value = _with(value, path, _without_conflicts(new, path, conflicts))
    return value, conflicts


def _without_conflicts(value: Any, path: TreePath, taken: dict[TreePath, Any]) -> Any:
    """Return `value` as the reader gives it: conflicts taken out, into `taken`."""
    if isinstance(value, list):
        return [_without_conflicts(one, (*path, at), taken) for at, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if CONFLICT in value:
        taken[path] = value[CONFLICT]
    return {
        key: _without_conflicts(one, (*path, key), taken)
        for key, one in value.items()
        if key != CONFLICT
    }


def _with(tree: Any, path: TreePath, new: Any) -> Any:
    """Return a copy of the tree with one field changed; all else is shared with it."""
    if not path:
        return new
    key, *rest = path
    copy = dict(tree or {})
    if rest and new is REMOVE and key not in copy:
        return copy
    inner = _with(copy.get(key), tuple(rest), new)
    if inner is REMOVE:
        copy.pop(key, None)
    else:
        copy[key] = inner
    return copy
