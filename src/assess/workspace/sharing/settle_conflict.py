"""Conflicts that a merge left, with both sides as they stand, and the decision for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from assess.engine.merge.settle import WHOLE, Name, name_of, without_row
from assess.errors import FilesError, UnknownIdError, UsageError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.model.formats import FileKind
from assess.store import layout, open_file
from assess.store.yaml.reading.decode import decode
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.edit import Edit, EditError, apply
from assess.store.yaml.writing.format_numbers import with_raised_number
from assess.workspace.answers.typed_values import typed_answer
from assess.workspace.core.conflicts import Standing, edit, open_conflict, settle
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace


class Sides(NamedTuple):
    """A conflict with what stands in the file now, and what they wrote; None: it is not there."""

    standing: Standing
    item_id: str
    """The answer that it is in, '' where it is in none."""
    field: str
    ours: Any
    our_by: str | None
    theirs: Any
    their_by: str | None
    their_at: datetime | None

    @property
    def name(self) -> Name:
        """How the conflict is named beside its file."""
        return name_of(self.standing.conflict)

    @property
    def place(self) -> str:
        """File, item and field as they are typed after `assess settle`."""
        return " ".join(map(typed, (self.standing.file, *self.name)))


def sides(here: Workspace) -> list[Sides]:
    """Return the conflicts of all files of a workspace with both sides.

    Raises:
        FilesError: a file can't be read.
    """
    trees: dict[str, Any] = {}
    found = []
    for standing in here.conflicts():
        if standing.file not in trees:
            path = here.root / standing.file
            file = open_file.read(path, _kind(standing.file), here.root, here.lang)
            trees[standing.file] = file.loaded.tree.value
        found.append(_sides(standing, trees[standing.file]))
    return found


def _kind(file: str) -> FileKind:
    kinds: Mapping[str, FileKind] = {layout.CONFIG: "config", layout.REGISTER: "register"}
    by_folder: Mapping[str, FileKind] = {"checklists": "checklist", "answers": "sheet"}
    return kinds.get(file) or by_folder[file.partition("/")[0]]


def _sides(standing: Standing, tree: Any) -> Sides:
    path, row = standing.conflict.path, standing.conflict.row
    entry = tree
    for key in path:
        entry = entry[key]
    name = name_of(standing.conflict)
    in_answers = standing.file.startswith("answers/") and path[:1] == ("answers",)
    answer = tree["answers"].get(name.item, {}) if in_answers else {}
    theirs = row.theirs if isinstance(row.theirs, str | int | Mapping | list | tuple) else None
    return Sides(
        standing,
        name.item if in_answers else "",
        name.field if in_answers else ".".join([*map(str, path), row.field]),
        entry.get(row.field) if isinstance(entry, Mapping) else None,
        answer.get("by"),
        theirs,
        row.by,
        row.at,
    )


def decide(here: Workspace, chosen: Sides, *, theirs: bool) -> None:
    """Write the decision for a conflict; its row goes.

    Raises:
        UsageError: it must be decided in an editor, or has gone since.
        ChangedOnDiskError, LockedError, WriteError, FilesError: as OpenFile.
    """
    settle(here.root, chosen.standing, here.lang, theirs=theirs)


def find_conflict(here: Workspace, file: str, item: str, field: str) -> Sides:
    """Return the conflict that a command names; `file` from the current folder, or the root.

    Raises:
        UnknownIdError: none is so called; the nearest ones are named.
        FilesError: a file can't be read.
    """
    real = Path(file).resolve()
    root = here.root.resolve()
    names = {file, real.relative_to(root).as_posix() if real.is_relative_to(root) else file}
    standing = sides(here)
    for one in standing:
        if one.standing.file in names and one.name == (item, field):
            return one
    _ = translator(here.lang)
    message = _("no conflict stands in {file} {item} {field}")
    message = message.format(file=file, item=item, field=field)
    raise UnknownIdError(message, f"{file} {item} {field}", [one.place for one in standing])


def decide_value(
    here: Workspace, chosen: Sides, words: str, *, by: str | None, now: datetime
) -> None:
    """Write a third value in place of the two of a conflict; its row goes.

    In an answer it is what `by` says `now`, and is checked as `assess answer` checks it.

    Raises:
        UsageError: the value does not fit; the conflict is about more than one value, must be
            decided in an editor, or has gone since.
        FilesError: the file would not be right with it; holds the problems.
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.
    """
    _ = translator(here.lang)
    if chosen.name.field == WHOLE or isinstance(chosen.theirs, Mapping):
        message = _("{field} is more than one value: keep what stands, or take theirs")
        raise UsageError(message.format(field=chosen.field), "--ours, --theirs")
    path = chosen.standing.conflict.path
    opened = open_conflict(here.root, chosen.standing, here.lang, theirs=True)
    if chosen.item_id:
        edits = _answer_edits(here, chosen, words, by, now)
    else:
        edits = [Edit((*path, chosen.name.field), _parsed(words, chosen, here.lang))]
    rest = without_row(opened.rows, opened.chosen)
    edits += [edit(path, key, value) for key, value in rest.items()]
    try:
        text = with_raised_number(apply(opened.file.text, edits), opened.file.kind)
    except EditError:
        message = _("{field} in {file} must be decided in an editor")
        message = message.format(field=chosen.field, file=chosen.standing.file)
        raise UsageError(message, "assess lint") from None
    loaded = decode(text, opened.file.kind, opened.file.name, here.lang)
    if loaded.value is None:
        message = _("{value} does not fit {field}").format(value=words, field=chosen.field)
        raise FilesError(message, loaded.problems)
    opened.file.save(edits, by or "")


def _answer_edits(
    here: Workspace, chosen: Sides, words: str, by: str | None, now: datetime
) -> list[Edit]:
    """Return the edits that write a field of an answer, with who says so, and when."""
    _folder, round_id, file = chosen.standing.file.split("/")
    desk = here.desk(SheetName.parse(file.removesuffix(".yaml")), round_id)
    item = desk.item(chosen.item_id)
    if chosen.field in ("status", "value"):
        fields = typed_answer(desk, item, words, None, now.date())
    else:
        fields = {chosen.field: _parsed(words, chosen, here.lang)}
    whole = desk.completed(item.id, fields, by, now, desk.config.language)
    return [Edit(("answers", item.id, *name.split(".")), value) for name, value in whole.items()]


def _parsed(words: str, chosen: Sides, lang: Lang) -> Any:
    """Return words as the file holds a value of the kind that stands there on one of the sides.

    Raises:
        FilesError: they are no value of YAML.
    """
    sample = chosen.theirs if chosen.ours is None else chosen.ours
    if sample is None or isinstance(sample, str):
        return words
    tree = read_tree(f"value: {words}\n", "--value", lang)
    if tree.problems:
        _ = translator(lang)
        message = _("{value} does not fit {field}").format(value=words, field=chosen.field)
        raise FilesError(message, tree.problems)
    return tree.value["value"]
