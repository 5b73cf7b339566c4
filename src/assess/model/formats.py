"""Which format number each field of the five YAML files came with.

The first line of a file names its format: `assess/answers/1`. A program reads all numbers up to
its newest, and writes the lowest number that holds what the file says
(docs/decisions/0016-how-formats-grow.md). A new field is declared in its type and in `ADDITIONS`; a
new kind of item says its number itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple, get_args

from assess.model.item import Item, ItemBase
from assess.problem import TreePath

FileKind = Literal[
    "checklist", "sheet", "config", "register", "findings", "office", "receipts", "thresholds"
]


class FormatAddition(NamedTuple):
    """A field, or some values of a field, that came after number 1."""

    number: int
    """The first format number that has it, from 2 on."""
    path: tuple[str, ...]
    """Keys from the top. `*` is any key or list entry, `**` is any number of levels."""
    values: tuple[Any, ...] = ()
    """The new values of an older field; empty where the field itself is new."""
    lacks: str = ""
    """A field that may be left out of the mapping at the path, and could not before."""


NAMES: Final[Mapping[FileKind, str]] = {
    "checklist": "assess/checklist",
    "sheet": "assess/answers",
    "config": "assess/config",
    "register": "assess/evidence",
    "findings": "assess/findings",
    "office": "assess/office",
    "receipts": "assess/receipts",
    "thresholds": "assess/thresholds",
}
"""What `format:` says before the number."""


_ITEM: Final = ("sections", "*", "items", "*")


def list_format_additions_of_kinds(kinds: Iterable[type[ItemBase]]) -> Iterator[FormatAddition]:
    """Yield the additions of kinds of items that came after number 1: each kind, and its fields."""
    older = set[str]()
    for kind in sorted(kinds, key=lambda kind: kind.FORMAT_NUMBER):
        number, fields = kind.FORMAT_NUMBER, set(kind.__struct_encode_fields__)
        if number > 1:
            yield FormatAddition(number, (*_ITEM, "kind"), (kind.__struct_config__.tag,))
            yield from (FormatAddition(number, (*_ITEM, field)) for field in sorted(fields - older))
        older |= fields


ADDITIONS: Final[dict[FileKind, tuple[FormatAddition, ...]]] = {
    "checklist": (
        *(FormatAddition(2, (field,)) for field in ("languages", "verbatim", "silence")),
        *(FormatAddition(2, (*_ITEM, field)) for field in ("verdict", "problem", "each_round")),
        FormatAddition(2, (*_ITEM, "personal")),
        FormatAddition(2, (*_ITEM, "columns", "*", "personal")),
        FormatAddition(3, (*_ITEM, "evidence", "*", "demand")),
        FormatAddition(3, ("checks",)),
        FormatAddition(3, (*_ITEM, "applies_when", "**", "item")),
        FormatAddition(3, (*_ITEM, "high_risk", "applies_when", "**", "item")),
        *(FormatAddition(3, (*_ITEM, "columns", "*", field)) for field in ("unique", "total")),
        *(FormatAddition(3, (*_ITEM, field)) for field in ("label", "guidance", "parameters")),
        FormatAddition(3, _ITEM, lacks="title"),
        FormatAddition(3, ("sections", "*", "group")),
        *list_format_additions_of_kinds(get_args(Item)),
    ),
    "sheet": (
        FormatAddition(2, ("answers", "*", "taken_from")),
        FormatAddition(2, ("parked", "*", "answer", "taken_from")),
        *(
            FormatAddition(3, (*place, "remediation", field))
            for place in (("answers", "*"), ("parked", "*", "answer"))
            for field in ("budget", "people", "no_due_reason", "first_due")
        ),
    ),
    "config": (
        *(FormatAddition(2, ("checklists", "*", field)) for field in ("digest", "templates")),
        FormatAddition(2, ("report", "detail")),
        *(
            FormatAddition(2, ("report", "heads", "*", field))
            for field in ("signer", "contact", "copies")
        ),
    ),
    "register": (),
    "findings": (),
    "office": (),
    "receipts": (),
    "thresholds": (),
}
"""All that came after number 1. What stands nowhere here came with number 1."""

_KINDS: Final = {name: kind for kind, name in NAMES.items()}
_FORMAT: Final = re.compile(r"(?P<name>.+)/(?P<number>[1-9][0-9]{0,8})")


class Format(NamedTuple):
    """What a `format:` line says."""

    kind: FileKind
    number: int

    @property
    def is_newer_than_program(self) -> bool:
        """Whether this program does not know the number yet."""
        return self.number > newest_format_number(self.kind)

    def __str__(self) -> str:
        """Return the value of the `format:` line."""
        return f"{NAMES[self.kind]}/{self.number}"


def parse_format(value: object) -> Format | None:
    """Return the format that a `format:` line says; None where it says none of the five."""
    match = _FORMAT.fullmatch(value) if isinstance(value, str) else None
    if match is None or match["name"] not in _KINDS:
        return None
    return Format(_KINDS[match["name"]], int(match["number"]))


def newest_format_number(kind: FileKind) -> int:
    """Return the highest number that this program reads."""
    return max((addition.number for addition in ADDITIONS[kind]), default=1)


def list_readable_formats(kind: FileKind) -> list[str]:
    """Return every value of the `format:` line that this program reads, the oldest first."""
    return [str(Format(kind, number)) for number in range(1, newest_format_number(kind) + 1)]


def lowest_sufficient_format_number(kind: FileKind, tree: object) -> int:
    """Return the lowest number that holds what a plain tree says."""
    return max((use.number for use in find_uses_of_newer_formats(kind, tree, 1)), default=1)


class FormatUse(NamedTuple):
    """A value in a file that needs a higher format number."""

    place: TreePath
    number: int
    lacks: str = ""
    """The field whose absence needs the number; '' where it is the value itself."""


def find_uses_of_newer_formats(kind: FileKind, tree: object, number: int) -> Iterator[FormatUse]:
    """Yield what a plain tree uses that came after the format number `number`.

    The tree is gone through once for all additions.
    """
    newer = tuple(addition for addition in ADDITIONS[kind] if addition.number > number)
    return _find_uses_at_and_below(tree, _build_path_tree_of_additions(newer), ())


class _PathNode:
    """The additions whose paths begin alike: where they end, and how they go on."""

    __slots__ = ("additions", "any_key", "any_levels", "keys")

    def __init__(self) -> None:
        """Begin a node that no path leads on from."""
        self.additions: list[FormatAddition] = []
        self.keys: dict[str, _PathNode] = {}
        self.any_key: _PathNode | None = None
        self.any_levels: _PathNode | None = None

    def find_or_add_child_node(self, key: str) -> _PathNode:
        """Return the node that a part of a path leads to."""
        if key == "**":
            self.any_levels = self.any_levels or _PathNode()
            return self.any_levels
        if key == "*":
            self.any_key = self.any_key or _PathNode()
            return self.any_key
        return self.keys.setdefault(key, _PathNode())


@lru_cache(maxsize=32)
def _build_path_tree_of_additions(additions: tuple[FormatAddition, ...]) -> _PathNode:
    root = _PathNode()
    for addition in additions:
        node = root
        for key in addition.path:
            node = node.find_or_add_child_node(key)
        node.additions.append(addition)
    return root


def _find_uses_at_and_below(value: Any, node: _PathNode, place: TreePath) -> Iterator[FormatUse]:
    """Yield the uses at and below a value that a node of paths with wildcards leads to."""
    for addition in node.additions:
        if _does_value_need_addition(addition, value):
            yield FormatUse(place, addition.number, addition.lacks)
    if isinstance(value, dict):
        for key, next_node in node.keys.items():
            if key in value:
                yield from _find_uses_at_and_below(value[key], next_node, (*place, key))
    if node.any_key is not None:
        for entry, inner in _entries_of_mapping_or_list(value):
            yield from _find_uses_at_and_below(inner, node.any_key, (*place, entry))
    if node.any_levels is not None:
        yield from _find_uses_at_any_level(value, node.any_levels, place)


def _does_value_need_addition(addition: FormatAddition, value: Any) -> bool:
    """Return whether a value at the path of an addition needs its number."""
    if addition.lacks:
        return isinstance(value, dict) and addition.lacks not in value
    return not addition.values or value in addition.values


def _find_uses_at_any_level(value: Any, node: _PathNode, place: TreePath) -> Iterator[FormatUse]:
    yield from _find_uses_at_and_below(value, node, place)
    for key, inner in _entries_of_mapping_or_list(value):
        yield from _find_uses_at_any_level(inner, node, (*place, key))


def _entries_of_mapping_or_list(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()
