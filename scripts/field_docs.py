"""What fields mean: the docstrings below them in the model, as descriptions in a JSON Schema."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

TAG_MEANING = "Which of the possible kinds this is; the other fields follow from it."
"""What is said of the field that tells kinds of a mapping apart; no class declares it."""

Structs = dict[str, type[msgspec.Struct]]


def describe_fields(schema: dict[str, Any], *roots: type[msgspec.Struct]) -> dict[str, Any]:
    """Return a schema whose fields say what they mean, and whose types say nothing of Python.

    `roots` are the types that the schema was made from; those of their fields are described too.
    """
    definitions = dict(schema["$defs"])
    for name, kind in list_struct_types(*roots).items():
        definition = definitions[name]
        meanings = read_field_docs(kind)
        definitions[name] = definition | {
            "description": definition["description"].partition("\n\nRaises:")[0],
            "properties": {
                field: value | ({"description": meanings[field]} if field in meanings else {})
                for field, value in definition["properties"].items()
            },
        }
    return schema | {"$defs": definitions}


def list_struct_types(*roots: type[msgspec.Struct]) -> Structs:
    """Return the types of mappings in the roots, at any depth, by the name that schemas give."""
    types: Structs = {}
    waiting: list[Any] = [msgspec.inspect.type_info(root) for root in roots]
    while waiting:
        info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls.__name__ in types:
                continue
            types[info.cls.__name__] = info.cls
        waiting += _list_inner_types(info)
    return types


def _list_inner_types(info: Any) -> Iterator[Any]:
    for name in info.__struct_fields__:
        value = getattr(info, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, (msgspec.inspect.Type, msgspec.inspect.Field)):
                yield part


def read_field_docs(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return the docstrings of the fields of a type, by the names that files have."""
    docs: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("assess."):
            docs |= _read_own_field_docs(base)
    tag = kind.__struct_config__.tag_field
    names = dict(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
    meanings = {encoded: docs[name] for name, encoded in names.items() if name in docs}
    return meanings | ({tag: TAG_MEANING} if tag else {})


def _read_own_field_docs(kind: type) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    if not isinstance(definition, ast.ClassDef):
        raise TypeError(kind)
    return {
        field.target.id: " ".join(doc.value.value.split())
        for field, doc in pairwise(definition.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(doc, ast.Expr)
        and isinstance(doc.value, ast.Constant)
        and isinstance(doc.value.value, str)
    }
