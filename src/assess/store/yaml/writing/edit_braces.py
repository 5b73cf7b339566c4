"""Change one field of a mapping in braces that holds comments: in place, character by character.

Mappings in braces without comments are rewritten as blocks instead (store.yaml.edit_nodes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import yaml

from assess.problem import Path
from assess.store.yaml.reading.scalars import core
from assess.store.yaml.writing import emit

REMOVE: Final = ...
"""As a new value: the field goes."""


class Edit(NamedTuple):
    """A new value for the field at `path` (keys only); REMOVE or None: the field goes.

    Where the field is not there yet, it is written after the last of `after` that is (keys of the
    same mapping), at the head if none is, and at the end where `after` is None. Mappings on the way
    that are missing are made.
    """

    path: Path
    value: Any
    after: Sequence[str] | None = None

    def plainly(self) -> Edit:
        """Return the edit with its value as a file would hold it."""
        value = self.value if self.value is REMOVE else emit.plain(self.value)
        return self._replace(value=REMOVE if value is None else value)


class EditError(ValueError):
    """The field can't be reached: there is a text or list on its way."""


def value_of(node: Any) -> Any:
    """Return the plain value of a node."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: value_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value_of(one) for one in node.value]
    return node.value if node.style else core(node.value)


def has_comment(text: str, node: Any) -> bool:
    """Return whether a comment stands inside a mapping in braces."""
    inside = text[node.start_mark.index : node.end_mark.index]
    if "#" not in inside:
        return False
    tokens = [(leaf.start_mark.index, leaf.end_mark.index) for leaf in _leaves(node)]
    return any(
        not any(start <= node.start_mark.index + at < end for start, end in tokens)
        for at, sign in enumerate(inside)
        if sign == "#"
    )


def edit_in_braces(text: str, node: Any, edit: Edit, depth: int) -> str:
    """Return the text with the edit made; `node` is what `edit.path[:depth]` leads to."""
    name, last = edit.path[depth], depth == len(edit.path) - 1
    pair = next((one for one in node.value if one[0].value == name), None)
    if pair is None:
        return _add_in_braces(text, node, edit, depth)
    if not last:
        if not isinstance(pair[1], yaml.MappingNode):
            raise EditError(edit.path)
        return edit_in_braces(text, pair[1], edit, depth + 1)
    start, end = pair[1].start_mark.index, pair[1].end_mark.index
    if edit.value is REMOVE:
        return _cut(text, pair[0].start_mark.index, end)
    if emit.canonical(value_of(pair[1])) == emit.canonical(edit.value):
        return text
    return text[:start] + emit.flow(edit.value) + text[end:]


def _add_in_braces(text: str, node: Any, edit: Edit, depth: int) -> str:
    if edit.value is REMOVE:
        return text
    value = nested(edit.path[depth:], edit.value)
    new = emit.flow(value)[1:-1]
    if node.value:
        at = node.value[-1][1].end_mark.index
        return f"{text[:at]}, {new}{text[at:]}"
    at = node.start_mark.index + 1
    return f"{text[:at]}{new}{text[at:]}"


def _cut(text: str, start: int, end: int) -> str:
    """Take a field out of braces with one comma, and leave comments."""
    before, after = text[:start], text[end:]
    comma = re.match(r"((?:\s|(?<=\s)#[^\n]*\n)*),(?: (?!#))?", after)
    if comma:
        return before + comma[1] + after[comma.end() :]
    last = re.search(r",(\s*(?:#[^\n]*\n\s*)*)$", before)
    if last:
        before = before[: last.start()] + (last[1] if "#" in last[1] else "")
    return before + after


def nested(path: Path, value: Any) -> Any:
    """Return `value` inside mappings of one key each."""
    for key in reversed(path):
        value = {str(key): value}
    return value


def _leaves(node: Any) -> list[Any]:
    if isinstance(node, yaml.MappingNode):
        return [leaf for pair in node.value for one in pair for leaf in _leaves(one)]
    if isinstance(node, yaml.SequenceNode):
        return [leaf for one in node.value for leaf in _leaves(one)]
    return [node]
