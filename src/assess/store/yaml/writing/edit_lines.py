"""Change a field in the lines of a part of a YAML file, and leave all other lines unchanged.

A part is a mapping: the whole file, or the lines of an entry. PyYAML composes the part to find the
field. Only the field's lines are changed. The end of a block collection is the end of its last
leaf, because libyaml reports the end of the collection at the next token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from assess.problem import TreePath
from assess.store.yaml.field_edit import REMOVE, EditError, FieldEdit
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.changed_entries import find_changed_entries
from assess.store.yaml.writing.edit_braces import (
    edit_in_braces,
    has_comment_inside,
    nest_value_in_mappings,
    plain_value_of_node,
)


def apply_edit_to_part(text: str, edit: FieldEdit) -> str:
    """Return the part with an edit made; the same text if nothing changes.

    Raises:
        EditError: the path leads through a value that is no mapping.
    """
    for step in _split_into_field_edits(parse_root_node(text), edit):
        part = FilePart(text)
        text = part.apply_edit(step)
    return text


def parse_root_node(text: str) -> Any:
    """Return the root node of a part."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _split_into_field_edits(root: Any, edit: FieldEdit) -> list[FieldEdit]:
    """Split an edit that replaces a mapping into edits of its fields, to keep comments."""
    node = find_node_at_path(root, edit.path)
    if not (isinstance(node, yaml.MappingNode) and isinstance(edit.value, dict)):
        return [edit]
    if node.flow_style or not edit.value:
        return [edit]
    old = {key.value: value for key, value in node.value}
    gone = [FieldEdit((*edit.path, key), REMOVE) for key in old if key not in edit.value]
    steps: list[FieldEdit] = []
    before: list[str] = []
    for key, value in edit.value.items():
        step = FieldEdit((*edit.path, key), value, tuple(before))
        steps += _split_into_field_edits(root, step) if key in old else [step]
        before.append(key)
    return steps + gone


def find_node_at_path(node: Any, path: TreePath) -> Any:
    """Return the node at a path of keys, None without one."""
    for key in path:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for name, value in node.value if name.value == key), None)
    return node


class FilePart:
    """A part of a file in which a field is changed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.root = parse_root_node(text)

    def apply_edit(self, edit: FieldEdit) -> str:
        """Return the text with an edit made.

        Raises:
            EditError: the path leads through a value that is no mapping.
        """
        parent, above = self.root, None
        for depth, name in enumerate(edit.path):
            if not isinstance(parent, yaml.MappingNode):
                raise EditError(edit.path)
            if parent.flow_style:
                return self._edit_mapping_in_braces(above, parent, edit, depth)
            pair = next(
                (candidate for candidate in parent.value if candidate[0].value == name), None
            )
            if pair is None:
                return self._add_field(parent, edit, depth)
            if depth == len(edit.path) - 1:
                break
            parent, above = pair[1], pair
        else:
            raise EditError(edit.path)
        if edit.value is REMOVE:
            return self._remove_field(parent, above, pair)
        return self._replace_value(pair, edit.value)

    def _splice_lines(self, start: int, end: int, new: Sequence[str]) -> str:
        return "\n".join([*self.lines[:start], *new, *self.lines[end:]])

    def _add_field(self, parent: Any, edit: FieldEdit, depth: int) -> str:
        if edit.value is REMOVE:
            return self.text
        value = nest_value_in_mappings(edit.path[depth + 1 :], edit.value)
        after = edit.after if depth == len(edit.path) - 1 else None
        pairs = parent.value
        indent = pairs[0][0].start_mark.column
        new = emit.field_lines(str(edit.path[depth]), value, indent)
        if after is not None:
            pairs = [pair for pair in pairs if pair[0].value in set(after)]
        if not pairs:
            start = parent.value[0][0].start_mark.line
            return self._splice_lines(start, start, new)
        line = max(self.last_line(pair[1]) for pair in pairs) + 1
        return self._splice_lines(line, line, new)

    def _remove_field(self, parent: Any, above: Any, pair: Any) -> str:
        key, value = pair
        start, end = key.start_mark.line, self.last_line(value) + 1
        if len(parent.value) > 1 or above is None:
            return self._splice_lines(
                start, self._find_line_after_absorbed_blanks(parent, pair, end), ()
            )
        head = above[0].start_mark.line
        rows_between = self.lines[head + 1 : start]
        return self._splice_lines(
            head, end, [self._key_line_with_empty_braces(above[0]), *rows_between]
        )

    def _find_line_after_absorbed_blanks(self, parent: Any, pair: Any, end: int) -> int:
        """Return the end of the blank lines that a text above a removed entry would absorb."""
        index = parent.value.index(pair)
        if index and self._are_blank_lines_part_of_text(_last_leaf(parent.value[index - 1][1])):
            while end < len(self.lines) - 1 and not self.lines[end].strip():
                end += 1
        return end

    def _key_line_with_empty_braces(self, key: Any) -> str:
        line, column = self.lines[key.end_mark.line], key.end_mark.column
        colon = line.index(":", column) + 1
        return f"{line[:colon]} {{}}{line[colon:]}"

    def _replace_value(self, pair: Any, value: Any) -> str:
        key, old = pair
        if emit.value_for_text_comparison(
            plain_value_of_node(old)
        ) == emit.value_for_text_comparison(value):
            return self.text
        if isinstance(value, list) and value and _is_block_list(old):
            return self._replace_list_entries(old, value)
        start, column = key.start_mark.line, key.start_mark.column
        head = f"{self.lines[start][: key.end_mark.column]}:"
        first, *rest = emit.lines_of_value_after(head, value, column)
        comment = self._find_comment(key, old)
        return self._splice_lines(start, self.last_line(old) + 1, [first + comment, *rest])

    def _replace_list_entries(self, old: Any, new: list[Any]) -> str:
        """Replace a block list; equal entries keep their lines and comments."""
        old_entries = [
            emit.value_for_text_comparison(plain_value_of_node(node)) for node in old.value
        ]
        new_entries = [emit.value_for_text_comparison(entry) for entry in new]
        lines, indent = self.lines, old.start_mark.column
        for step in reversed(list(find_changed_entries(old_entries, new_entries))):
            start, end = self._lines_of_entries(old, step.start, step.end)
            added = emit.sequence_lines(new[step.new_start : step.new_end], indent)
            lines = [*lines[:start], *added, *lines[end:]]
        return "\n".join(lines)

    def _lines_of_entries(self, old: Any, first: int, end: int) -> tuple[int, int]:
        """Return the lines of entries of a block list, or where they would stand if there are none.

        Comments above an entry are not among them.
        """
        if first == end:
            line = self.last_line(old.value[first - 1]) + 1 if first else old.start_mark.line
            return line, line
        start = self._find_dash_line(old.value[first], old.start_mark.column)
        return start, self.last_line(old.value[end - 1]) + 1

    def _find_dash_line(self, node: Any, indent: int) -> int:
        line: int = node.start_mark.line
        while self.lines[line][indent : indent + 1] != "-" or self.lines[line][:indent].strip():
            line -= 1
        return line

    def _find_comment(self, key: Any, old: Any) -> str:
        """Return the comments on the last lines of key and value, with the space before them."""
        line, column = key.end_mark.line, key.end_mark.column
        beside = self.lines[line][column:].lstrip().removeprefix(":")
        if _is_literal(old):
            beside = re.sub(r"^\s*[|>][-+0-9]*", "", beside)
        beside = beside if beside.lstrip().startswith("#") else ""
        if not (_is_block(old) or _is_literal(old)):
            end = old.end_mark
            beside += self.lines[end.line][end.column :]
        return str(beside).rstrip()

    def last_line(self, node: Any) -> int:
        """Return the last line of a node's text, without comments and blank lines after it."""
        node = _last_leaf(node)
        line: int = node.end_mark.line
        if not _is_literal(node):
            return line
        start, keeps = node.start_mark, self._are_blank_lines_part_of_text(node)
        line -= 1
        while not keeps and line > start.line and not self.lines[line].strip():
            line -= 1
        return max(line, int(start.line))

    def _are_blank_lines_part_of_text(self, node: Any) -> bool:
        """Return whether the blank lines below a node are part of its text."""
        start = node.start_mark
        head = self.lines[start.line][start.column :]
        return _is_literal(node) and re.match(r"[|>][0-9]?\+", head) is not None

    def _edit_mapping_in_braces(self, above: Any, node: Any, edit: FieldEdit, depth: int) -> str:
        """Change a field of a mapping in braces, in place if it has comments, else as a block."""
        if above is None or has_comment_inside(self.text, node):
            return edit_in_braces(self.text, node, edit, depth)
        value = plain_value_of_node(node)
        _set_or_remove_field(value, edit.path[depth:], edit)
        return self._replace_value(above, value)


def _last_leaf(node: Any) -> Any:
    """Return the last node in a block that is no block itself."""
    while _is_block(node):
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _is_block(node: Any) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _is_block_list(node: Any) -> bool:
    return isinstance(node, yaml.SequenceNode) and _is_block(node)


def _is_literal(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _set_or_remove_field(tree: dict[str, Any], path: TreePath, edit: FieldEdit) -> None:
    """Make the edit in a plain tree.

    Raises:
        EditError: the path leads through a value that is no mapping.
    """
    *way, last = path
    for key in way:
        if not isinstance(tree, dict):
            raise EditError(edit.path)
        if key not in tree and edit.value is REMOVE:
            return
        tree = tree.setdefault(str(key), {})
    if not isinstance(tree, dict):
        raise EditError(edit.path)
    if edit.value is REMOVE:
        tree.pop(str(last), None)
    else:
        tree[str(last)] = edit.value
