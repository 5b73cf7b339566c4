"""A file that was read and can be saved: only edited lines change, and no other save is lost."""

from __future__ import annotations

import contextlib
import dataclasses
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
from assess.model.office import OfficeFile
from assess.model.outside_finding import FindingsFile
from assess.model.receipt import ReceiptsFile
from assess.model.thresholds import ThresholdsFile
from assess.problem import Problem, TreePath
from assess.store.file_limits import limits_of_kind
from assess.store.files import make_and_flush_missing_folders, read_utf8_file, write_atomic
from assess.store.length_limits import refuse_large_file_content, refuse_long_texts
from assess.store.lock import workspace_lock
from assess.store.yaml.field_edit import REMOVE, EditError, FieldEdit
from assess.store.yaml.reading.decode import DecodedYaml, decode_yaml
from assess.store.yaml.reading.tree import CONFLICT, YamlTree

T_co = TypeVar("T_co", covariant=True)

_TURNS: Final = 5
"""How often a save is tried again because the file was replaced meanwhile."""


class _ReplacedError(Exception):
    """Another program wrote the file between the reading and the rename of a save."""


@dataclass(frozen=True)
class OpenFile(Generic[T_co]):
    """A file as it was read. The value never changes: `save` returns a new one."""

    path: Path
    root: Path
    kind: FileKind
    lang: Lang
    text: str
    value: T_co
    loaded: DecodedYaml[T_co]
    fresh: bool = False
    """Whether the file is not on disk yet: the first save creates it."""
    replaced: str | None = None
    """The text that the save replaced; '' for a new file, None if this was not saved."""

    @property
    def name(self) -> str:
        """The file's name in problems: its path from the workspace's root."""
        return _name_relative_to_root(self.path, self.root)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The merge conflicts in the file."""
        return self.loaded.conflicts

    @property
    def reading_warnings(self) -> list[Problem]:
        """The warnings of reading the file."""
        return self.loaded.problems

    def save(self, edits: Sequence[FieldEdit], holder: str = "") -> OpenFile[T_co]:
        """Make the edits in the file on disk and return the file as it is then.

        Nothing is written if the edits change nothing. If another program changed the file since
        it was read, that change stays, provided it concerns other entries (other answers, other
        keys of depth 2). The file's stamp is compared a last time right before the rename. One gap
        remains: a program without the lock, such as an editor, loses its save if it saves between
        that comparison and the rename, or if it writes as many bytes into the same file within one
        tick of the file system's clock. No system call closes this gap.

        Raises:
            ChangedOnDiskError: the same entry was changed on disk, the file can't be read now, or
                it changes all the time.
            LockedError: another process is writing.
            WriteError: the file can't be written, or the edits would change other lines; nothing
                was changed.
            TooLongError: the file could not be read again.
        """
        refuse_long_texts(edits, self.lang)
        with workspace_lock(self.root, holder, self.lang):
            for _turn in range(_TURNS):
                with contextlib.suppress(_ReplacedError):
                    return self._save_once(edits)
        _ = translator(self.lang)
        message = _("{file} is changed by another program again and again").format(file=self.name)
        raise ChangedOnDiskError(message, _("close it there, then make the change again"))

    def _save_once(self, edits: Sequence[FieldEdit]) -> OpenFile[T_co]:
        stamp = _file_stamp(self.path)
        base = self._reread_unless_entries_changed(edits)
        edited_file = base.with_edits(edits)

        def refuse_replaced() -> None:
            if _file_stamp(self.path) != stamp:
                raise _ReplacedError

        if edited_file.text != base.text:
            data = edited_file.text.encode()
            refuse_large_file_content(data, self.kind, self.name, self.lang)
            write_atomic(self.path, data, self.lang, refuse_replaced)
            return dataclasses.replace(edited_file, replaced="" if stamp is None else base.text)
        return edited_file

    def _reread_unless_entries_changed(self, edits: Sequence[FieldEdit]) -> OpenFile[T_co]:
        """Return the file as it is on disk now, unless an edited entry was changed there."""
        _ = translator(self.lang)
        if self.fresh and not self.path.exists():
            make_and_flush_missing_folders(self.path.parent, self.lang)
            return self
        try:
            text = _read_text_of_kind(self.path, self.kind, self.root, self.lang)
            if text == self.text:
                return self
            current = _decode_with_new_text(self, text)
        except FilesError as error:
            raise ChangedOnDiskError(
                _("{file} was changed by another program and can't be read now").format(
                    file=self.name
                ),
                str(error),
            ) from error
        for edit in edits:
            if _content_of_entry(self.loaded.tree, edit.path) != _content_of_entry(
                current.loaded.tree, edit.path
            ):
                message = _("{entry} in {file} was changed by another program since it was read")
                raise ChangedOnDiskError(
                    message.format(entry="/".join(map(str, edit.path[:2])), file=self.name),
                    _("look at the file as it is now, then make the change again"),
                )
        return current

    def read_again(self) -> OpenFile[T_co]:
        """Return the file as it is on disk now, this value if nothing changed.

        Raises:
            FilesError: the file can't be read any more.
        """
        if self.fresh and not self.path.exists():
            return self
        text = _read_text_of_kind(self.path, self.kind, self.root, self.lang)
        return self if text == self.text else _decode_with_new_text(self, text)

    def with_edits(self, edits: Sequence[FieldEdit]) -> OpenFile[T_co]:
        """Return the file with the edits made in memory.

        The number in its `format:` line rises if an edit needs a higher one.

        Raises:
            WriteError: the edits would change other lines.
        """
        from assess.store.yaml.writing.edit import apply_edits  # noqa: PLC0415  # most commands only read
        from assess.store.yaml.writing.format_numbers import (  # noqa: PLC0415  # see above
            edits_raising_format_number,
        )

        try:
            text = apply_edits(self.text, edits, self.loaded.lines)
            if text == self.text:
                return self
            expected = _content_after_edits(self.loaded.tree, edits)
            raising = edits_raising_format_number(self.kind, expected[0])
            if raising:
                text = apply_edits(text, raising)
                expected = _content_after_edits(self.loaded.tree, [*edits, *raising])
            edited_file = _decode_with_new_text(self, text)
        except (EditError, FilesError) as error:
            raise self._make_unsafe_edit_error(str(error)) from error
        if expected != _content_of_tree(edited_file.loaded.tree):
            raise self._make_unsafe_edit_error("")
        return edited_file

    def _make_unsafe_edit_error(self, detail: str) -> WriteError:
        _ = translator(self.lang)
        message = _("this change can't be made in {file} without touching other lines")
        hint = _("nothing was changed; edit the file by hand")
        return WriteError(message.format(file=self.name), f"{hint} {detail}".rstrip())


@overload
def read_valid_yaml_file(
    path: Path, kind: Literal["sheet"], root: Path, lang: Lang
) -> OpenFile[Sheet]: ...
@overload
def read_valid_yaml_file(
    path: Path, kind: Literal["config"], root: Path, lang: Lang
) -> OpenFile[Config]: ...
@overload
def read_valid_yaml_file(
    path: Path, kind: Literal["register"], root: Path, lang: Lang
) -> OpenFile[Register]: ...
@overload
def read_valid_yaml_file(
    path: Path, kind: Literal["findings"], root: Path, lang: Lang
) -> OpenFile[FindingsFile]: ...
@overload
def read_valid_yaml_file(
    path: Path, kind: Literal["checklist"], root: Path, lang: Lang
) -> OpenFile[Checklist]: ...
@overload
def read_valid_yaml_file(
    path: Path, kind: Literal["office"], root: Path, lang: Lang
) -> OpenFile[OfficeFile]: ...
@overload
def read_valid_yaml_file(
    path: Path, kind: Literal["receipts"], root: Path, lang: Lang
) -> OpenFile[ReceiptsFile]: ...
@overload
def read_valid_yaml_file(
    path: Path, kind: Literal["thresholds"], root: Path, lang: Lang
) -> OpenFile[ThresholdsFile]: ...
@overload
def read_valid_yaml_file(path: Path, kind: FileKind, root: Path, lang: Lang) -> OpenFile[Any]: ...
def read_valid_yaml_file(path: Path, kind: FileKind, root: Path, lang: Lang) -> OpenFile[Any]:
    """Read a file of the workspace at `root`.

    Raises:
        FilesError: the file has errors; it has all problems.
    """
    text = _read_text_of_kind(path, kind, root, lang)
    return _decode_file_or_raise(path, root, kind, lang, text)


def _read_text_of_kind(path: Path, kind: FileKind, root: Path, lang: Lang) -> str:
    name = _name_relative_to_root(path, root)
    return read_utf8_file(path, lang, name, limits_of_kind(kind).size, follow_links=False)


def open_unwritten_file(
    path: Path, kind: FileKind, root: Path, lang: Lang, text: str
) -> OpenFile[Any]:
    """Return a file that is not on disk yet, with its first text; nothing is written."""
    return dataclasses.replace(_decode_file_or_raise(path, root, kind, lang, text), fresh=True)


def _file_stamp(path: Path) -> tuple[int, int, int] | None:
    """Return inode, time and size of a file, which differ after each write; None without a file."""
    try:
        now = path.lstat()
    except OSError:
        return None
    return now.st_ino, now.st_mtime_ns, now.st_size


def _decode_with_new_text(file: OpenFile[T_co], text: str) -> OpenFile[T_co]:
    return _decode_file_or_raise(file.path, file.root, file.kind, file.lang, text)


def _decode_file_or_raise(
    path: Path, root: Path, kind: FileKind, lang: Lang, text: str
) -> OpenFile[Any]:
    name = _name_relative_to_root(path, root)
    loaded = decode_yaml(text, kind, name, lang)
    if loaded.value is None:
        _ = translator(lang)
        raise FilesError(_("{file} can't be read").format(file=name), loaded.problems)
    return OpenFile(path, root, kind, lang, text, loaded.value, loaded)


def _name_relative_to_root(path: Path, root: Path) -> str:
    with contextlib.suppress(ValueError):
        return path.relative_to(root).as_posix()
    return str(path)


_Content = tuple[Any, dict[TreePath, Any]]
"""The whole content of a tree: its value, and the conflicts that were taken out of it."""


def _content_of_tree(tree: YamlTree) -> _Content:
    return tree.value, tree.conflicts


def _content_of_entry(tree: YamlTree, path: TreePath) -> _Content:
    """Return the content of the entry that `path` is in or names."""
    entry = path[:2]
    value = tree.value
    for key in entry:
        value = value.get(key) if isinstance(value, dict) else None
    return value, {
        conflict_path: raw
        for conflict_path, raw in tree.conflicts.items()
        if conflict_path[: len(entry)] == entry
    }


def _content_after_edits(tree: YamlTree, edits: Sequence[FieldEdit]) -> _Content:
    """Return the content that the tree must have after the edits."""
    value, conflicts = tree.value, dict(tree.conflicts)
    for edit in edits:
        path, new = edit.path, edit.with_plain_value().value
        if path[-1] == CONFLICT:
            conflicts.pop(path[:-1], None)
            if new is not REMOVE:
                conflicts[path[:-1]] = new
            continue
        conflicts = {
            conflict_path: raw
            for conflict_path, raw in conflicts.items()
            if conflict_path[: len(path)] != path
        }
        value = _copy_with_field(value, path, _take_out_conflicts(new, path, conflicts))
    return value, conflicts


def _take_out_conflicts(value: Any, path: TreePath, conflicts_by_path: dict[TreePath, Any]) -> Any:
    """Return `value` as the reader gives it: its conflicts are moved into `conflicts_by_path`."""
    if isinstance(value, list):
        return [
            _take_out_conflicts(inner, (*path, index), conflicts_by_path)
            for index, inner in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    if CONFLICT in value:
        conflicts_by_path[path] = value[CONFLICT]
    return {
        key: _take_out_conflicts(inner, (*path, key), conflicts_by_path)
        for key, inner in value.items()
        if key != CONFLICT
    }


def _copy_with_field(tree: Any, path: TreePath, new_value: Any) -> Any:
    """Return a copy of the tree with one field changed; it shares all other parts."""
    if not path:
        return new_value
    key, *rest = path
    copy = dict(tree or {})
    if rest and new_value is REMOVE and key not in copy:
        return copy
    inner = _copy_with_field(copy.get(key), tuple(rest), new_value)
    if inner is REMOVE:
        copy.pop(key, None)
    else:
        copy[key] = inner
    return copy
