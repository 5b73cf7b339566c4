"""Change a field of a mapping in braces that has comments, in place.

`edit_nodes` rewrites mappings in braces without comments as blocks.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from assess.problem import TreePath
from assess.store.yaml.field_edit import REMOVE, EditError, FieldEdit
from assess.store.yaml.reading.scalars import parse_plain_scalar
from assess.store.yaml.writing import emit


def plain_value_of_node(node: Any) -> Any:
    """Return the plain value of a node."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain_value_of_node(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain_value_of_node(child) for child in node.value]
    return node.value if node.style else parse_plain_scalar(node.value)


def has_comment_inside(text: str, node: Any) -> bool:
    """Return whether a mapping in braces has a comment."""
    inside = text[node.start_mark.index : node.end_mark.index]
    if "#" not in inside:
        return False
    tokens = [(leaf.start_mark.index, leaf.end_mark.index) for leaf in _leaf_nodes(node)]
    return any(
        not any(start <= node.start_mark.index + offset < end for start, end in tokens)
        for offset, sign in enumerate(inside)
        if sign == "#"
    )


def edit_in_braces(text: str, node: Any, edit: FieldEdit, depth: int) -> str:
    """Return the text with the edit made; `node` is the mapping at `edit.path[:depth]`.

    Raises:
        EditError: the path leads through a value that is no mapping.
    """
    name, last = edit.path[depth], depth == len(edit.path) - 1
    pair = next((candidate for candidate in node.value if candidate[0].value == name), None)
    if pair is None:
        return _add_in_braces(text, node, edit, depth)
    if not last:
        if not isinstance(pair[1], yaml.MappingNode):
            raise EditError(edit.path)
        return edit_in_braces(text, pair[1], edit, depth + 1)
    start, end = pair[1].start_mark.index, pair[1].end_mark.index
    if edit.value is REMOVE:
        return _remove_field_text(text, pair[0].start_mark.index, end)
    if emit.value_for_text_comparison(
        plain_value_of_node(pair[1])
    ) == emit.value_for_text_comparison(edit.value):
        return text
    return text[:start] + emit.flow_style_text(edit.value) + text[end:]


def _add_in_braces(text: str, node: Any, edit: FieldEdit, depth: int) -> str:
    if edit.value is REMOVE:
        return text
    value = nest_value_in_mappings(edit.path[depth:], edit.value)
    new = emit.flow_style_text(value)[1:-1]
    if node.value:
        position = node.value[-1][1].end_mark.index
        return f"{text[:position]}, {new}{text[position:]}"
    position = node.start_mark.index + 1
    return f"{text[:position]}{new}{text[position:]}"


def _remove_field_text(text: str, start: int, end: int) -> str:
    """Remove a field in braces together with a comma, and keep comments."""
    before, after = text[:start], text[end:]
    comma = re.match(r"((?:\s|(?<=\s)#[^\n]*\n)*),(?: (?!#))?", after)
    if comma:
        return before + comma[1] + after[comma.end() :]
    last = re.search(r",(\s*(?:#[^\n]*\n\s*)*)$", before)
    if last:
        before = before[: last.start()] + (last[1] if "#" in last[1] else "")
    return before + after


def nest_value_in_mappings(path: TreePath, value: Any) -> Any:
    """Return `value` in nested mappings with the keys of `path`."""
    for key in reversed(path):
        value = {str(key): value}
    return value


def _leaf_nodes(node: Any) -> list[Any]:
    if isinstance(node, yaml.MappingNode):
        return [leaf for pair in node.value for child in pair for leaf in _leaf_nodes(child)]
    if isinstance(node, yaml.SequenceNode):
        return [leaf for child in node.value for leaf in _leaf_nodes(child)]
    return [node]
