"""Conflicts in the files of a workspace."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assess.engine.merge.conflict_names import make_conflict_name
from assess.errors import FilesError, UsageError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.model.conflict import ABSENT, Conflict
from assess.model.formats import FileKind
from assess.problem import Problem, TreePath
from assess.store import layout, open_file
from assess.store.files import read_utf8_file
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.reading.positions import locate_problems


class FileConflict(NamedTuple):
    """A conflict, with the path of its file from the workspace's root, and the kind of the file."""

    file: str
    kind: FileKind
    conflict: Conflict


def find_conflicts(root: Path, lang: Lang) -> list[FileConflict]:
    """Return the conflicts of all files, in the order of the files.

    Only files that contain the word `conflict` are decoded. A workspace without conflicts is only
    read.

    Raises:
        FilesError: a file is not text.
    """
    file_conflicts = []
    for path, kind in layout.list_yaml_files(root):
        name = path.relative_to(root).as_posix()
        text = read_utf8_file(path, lang, name, follow_links=False)
        if "conflict" in text:
            file_conflicts += [
                FileConflict(name, kind, conflict)
                for conflict in decode_yaml(text, kind, name, lang).conflicts
            ]
    return file_conflicts


def list_conflict_problems(
    root: Path, lang: Lang, only_files: Collection[str] | None = None
) -> list[Problem]:
    """Return a problem for each conflict of all files, or of those in `only_files`.

    Raises:
        FilesError: a file is not text.
    """
    problems_by_file: dict[str, list[Problem]] = {}
    for file, _kind, conflict in find_conflicts(root, lang):
        if only_files is None or file in only_files:
            problems_by_file.setdefault(file, []).append(
                _make_conflict_problem(file, conflict, lang)
            )
    return [
        problem
        for file, problems in problems_by_file.items()
        for problem in locate_problems((root / file).read_text("utf-8"), problems)
    ]


def _make_conflict_problem(file: str, conflict: Conflict, lang: Lang) -> Problem:
    _ = translator(lang)
    place = ".".join(map(str, conflict.path)) or file
    text = _("both sides changed {field} of {place}").format(field=conflict.row.field, place=place)
    name = " ".join(map(quote_for_shell, (file, *make_conflict_name(conflict))))
    hint = f"assess settle {name} --ours|--theirs; assess fill"
    return Problem(file, "conflict", text, hint, path=(*conflict.path, "conflict"))


def find_unreadable_file_problems(root: Path, lang: Lang) -> list[Problem]:
    """Return the problems of files that can't be read, as a merge by lines leaves them."""
    problems: list[Problem] = []
    for path, kind in layout.list_yaml_files(root):
        name = path.relative_to(root).as_posix()
        try:
            loaded = decode_yaml(
                read_utf8_file(path, lang, name, follow_links=False), kind, name, lang
            )
        except FilesError as error:
            problems += error.problems
        else:
            problems += () if loaded.value is not None else loaded.problems
    return problems


def settle_conflict_with_side(
    root: Path, file_conflict: FileConflict, lang: Lang, *, theirs: bool, holder: str = ""
) -> None:
    """Write the decision for a conflict, ours or theirs, and remove its row.

    Raises:
        UsageError: the conflict is about the order or the entries of a list, or no longer exists.
        ChangedOnDiskError, LockedError, WriteError, FilesError: as OpenFile.
    """
    from assess.engine.merge.settle import fields_after_settling  # noqa: PLC0415  # 2 ms at every start

    file, rows, chosen = read_file_to_settle_conflict(root, file_conflict, lang, theirs=theirs)
    path = file_conflict.conflict.path
    entry = value_at_path(file.loaded.tree.value, path)
    fields = fields_after_settling(entry, rows, chosen, theirs=theirs)
    file.save([make_field_edit(path, key, value) for key, value in fields.items()], holder)


class OpenConflict(NamedTuple):
    """A file with a conflict, the conflict rows of the mapping, and the index of the row."""

    file: OpenFile[Any]
    rows: Sequence[Mapping[str, Any]]
    chosen: int


def read_file_to_settle_conflict(
    root: Path, file_conflict: FileConflict, lang: Lang, *, theirs: bool
) -> OpenConflict:
    """Read the file of a conflict to settle it.

    Raises:
        UsageError: the conflict is about the order or the entries of a list, or no longer exists.
        FilesError: the file can't be read.
    """
    _ = translator(lang)
    path, field = file_conflict.conflict.path, file_conflict.conflict.row.field
    from assess.engine.merge.settle import can_settle_without_editor  # noqa: PLC0415  # 2 ms at every start

    if not can_settle_without_editor(file_conflict.conflict, theirs=theirs):
        message = _("{field} in {file} must be decided in an editor")
        raise UsageError(message.format(field=field, file=file_conflict.file), "assess lint")
    path_on_disk = root / file_conflict.file
    file = open_file.read_valid_yaml_file(path_on_disk, file_conflict.kind, root, lang)
    rows = [conflict for conflict in file.conflicts if conflict.path == path]
    if file_conflict.conflict not in rows:
        raise UsageError(_("this conflict is settled already"), "assess status")
    return OpenConflict(file, file.loaded.tree.conflicts[path], rows.index(file_conflict.conflict))


def value_at_path(tree: Any, path: TreePath) -> Any:
    """Return the value of a plain tree at a path."""
    for key in path:
        tree = tree[key]
    return tree


def make_field_edit(path: TreePath, key: str, value: Any) -> FieldEdit:
    """Return the edit that sets a field of a mapping; ABSENT removes the field."""
    return FieldEdit((*path, key), REMOVE if value is ABSENT else value)
