"""Edits that change a field of a file and leave every other line byte for byte.

A file is cut into rows at its keys of depth 1 and 2 (`Tree.lines`). So a change of an answer among
thousands parses that answer only. `edit_nodes` edits within these rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from assess.problem import TreePath
from assess.store.file_limits import HIGHEST_EVENTS
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.reading.tree import FirstLines, read_tree
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit_lines import apply_edit_to_part

_INDENT: Final = 2
"""Blanks before the key of an entry, as this program writes it."""

_ENTRY: Final = 2
"""Depth of an answer, a person, a round, a row of the register."""


def apply_edits(text: str, edits: Sequence[FieldEdit], lines: FirstLines | None = None) -> str:
    """Return `text` with the edits made in turn; the same text if nothing changes.

    `text` must have been read without error. `lines` is its `Tree.lines`; without it the text is
    read again. Values may be values of the model or plain ones. A changed text ends in a line end.

    Raises:
        EditError: a path leads through a text or list.
    """
    for group in _group_edits(edits):
        known = _first_lines_by_path(text) if lines is None else lines
        if len(group[0].path) > _ENTRY:
            text, lines = _apply_edits_of_fields(text, group, known)
        else:
            text, lines = _apply_edit_and_entries_after_it(text, group, known)
    return text


def _group_edits(edits: Sequence[FieldEdit]) -> Iterator[list[FieldEdit]]:
    """Yield the edits in their order; those that need one reading of the file together as one.

    These are fields of entries that follow each other, and whole entries of one mapping.
    """
    group: list[FieldEdit] = []
    paths: set[TreePath] = set()
    for edit in edits:
        if group and not (_can_follow(group[0], edit) and edit.path not in paths):
            yield group
            group, paths = [], set()
        group.append(edit)
        paths.add(edit.path)
    if group:
        yield group


def _can_follow(first: FieldEdit, edit: FieldEdit) -> bool:
    """Return whether an edit can be made in one reading of the file with the first of a group."""
    if len(first.path) > _ENTRY:
        return len(edit.path) > _ENTRY
    return _is_whole_entry(first) and _is_whole_entry(edit) and edit.path[:1] == first.path[:1]


def _is_whole_entry(edit: FieldEdit) -> bool:
    has_value = edit.value is not REMOVE and edit.value is not None
    return has_value and len(edit.path) == _ENTRY and edit.after is None


def _apply_edits_of_fields(
    text: str, group: Sequence[FieldEdit], lines: FirstLines
) -> tuple[str, FirstLines | None]:
    """Return text and lines after edits of fields in entries.

    Where all entries are there and begin on rows of their own, the file is cut into rows once for
    all edits, not once for each.
    """
    edits_by_entry: dict[TreePath, list[FieldEdit]] = {}
    for edit in group:
        edits_by_entry.setdefault(edit.path[:_ENTRY], []).append(edit.with_plain_value())
    starts = [lines[entry] for entry in edits_by_entry if entry in lines]
    if len(set(starts)) == len(edits_by_entry):
        cut = _FileRowsByKey(text.removesuffix("\n").split("\n"), lines)
        return cut.splice_all_rows(cut.list_changes_of_entries(edits_by_entry), text)
    known: FirstLines | None = lines
    for edit in group:
        known = _first_lines_by_path(text) if known is None else known
        text, known = _apply_edit(text, edit, known)
    return text, known


def _apply_edit_and_entries_after_it(
    text: str, group: Sequence[FieldEdit], lines: FirstLines
) -> tuple[str, FirstLines | None]:
    """Return text and lines after the edits of a group.

    Where they add entries to a mapping, the first one is added as a single edit is, and the rows of
    the others follow its rows.
    """
    first, *others = (edit.with_plain_value() for edit in group)
    text_after, known = _apply_edit(text, first, lines)
    if others and not any(edit.path in lines for edit in group):
        emitted = emit.field_lines(str(first.path[-1]), first.value, _INDENT)
        place = f"\n{chr(10).join(emitted)}\n"
        if text_after.count(place) == 1 and place not in text:
            rows = [
                row
                for edit in others
                for row in emit.field_lines(str(edit.path[-1]), edit.value, _INDENT)
            ]
            added = "".join(f"{row}\n" for row in rows)
            return text_after.replace(place, place + added), None
    for edit in others:
        known = _first_lines_by_path(text_after) if known is None else known
        text_after, known = _apply_edit(text_after, edit, known)
    return text_after, known


def _first_lines_by_path(text: str) -> FirstLines:
    """Return the lines of a text that was read within the limits of its kind."""
    return read_tree(text, "", "en", HIGHEST_EVENTS).lines


def _apply_edit(text: str, edit: FieldEdit, lines: FirstLines) -> tuple[str, FirstLines | None]:
    """Return text and lines after an edit; lines are None if the text must be read again."""
    edit = edit.with_plain_value()
    cut = _FileRowsByKey(text.removesuffix("\n").split("\n"), lines)
    if edit.path[:_ENTRY] in lines and len(edit.path) >= _ENTRY:
        change = cut.plan_second_level_change_if_any(edit)
    elif len(edit.path) >= _ENTRY and cut.child_keys(edit.path[:1]):
        change = cut.plan_key_addition_if_any(edit.path[:1], edit)
    elif edit.path[:1] in lines or not lines:
        change = cut.plan_top_level_change_if_any(edit)
    else:
        change = cut.plan_key_addition_if_any((), edit)
    return (text, lines) if change is None else cut.splice_rows(change)


class _RowChange(NamedTuple):
    """New rows in place of the rows from `start` up to `end`."""

    start: int
    end: int
    rows: list[str]
    keeps_keys: bool
    """Whether the keys of depth 1 and 2 stay the same."""


class _FileRowsByKey:
    """A file cut into the rows of its keys at depth 1 and 2."""

    def __init__(self, rows: list[str], lines: FirstLines) -> None:
        self.rows = rows
        self.lines = lines

    def child_keys(self, key: TreePath) -> list[TreePath]:
        """Return the paths of the direct children of `key`."""
        size = len(key)
        return [child for child in self.lines if len(child) == size + 1 and child[:size] == key]

    def plan_second_level_change_if_any(self, edit: FieldEdit) -> _RowChange | None:
        """Change or remove an entry of depth 2 or a field in it."""
        key = edit.path[:_ENTRY]
        whole = len(edit.path) == _ENTRY and edit.value is REMOVE
        start, end = self._row_span(key)
        if whole and (len(self.child_keys(key[:1])) == 1 or not self.rows[end - 1].strip()):
            return self.plan_top_level_change_if_any(edit)
        rows = _rows_after_edit_if_changed(self.rows[start:end], edit._replace(path=edit.path[1:]))
        return rows if rows is None else _RowChange(start, end, rows, not whole)

    def plan_top_level_change_if_any(self, edit: FieldEdit) -> _RowChange | None:
        """Change a field under a key of depth 1; use the whole file if it is in braces.

        In the whole file also where blank rows would be left: a text above may take them in.
        """
        start, end = self._row_span(edit.path[:1]) if self.lines else (0, len(self.rows))
        if len(edit.path) == 1 and edit.value is REMOVE and not self.rows[end - 1].strip():
            start, end = 0, len(self.rows)
        rows = _rows_after_edit_if_changed(self.rows[start:end], edit)
        return rows if rows is None else _RowChange(start, end, rows, keeps_keys=False)

    def plan_key_addition_if_any(self, above: TreePath, edit: FieldEdit) -> _RowChange | None:
        """Add a key under `above`, which has children, at the place that `edit.after` names."""
        if edit.value is REMOVE:
            return None
        is_direct = len(edit.path) == len(above) + 1
        children = sorted(self.child_keys(above), key=self.lines.__getitem__)
        first = self.lines[children[0]]
        if is_direct and edit.after is not None:
            names = set(edit.after)
            children = [child for child in children if child[-1] in names]
        if not children:
            row = self.rows[first]
            indent = len(row) - len(row.lstrip(" "))
            rows = emit.field_lines(str(edit.path[-1]), edit.value, indent)
            return _RowChange(first, first, rows, keeps_keys=False)
        start, end = self._row_span(children[-1])
        head = [self.rows[self.lines[above]]] if above else []
        rows = (
            _rows_after_edit_if_changed(head + self.rows[start:end], edit._replace(after=None))
            or []
        )
        return _RowChange(start, end, rows[len(head) :], keeps_keys=False)

    def _row_span(self, key: TreePath) -> tuple[int, int]:
        """Return the range of rows from the key up to the next key that is not under it."""
        start, depth = self.lines[key], len(key)
        later = (line for other, line in self.lines.items() if line > start and len(other) <= depth)
        return start, min(later, default=len(self.rows))

    def list_changes_of_entries(
        self, edits_by_entry: Mapping[TreePath, Sequence[FieldEdit]]
    ) -> list[_RowChange]:
        """Return the changes of rows by edits of fields in entries of depth 2, in their order."""
        starts = sorted({*self.lines.values(), len(self.rows)})
        changes = []
        for entry, edits in sorted(edits_by_entry.items(), key=lambda row: self.lines[row[0]]):
            start = self.lines[entry]
            end = starts[bisect_right(starts, start)]
            rows = self.rows[start:end]
            for edit in edits:
                changed = _rows_after_edit_if_changed(rows, edit._replace(path=edit.path[1:]))
                rows = rows if changed is None else changed
            if rows != self.rows[start:end]:
                changes.append(_RowChange(start, end, rows, keeps_keys=True))
        return changes

    def splice_all_rows(
        self, changes: Sequence[_RowChange], text: str
    ) -> tuple[str, FirstLines | None]:
        """Return the text after changes that keep the keys, and its lines; `text` is the old one.

        The changes are in the order of their rows and do not overlap.
        """
        if not changes:
            return text, self.lines
        rows: list[str] = []
        ends, shifts = [0], [0]
        for change in changes:
            rows += [*self.rows[ends[-1] : change.start], *change.rows]
            ends.append(change.end)
            shifts.append(len(rows) - change.end)
        rows += self.rows[ends[-1] :]
        lines = {
            key: line + shifts[bisect_right(ends, line) - 1] for key, line in self.lines.items()
        }
        return "\n".join(rows) + "\n", lines

    def splice_rows(self, change: _RowChange) -> tuple[str, FirstLines | None]:
        """Return the new text, and its lines if they follow from the old ones, else None."""
        rows = [*self.rows[: change.start], *change.rows, *self.rows[change.end :]]
        text = "\n".join(rows) + "\n"
        if not change.keeps_keys:
            return text, None
        shift = len(change.rows) - (change.end - change.start)
        end = change.end
        return text, {
            key: line + shift if line >= end else line for key, line in self.lines.items()
        }


def _rows_after_edit_if_changed(rows: Sequence[str], edit: FieldEdit) -> list[str] | None:
    part = "".join(f"{row}\n" for row in rows)
    new = apply_edit_to_part(part, edit)
    return None if new == part else new.split("\n")[:-1]
