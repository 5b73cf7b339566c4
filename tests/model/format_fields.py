"""All fields and listed values that a YAML file may hold, read from the types of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import inspect

Row = tuple[tuple[str, ...], Any]
"""A path with `*` for any key or entry; a listed value of the field there, else None."""


def all_fields(kind: Any) -> set[Row]:
    """Return every field of a type; of a type inside itself the first round only."""
    return set(_rows(inspect.type_info(kind), (), ()))


def _rows(info: inspect.Type, path: tuple[str, ...], inside: tuple[type, ...]) -> Iterator[Row]:
    if isinstance(info, inspect.UnionType):
        for member in info.types:
            yield from _rows(member, path, inside)
    elif isinstance(info, inspect.StructType) and info.cls not in inside:
        yield from _struct_rows(info, path, (*inside, info.cls))
    elif isinstance(info, inspect.DictType):
        yield from _rows(info.value_type, (*path, "*"), inside)
    elif isinstance(info, inspect.VarTupleType):
        yield from _rows(info.item_type, (*path, "*"), inside)
    elif isinstance(info, inspect.LiteralType):
        yield from ((path, value) for value in info.values)


def _struct_rows(
    info: inspect.StructType, path: tuple[str, ...], inside: tuple[type, ...]
) -> Iterator[Row]:
    if info.tag_field:
        yield ((*path, info.tag_field), info.tag)
    for field in info.fields:
        yield ((*path, field.encode_name), None)
        yield from _rows(field.type, (*path, field.encode_name), inside)


def matches(pattern: Sequence[str], path: Sequence[str]) -> bool:
    """Return whether a path of a type fits a path with wildcards of the table."""
    if not pattern or not path:
        return not path and set(pattern) <= {"**"}
    if pattern[0] == "**":
        return matches(pattern[1:], path) or matches(pattern, path[1:])
    return pattern[0] in ("*", path[0]) and matches(pattern[1:], path[1:])
