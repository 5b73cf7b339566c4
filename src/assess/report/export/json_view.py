"""The view-model as JSON, as `assess report --format json` writes it, and its JSON Schema.

scripts/make_schemas.py writes the schema into data/schemas; a test compares both.
"""

from __future__ import annotations

import inspect
import io
from typing import Any

import msgspec
from msgspec.structs import replace

from assess.report.content.view.model import Report

FORMAT = "assess/report/1"
"""The format of the view-model as JSON; data/schemas/report.json is its schema."""


_NO_SHEETS = b'\n  "sheets": []'
_INDENT = b"\n    "
"""What begins a line of a sheet."""


def report_to_json(report: Report) -> bytes:
    """Return the view-model as indented JSON.

    Sheets are written one by one, so that many of them need no second copy of all.
    """
    plain = {"format": FORMAT, **msgspec.to_builtins(replace(report, sheets=()))}
    before, _, after = _to_indented_json(plain).partition(_NO_SHEETS)
    out = io.BytesIO()
    out.write(before + _NO_SHEETS.removesuffix(b"]"))
    for number, sheet in enumerate(report.sheets):
        out.write(b"," * (number > 0) + _INDENT)
        out.write(_to_indented_json(sheet).replace(b"\n", _INDENT))
    out.write((b"\n  ]" if report.sheets else b"]") + after + b"\n")
    return out.getvalue()


def _to_indented_json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)


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
