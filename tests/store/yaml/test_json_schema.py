from __future__ import annotations

import json
import re

import pytest
from msgspec import inspect

from assess.model.formats import FileKind, list_readable_formats
from assess.store.yaml.json_schema import (
    _schema_of_number_type,
    make_json_schema,
    read_shipped_schema,
)
from assess.store.yaml.reading.decode import TYPES
from assess.store.yaml.reading.type_words import hint_for_pattern
from json_schemas import schemas_of_types


@pytest.mark.parametrize("kind", TYPES)
def test_shipped_schemas_are_those_of_the_types(kind: FileKind) -> None:
    """Run scripts/make_schemas.py after a change of the model."""
    assert json.loads(read_shipped_schema(kind)) == schemas_of_types()[kind]


@pytest.mark.parametrize("kind", TYPES)
def test_every_field_says_what_it_means(kind: FileKind) -> None:
    """Editors show it; a new field of the model has a docstring below it."""
    definitions = json.loads(read_shipped_schema(kind))["$defs"]
    silent = [
        f"{name}.{field}"
        for name, definition in definitions.items()
        for field, value in definition["properties"].items()
        if not value.get("description")
    ]
    assert silent == []
    assert not any("Raises:" in definition["description"] for definition in definitions.values())


@pytest.mark.parametrize("kind", TYPES)
def test_schema_names_format_and_allows_conflicts(kind: FileKind) -> None:
    """The format is known; every mapping may hold `conflict`; no null stands in any file."""
    schema = make_json_schema(kind)
    root = schema["$defs"][TYPES[kind].__name__]
    assert root["properties"]["format"] in (
        {"const": list_readable_formats(kind)[0]},
        {"enum": list_readable_formats(kind)},
    )
    text = json.dumps(schema)
    assert text.count('"type": "object"') == text.count('"conflict": {')
    assert '"null"' not in text
    assert ": null" not in text


@pytest.mark.parametrize("kind", TYPES)
def test_every_pattern_has_words(kind: FileKind) -> None:
    """An id that is refused is explained, whichever it is."""
    patterns = set(re.findall(r"pattern='([^']+)'", repr(inspect.type_info(TYPES[kind]))))
    assert all(hint_for_pattern(pattern.replace("\\\\", "\\"), "en") for pattern in patterns)


def test_unknown_types_are_not_guessed() -> None:
    """A new custom type in the model needs a schema of its own."""
    with pytest.raises(TypeError):
        _schema_of_number_type(complex)
