"""Make the edits of a merge in rows; entries of lists with ids are moved, not written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from assess.problem import Path
from assess.store.yaml.merging.merge_rows import indent_of, shifted
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.store.yaml.writing.edit_braces import value_of
from assess.store.yaml.writing.edit_lines import Part, edit_part, find_node


def changes(path: Path, old: Any, new: Any) -> list[Edit]:
    """Return the edits that make `new` of `old`: the smallest fields of mappings that differ."""
    if not (isinstance(old, dict) and isinstance(new, dict) and (new or not path)):
        return [] if emit.canonical(old) == emit.canonical(new) else [Edit(path, new)]
    edits = []
    before: tuple[str, ...] = ()
    for key, value in new.items():
        if key not in old:
            edits.append(Edit((*path, key), value, before))
        elif value is not old[key]:
            edits += changes((*path, key), old[key], value)
        before = (key,)
    return edits + [Edit((*path, key), REMOVE) for key in old if key not in new]


def edit_rows(rows: Sequence[str], edits: Iterable[Edit], pool: Pool) -> list[str]:
    """Return the rows of a mapping with the edits made in them, in turn.

    Raises:
        EditError: a path leads through a text or list.
    """
    text = "".join(f"{row}\n" for row in rows)
    for edit in edits:
        text = _listed(text, edit, pool) or edit_part(text, edit)
    return text.split("\n")[:-1]


class _Entry(NamedTuple):
    """An entry of a list: its rows from the dash on, the dash's column, and what it says."""

    rows: list[str]
    column: int
    value: dict[str, Any]


class Pool:
    """Entries of lists in the two texts, by id: their rows serve where one is new to a list."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._entries: dict[str, list[_Entry]] | None = None

    def rows(self, value: dict[str, Any], column: int) -> list[str]:
        """Return rows that say `value` at a column, made of those of an entry with its id."""
        if self._entries is None:
            self._entries = {}
            for text in self._texts:
                for one in _all_entries(text):
                    self._entries.setdefault(one.value["id"], []).append(one)
        found = self._entries.get(value["id"], ())
        entry = min(found, key=lambda one: one.value != value, default=None)
        if entry is None:
            return emit.sequence([value], column)
        return shifted(_changed(entry, value, self), column - entry.column)


def _all_entries(text: str) -> Iterator[_Entry]:
    part = Part(text)
    nodes = [part.root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            nodes += [value for _key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
            yield from _entries(part, node) or ()


def _entries(part: Part, node: Any) -> list[_Entry] | None:
    """Return the entries of a block list of mappings with ids; None where it is none."""
    column = node.start_mark.column
    if node.flow_style or not all(_plain_entry(part.lines, one, column) for one in node.value):
        return None
    starts = [one.start_mark.line for one in node.value]
    ends = [*starts[1:], part.last_line(node) + 1]
    return [
        _Entry(part.lines[start:end], column, value_of(one))
        for start, end, one in zip(starts, ends, node.value, strict=True)
    ]


def _plain_entry(rows: list[str], node: Any, column: int) -> bool:
    """Return whether an entry begins with `- key:` in one row, and has an id."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return False
    row = rows[node.start_mark.line]
    head = row[: node.start_mark.column]
    return head.strip() == "-" and head.index("-") == column and "id" in value_of(node)


def _listed(text: str, edit: Edit, pool: Pool) -> str | None:
    """Return the text with a list of mappings changed by their ids; None if it is no such list."""
    new = edit.value
    if not (isinstance(new, list) and new and all(_has_id(one) for one in new)):
        return None
    part = Part(text)
    node = find_node(part.root, edit.path)
    known = _entries(part, node) if isinstance(node, yaml.SequenceNode) else None
    if not known:
        return None
    by_id = {entry.value["id"]: entry for entry in known}
    start = node.value[0].start_mark.line
    end = start + sum(len(entry.rows) for entry in known)
    out: list[str] = []
    for value in new:
        entry = by_id.get(value["id"])
        out += _changed(entry, value, pool) if entry else pool.rows(value, known[0].column)
    return "\n".join([*part.lines[:start], *out, *part.lines[end:]])


def _has_id(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("id"), str)


def _changed(entry: _Entry, value: dict[str, Any], pool: Pool) -> list[str]:
    """Return the rows of an entry with what differs changed; its dash is put back afterwards."""
    edits = changes((), entry.value, value)
    if not edits:
        return entry.rows
    first = entry.rows[0]
    at = indent_of(first)
    first, *rest = edit_rows([f"{first[:at]} {first[at + 1 :]}", *entry.rows[1:]], edits, pool)
    return [f"{first[:at]}-{first[at + 1 :]}", *rest]
