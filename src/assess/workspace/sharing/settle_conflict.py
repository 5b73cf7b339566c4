"""Conflicts that a merge left: the values of both sides, and the decision for a conflict."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from assess import locations
from assess.china_time import find_day_in_china
from assess.engine.merge.conflict_names import WHOLE, ConflictName, make_conflict_name
from assess.engine.merge.settle import (
    conflict_field_without_row,
    is_field_of_table,
    our_value_of_conflict_field,
)
from assess.errors import FilesError, UnknownIdError, UsageError
from assess.harmless import escape_unprintable_characters, quote_for_shell
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.base import Number
from assess.problem import Problem
from assess.store import open_file
from assess.store.yaml.field_edit import EditError, FieldEdit
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.reading.positions import locate_problems
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.edit import apply_edits
from assess.store.yaml.writing.format_numbers import text_with_raised_format_number
from assess.workspace.answers.typed_values import parse_typed_answer
from assess.workspace.core.conflicts import (
    FileConflict,
    make_field_edit,
    read_file_to_settle_conflict,
    settle_conflict_with_side,
    value_at_path,
)
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace

_PLAIN: Final = (str, int, Number, Mapping, list, tuple)
"""The types of the values that a conflict shows."""


class ConflictSides(NamedTuple):
    """A conflict with our value, which is in the file, and theirs; None: that side has no value."""

    file_conflict: FileConflict
    item_id: str
    """The item of the answer with the conflict; '' where it is not in an answer."""
    field: str
    ours: Any
    our_by: str | None
    theirs: Any
    their_by: str | None
    their_at: datetime | None

    @property
    def name(self) -> ConflictName:
        """Item and field, as the conflict is named after its file."""
        return make_conflict_name(self.file_conflict.conflict)

    @property
    def place(self) -> str:
        """File, item and field, as they are typed after `assess settle`."""
        return " ".join(map(quote_for_shell, (self.file_conflict.file, *self.name)))


def list_conflict_sides(workspace: Workspace) -> list[ConflictSides]:
    """Return the conflicts of all files of a workspace with the values of both sides.

    Raises:
        FilesError: a file can't be read.
    """
    trees: dict[str, Any] = {}
    sides = []
    for file_conflict in workspace.list_conflicts():
        if file_conflict.file not in trees:
            path = workspace.root / file_conflict.file
            file = open_file.read_valid_yaml_file(
                path, file_conflict.kind, workspace.root, workspace.lang
            )
            trees[file_conflict.file] = file.loaded.tree.value
        sides.append(_read_sides(file_conflict, trees[file_conflict.file]))
    return sides


def _read_sides(file_conflict: FileConflict, tree: Any) -> ConflictSides:
    path, row = file_conflict.conflict.path, file_conflict.conflict.row
    entry = value_at_path(tree, path)
    name = make_conflict_name(file_conflict.conflict)
    in_answers = locations.is_below_folder(file_conflict.file, locations.ANSWERS) and path[:1] == (
        "answers",
    )
    answer = tree["answers"].get(name.item, {}) if in_answers else {}
    theirs = row.theirs if isinstance(row.theirs, _PLAIN) else None
    return ConflictSides(
        file_conflict,
        name.item if in_answers else "",
        name.field if in_answers else ".".join([*map(str, path), row.field]),
        our_value_of_conflict_field(entry, row.field),
        answer.get("by"),
        theirs,
        row.by,
        row.at,
    )


def decide_conflict(workspace: Workspace, chosen: ConflictSides, *, theirs: bool) -> None:
    """Write the decision for a conflict, and remove its row.

    Raises:
        UsageError: the conflict must be decided in an editor, or no longer exists.
        ChangedOnDiskError, LockedError, WriteError, FilesError: as OpenFile.
    """
    settle_conflict_with_side(workspace.root, chosen.file_conflict, workspace.lang, theirs=theirs)


def decide_all_conflicts(workspace: Workspace, file: str, *, theirs: bool) -> int:
    """Write one decision for all conflicts of a file; return their number.

    `file` is relative to the current folder or the root. A pinned checklist is decided as a whole
    elsewhere, so the number is 0.

    Raises:
        UsageError: a conflict must be decided in an editor; those before it are decided.
        ChangedOnDiskError, LockedError, WriteError, FilesError: as OpenFile.
    """
    names = _paths_as_typed_and_from_root(workspace, file)
    count = 0
    while (sides := _first_conflict_outside_checklists(workspace, names)) is not None:
        decide_conflict(workspace, sides, theirs=theirs)
        count += 1
    return count


def _first_conflict_outside_checklists(
    workspace: Workspace, names: Collection[str]
) -> ConflictSides | None:
    """Return the first conflict of a file that is no checklist, None without one."""
    for sides in list_conflict_sides(workspace):
        file = sides.file_conflict.file
        if file in names and sides.file_conflict.kind != "checklist":
            return sides
    return None


def _paths_as_typed_and_from_root(workspace: Workspace, file: str) -> set[str]:
    """Return a file as it was typed, and its path from the root."""
    real, root = Path(file).resolve(), workspace.root.resolve()
    return {file, real.relative_to(root).as_posix() if real.is_relative_to(root) else file}


def find_conflict(workspace: Workspace, file: str, item: str, field: str) -> ConflictSides:
    """Return a conflict by its name; `file` is relative to the current folder or the root.

    Raises:
        UnknownIdError: no conflict has this name; the nearest names are shown.
        FilesError: a file can't be read.
    """
    names = _paths_as_typed_and_from_root(workspace, file)
    conflicts = list_conflict_sides(workspace)
    for sides in conflicts:
        if sides.file_conflict.file in names and sides.name == (item, field):
            return sides
    _ = translator(workspace.lang)
    message = _("no conflict stands in {file} {item} {field}")
    message = message.format(file=file, item=item, field=field)
    raise UnknownIdError(message, f"{file} {item} {field}", [sides.place for sides in conflicts])


def decide_conflict_with_value(
    workspace: Workspace, chosen: ConflictSides, words: str, *, by: str | None, now: datetime
) -> None:
    """Write a third value in place of both values of a conflict, and remove its row.

    A value in an answer is checked as `assess answer` does, and `by` and `now` are written with it.

    Raises:
        UsageError: the value does not fit; the conflict is about more than one value, must be
            decided in an editor, or no longer exists.
        FilesError: the file would not be valid with the value; holds the problems.
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.
    """
    _ = translator(workspace.lang)
    if is_field_of_table(chosen.name.field):
        message = _("{field} is a part of a table: keep what stands, or take theirs")
        hint = _("then change it in assess fill")
        raise UsageError(message.format(field=chosen.field), hint)
    if chosen.name.field == WHOLE or isinstance(chosen.theirs, Mapping):
        message = _("{field} is more than one value: keep what stands, or take theirs")
        raise UsageError(message.format(field=chosen.field), "--ours, --theirs")
    path = chosen.file_conflict.conflict.path
    opened = read_file_to_settle_conflict(
        workspace.root, chosen.file_conflict, workspace.lang, theirs=True
    )
    if chosen.item_id:
        edits = _edits_of_decided_answer(workspace, chosen, words, by, now)
    else:
        edits = [
            FieldEdit((*path, chosen.name.field), _parse_typed_value(words, chosen, workspace.lang))
        ]
    rest = conflict_field_without_row(opened.rows, opened.chosen)
    edits += [make_field_edit(path, key, value) for key, value in rest.items()]
    try:
        text = text_with_raised_format_number(
            apply_edits(opened.file.text, edits), opened.file.kind
        )
    except EditError:
        message = _("{field} in {file} must be decided in an editor")
        message = message.format(field=chosen.field, file=chosen.file_conflict.file)
        raise UsageError(message, "assess lint") from None
    loaded = decode_yaml(text, opened.file.kind, opened.file.name, workspace.lang)
    problems = loaded.problems if loaded.value is None else []
    if loaded.value is not None and chosen.item_id:
        problems = _find_errors_of_field(
            workspace, chosen, loaded.value, text, find_day_in_china(now)
        )
    if problems:
        message = _("{value} does not fit {field}").format(value=words, field=chosen.field)
        raise FilesError(message, problems)
    opened.file.save(edits, by or "")


def _find_errors_of_field(
    workspace: Workspace, chosen: ConflictSides, sheet: Sheet, text: str, today: date
) -> list[Problem]:
    """Return what lint finds wrong in a field of an answer, in a sheet that is not yet written."""
    from assess.engine.lint.sheet import lint_sheet  # noqa: PLC0415  # 10 ms at the start of every command

    problems = lint_sheet(
        sheet,
        workspace.read_checklist(sheet.checklist.id),
        workspace.read_config(),
        workspace.read_register_or_empty(),
        today,
        workspace.lang,
        file=chosen.file_conflict.file,
    )
    field = ("answers", chosen.item_id, *chosen.field.split("."))
    errors = [
        problem
        for problem in problems
        if problem.severity == "error" and problem.path[: len(field)] == field
    ]
    return locate_problems(text, errors)


def _edits_of_decided_answer(
    workspace: Workspace, chosen: ConflictSides, words: str, by: str | None, now: datetime
) -> list[FieldEdit]:
    """Return the edits that write a field of an answer, with its author and time."""
    _folder, round_id, file = chosen.file_conflict.file.split("/")
    open_sheet = workspace.open_sheet(SheetName.parse_name(file.removesuffix(".yaml")), round_id)
    item = open_sheet.find_item(chosen.item_id)
    if chosen.field in ("status", "value"):
        fields = parse_typed_answer(open_sheet, item, words, None, find_day_in_china(now))
    else:
        fields = {chosen.field: _parse_typed_value(words, chosen, workspace.lang)}
    whole = open_sheet.derive_fields_to_write(item.id, fields, by, now, open_sheet.config.language)
    return [
        FieldEdit(("answers", item.id, *name.split(".")), value) for name, value in whole.items()
    ]


def _parse_typed_value(words: str, chosen: ConflictSides, lang: Lang) -> Any:
    """Return typed words as a value of the type that one of the sides has.

    Raises:
        FilesError: the words are not a valid YAML value.
        UsageError: a text outside of answers is empty.
    """
    _ = translator(lang)
    sample = chosen.theirs if chosen.ours is None else chosen.ours
    if sample is None or isinstance(sample, str):
        if not (chosen.item_id or words.strip()):
            message = _("an empty text does not fit {field}").format(field=chosen.field)
            raise UsageError(message, "--ours, --theirs")
        return escape_unprintable_characters(words)
    tree = read_tree(f"value: {words}\n", "--value", lang)
    if tree.problems:
        message = _("{value} does not fit {field}").format(value=words, field=chosen.field)
        raise FilesError(message, tree.problems)
    return tree.value["value"]
