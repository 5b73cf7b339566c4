"""Make the edits of a merge in rows; list entries with ids are moved with their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from assess.problem import TreePath
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.merging.merge_rows import count_leading_spaces, shift_rows
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit_braces import plain_value_of_node
from assess.store.yaml.writing.edit_lines import FilePart, apply_edit_to_part, find_node_at_path


def find_edits_between(path: TreePath, old: Any, new: Any) -> list[FieldEdit]:
    """Return the edits that turn `old` into `new`: the smallest fields that differ."""
    if not (isinstance(old, dict) and isinstance(new, dict) and (new or not path)):
        return (
            []
            if emit.value_for_text_comparison(old) == emit.value_for_text_comparison(new)
            else [FieldEdit(path, new)]
        )
    edits = []
    before: tuple[str, ...] = ()
    for key, value in new.items():
        if key not in old:
            edits.append(FieldEdit((*path, key), value, before))
        elif value is not old[key]:
            edits += find_edits_between((*path, key), old[key], value)
        before = (key,)
    return edits + [FieldEdit((*path, key), REMOVE) for key in old if key not in new]


def apply_edits_to_rows(
    rows: Sequence[str], edits: Iterable[FieldEdit], pool: EntryPool
) -> list[str]:
    """Return the rows of a mapping with the edits made in them, in turn.

    Raises:
        EditError: a path leads through a text or list.
    """
    text = "".join(f"{row}\n" for row in rows)
    for edit in edits:
        text = _edit_list_by_ids(text, edit, pool) or apply_edit_to_part(text, edit)
    return text.split("\n")[:-1]


class _ListEntry(NamedTuple):
    """A list entry: its rows from the dash on, the dash's column, and its value."""

    rows: list[str]
    column: int
    value: dict[str, Any]


class EntryPool:
    """The list entries of ours and theirs by id, whose rows are used for an entry new to a list."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._entries: dict[str, list[_ListEntry]] | None = None

    def rows_of_entry_with_same_id(self, value: dict[str, Any], column: int) -> list[str]:
        """Return the rows of `value` at a column, made from those of an entry with the same id."""
        if self._entries is None:
            self._entries = {}
            for text in self._texts:
                for list_entry in _list_entries_with_ids(text):
                    self._entries.setdefault(list_entry.value["id"], []).append(list_entry)
        candidates = self._entries.get(value["id"], ())
        entry = min(candidates, key=lambda candidate: candidate.value != value, default=None)
        if entry is None:
            return emit.sequence_lines([value], column)
        return shift_rows(_rows_with_entry_changed(entry, value, self), column - entry.column)


def _list_entries_with_ids(text: str) -> Iterator[_ListEntry]:
    part = FilePart(text)
    nodes = [part.root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            nodes += [value for _key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
            yield from _list_entries_if_all_have_ids(part, node) or ()


def _list_entries_if_all_have_ids(part: FilePart, node: Any) -> list[_ListEntry] | None:
    """Return the entries of a block list of mappings with ids, None if the list is another one."""
    column = node.start_mark.column
    if node.flow_style or not all(
        _has_entry_id_and_own_rows(part.lines, child, column) for child in node.value
    ):
        return None
    starts = [child.start_mark.line for child in node.value]
    ends = [*starts[1:], part.last_line(node) + 1]
    return [
        _ListEntry(part.lines[start:end], column, plain_value_of_node(child))
        for start, end, child in zip(starts, ends, node.value, strict=True)
    ]


def _has_entry_id_and_own_rows(rows: list[str], node: Any, column: int) -> bool:
    """Return whether the first row of an entry is `- key:`, and whether it has an id."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return False
    row = rows[node.start_mark.line]
    head = row[: node.start_mark.column]
    return head.strip() == "-" and head.index("-") == column and "id" in plain_value_of_node(node)


def _edit_list_by_ids(text: str, edit: FieldEdit, pool: EntryPool) -> str | None:
    """Return the text with a list changed entry by entry, by id; None if entries have no ids."""
    new = edit.value
    if not (isinstance(new, list) and new and all(_has_id(new_entry) for new_entry in new)):
        return None
    part = FilePart(text)
    node = find_node_at_path(part.root, edit.path)
    known = (
        _list_entries_if_all_have_ids(part, node) if isinstance(node, yaml.SequenceNode) else None
    )
    if not known:
        return None
    by_id = {entry.value["id"]: entry for entry in known}
    start = node.value[0].start_mark.line
    end = start + sum(len(entry.rows) for entry in known)
    out: list[str] = []
    for value in new:
        entry = by_id.get(value["id"])
        out += (
            _rows_with_entry_changed(entry, value, pool)
            if entry
            else pool.rows_of_entry_with_same_id(value, known[0].column)
        )
    return "\n".join([*part.lines[:start], *out, *part.lines[end:]])


def _has_id(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("id"), str)


def _rows_with_entry_changed(
    entry: _ListEntry, value: dict[str, Any], pool: EntryPool
) -> list[str]:
    """Return the rows of an entry with the fields changed that differ from `value`."""
    edits = find_edits_between((), entry.value, value)
    if not edits:
        return entry.rows
    first = entry.rows[0]
    dash_column = count_leading_spaces(first)
    first, *rest = apply_edits_to_rows(
        [f"{first[:dash_column]} {first[dash_column + 1 :]}", *entry.rows[1:]], edits, pool
    )
    return [f"{first[:dash_column]}-{first[dash_column + 1 :]}", *rest]
