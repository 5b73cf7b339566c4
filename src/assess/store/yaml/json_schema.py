"""JSON Schemas of the five formats, made from the types, for editors that complete and check.

`scripts/make_schemas.py` adds what the fields mean and writes them to data/schemas. A test compares
both.
"""

from __future__ import annotations

import inspect
from typing import Any, Final

import msgspec

from assess.locations import PROGRAM_DATA
from assess.model.base import Number
from assess.model.conflict import ConflictRow
from assess.model.formats import FileKind, list_readable_formats
from assess.store.yaml.reading.decode import TYPES
from assess.store.yaml.reading.tree import CONFLICT

_CONFLICT_MEANING: Final = "What a merge left undecided here; `assess settle` decides it."

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_DEFS: Final = "#/$defs/{name}"


def read_shipped_schema(name: str) -> str:
    """Return the text of a schema file in the package."""
    return (PROGRAM_DATA / "schemas" / f"{name}.json").read_text("utf-8")


def make_json_schema(kind: FileKind) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file."""
    (_, rows), definitions = msgspec.json.schema_components(
        [TYPES[kind], tuple[ConflictRow, ...]],
        schema_hook=_schema_of_number_type,
        ref_template=_DEFS,
    )
    name = TYPES[kind].__name__
    formats = list_readable_formats(kind)
    definitions["ConflictRow"]["properties"]["theirs"] = {}
    conflict = rows | {"description": _CONFLICT_MEANING}
    definitions = _allow_conflict_and_forbid_null(definitions, conflict)
    definitions[name]["properties"]["format"] = _schema_of_format_field(formats)
    return {
        "$schema": DIALECT,
        "title": formats[-1],
        "$ref": _DEFS.format(name=name),
        "$defs": dict(sorted(definitions.items())),
    }


def _schema_of_format_field(formats: list[str]) -> dict[str, Any]:
    """Return the schema of `format:`; a file with a lower number may use fewer fields."""
    return {"const": formats[0]} if len(formats) == 1 else {"enum": formats}


def _schema_of_number_type(kind: type) -> dict[str, Any]:
    if kind is Number:
        return {"type": "number"}
    raise TypeError(kind)


def _allow_conflict_and_forbid_null(schema: Any, conflict_schema: dict[str, Any]) -> Any:
    """Return a schema for files: any mapping may have `conflict:`, and no value is null."""
    if isinstance(schema, list):
        return [
            _allow_conflict_and_forbid_null(member, conflict_schema)
            for member in schema
            if member != {"type": "null"}
        ]
    if not isinstance(schema, dict):
        return inspect.cleandoc(schema) if isinstance(schema, str) else schema
    changed = {
        key: _allow_conflict_and_forbid_null(value, conflict_schema)
        for key, value in schema.items()
        if key != "default" or isinstance(value, (str, int))  # others only say: left out
    }
    if schema.get("type") == "object":
        changed["properties"] = {**changed.get("properties", {}), CONFLICT: conflict_schema}
    if len(changed.get("anyOf", ())) == 1:
        changed |= changed.pop("anyOf")[0]
    return changed
