"""The view-model as JSON, as `assess report --format json` writes it, and its JSON Schema.

scripts/make_schemas.py writes the schema into data/schemas; a test compares both.
"""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from assess.report.content.view.model import Report

FORMAT = "assess/report/1"
"""The format of the view-model as JSON; data/schemas/report.json is its schema."""


def report_to_json(report: Report) -> bytes:
    """Return the view-model as indented JSON."""
    plain = {"format": FORMAT, **msgspec.to_builtins(report)}
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def make_view_schema() -> dict[str, Any]:
    """Return the schema of the view-model."""
    (_root,), definitions = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    report = definitions["Report"]
    report["properties"] = {"format": {"const": FORMAT}, **report["properties"]}
    report["required"] = ["format", *report["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "$ref": "#/$defs/Report",
        "$defs": {
            name: _clean_description(definition) for name, definition in sorted(definitions.items())
        },
    }


def _clean_description(definition: dict[str, Any]) -> dict[str, Any]:
    described = definition.get("description")
    return definition | ({"description": inspect.cleandoc(described)} if described else {})
