"""Whether plain JSON fits a JSON Schema, as far as the program's schemas go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import make_schemas

_TYPES: Mapping[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
}
_KNOWN = frozenset(
    (
        *("$schema", "$ref", "$defs", "title", "description", "default", "format", "const"),
        *("type", "properties", "required", "additionalProperties", "items", "anyOf", "enum"),
        *("pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"),
    )
)


@cache
def schemas_of_types() -> dict[str, Any]:
    """Return the schemas that the types give, as JSON reads them; a worker makes them once."""
    schemas: dict[str, Any] = json.loads(json.dumps(make_schemas.make_schemas()))
    return schemas


def list_schema_faults(value: Any, schema: Mapping[str, Any]) -> list[str]:
    """Return all that does not fit, each with its place; an unknown keyword fails."""
    return list(_faults(value, schema, schema, "$"))


def _faults(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], place: str
) -> Iterator[str]:
    assert set(schema) <= _KNOWN, set(schema) - _KNOWN
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from _faults(value, root["$defs"][name], root, place)
    if "anyOf" in schema and all(
        list(_faults(value, option, root, place)) for option in schema["anyOf"]
    ):
        yield f"{place}: none of the possible forms: {value!r}"
    if "type" in schema and not _has_type(value, schema["type"]):
        yield f"{place}: {value!r} is no {schema['type']}"
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{place}: {value!r} is not allowed"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{place}: {value!r} does not match"
    if isinstance(value, dict):
        yield from _object_faults(value, schema, root, place)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{place}: {len(value)} entries"
        for index, inner in enumerate(value):
            yield from _faults(inner, schema.get("items", {}), root, f"{place}[{index}]")


def _has_type(value: Any, name: str) -> bool:
    if name in ("number", "integer"):
        kinds = int if name == "integer" else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool)
    return isinstance(value, _TYPES[name])


def _object_faults(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], place: str
) -> Iterator[str]:
    fields = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place}: lacks {name}"
    for name, inner in value.items():
        others = schema.get("additionalProperties", {})
        if name not in fields and others is False:
            yield f"{place}: has {name}"
        others = others if isinstance(others, dict) else {}
        yield from _faults(inner, fields.get(name, others), root, f"{place}.{name}")
