"""Which format number each field of the five YAML files came with.

The first line of a file names its format: `assess/answers/1`. A program reads all numbers up to
its newest, and writes the lowest number that holds what the file says
(docs/decisions/0016-how-formats-grow.md). A new field is declared in its type and in `ADDITIONS`; a
new kind of item says its number itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, get_args

from assess.model.item import Item, ItemBase
from assess.problem import TreePath

FileKind = Literal["checklist", "sheet", "config", "register", "findings"]


class FormatAddition(NamedTuple):
    """A field, or some values of a field, that came after number 1."""

    number: int
    """The first format number that has it, from 2 on."""
    path: tuple[str, ...]
    """Keys from the top. `*` is any key or list entry, `**` is any number of levels."""
    values: tuple[Any, ...] = ()
    """The new values of an older field; empty where the field itself is new."""


NAMES: Final[Mapping[FileKind, str]] = {
    "checklist": "assess/checklist",
    "sheet": "assess/answers",
    "config": "assess/config",
    "register": "assess/evidence",
    "findings": "assess/findings",
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
        *list_format_additions_of_kinds(get_args(Item)),
    ),
    "sheet": (
        FormatAddition(2, ("answers", "*", "taken_from")),
        FormatAddition(2, ("parked", "*", "answer", "taken_from")),
        *(
            FormatAddition(3, (*place, "remediation", field))
            for place in (("answers", "*"), ("parked", "*", "answer"))
            for field in ("budget", "people", "no_due_reason")
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


def find_uses_of_newer_formats(kind: FileKind, tree: object, number: int) -> Iterator[FormatUse]:
    """Yield what a plain tree uses that came after the format number `number`."""
    for addition in ADDITIONS[kind]:
        if addition.number > number:
            for place, value in _find_values_at_wildcard_path(tree, addition.path, ()):
                if not addition.values or value in addition.values:
                    yield FormatUse(place, addition.number)


def _find_values_at_wildcard_path(
    value: Any, path: tuple[str, ...], place: TreePath
) -> Iterator[tuple[TreePath, Any]]:
    """Yield the values that a path with wildcards leads to, each with its place."""
    if not path:
        yield place, value
        return
    key, *rest = path
    if key == "**":
        yield from _find_values_at_wildcard_path(value, tuple(rest), place)
    for name, inner in _keyed_entries(value):
        if key == "**":
            yield from _find_values_at_wildcard_path(inner, path, (*place, name))
        elif key in ("*", name):
            yield from _find_values_at_wildcard_path(inner, tuple(rest), (*place, name))


def _keyed_entries(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
