"""The data of a round as JSON, written sheet by sheet, and its JSON Schema.

Equal records give equal bytes. The first line has everything but the sheets; then each sheet has a
line of its own, so that a round of any size can be written and read in little memory.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from assess.engine.exact_json import make_exact_decoder
from assess.engine.number_text import decimal_text
from assess.model.base import Number
from assess.model.round_data import DATA_FORMAT, RoundData, SheetRecord

DATA_START: Final = b'{"format":"assess/data/'
"""The first bytes of each file of such data."""

_NO_SHEETS: Final = b"[]}"


def _encode_number_or_raise(value: Any) -> Any:
    if isinstance(value, Number):
        return msgspec.Raw(decimal_text(value).encode())
    raise TypeError(type(value))


NUMBER_ENCODER: Final = msgspec.json.Encoder(enc_hook=_encode_number_or_raise)
"""Writes exact decimals as numbers of JSON."""


def encode_round_data(head: RoundData, sheets: Iterable[SheetRecord]) -> Iterator[bytes]:
    """Yield the JSON of a round: the head, which has no sheets itself, then each sheet."""
    yield NUMBER_ENCODER.encode(head).removesuffix(_NO_SHEETS) + b"[\n"
    between = b""
    for sheet in sheets:
        yield between + NUMBER_ENCODER.encode(sheet)
        between = b",\n"
    yield b"\n]}\n"


decode_round_data: Final = make_exact_decoder(RoundData)
"""Returns the data of a round with its exact numbers; raises ValueError where it is none."""


def make_round_data_schema() -> dict[str, Any]:
    """Return the JSON Schema of the data of a round."""
    return make_schema_of_records(RoundData, DATA_FORMAT)


def make_schema_of_records(record: type[msgspec.Struct], name: str) -> dict[str, Any]:
    """Return the JSON Schema of a record whose `format` is `name`."""
    (root,), definitions = msgspec.json.schema_components(
        [record], schema_hook=_schema_of_number_type, ref_template="#/$defs/{name}"
    )
    definitions[record.__name__]["properties"]["format"] = {"const": name}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **root,
        "$defs": {key: dedent_description(definitions[key]) for key in sorted(definitions)},
    }


def _schema_of_number_type(kind: type) -> dict[str, Any]:
    if kind is Number:
        return {"type": "number"}
    raise TypeError(kind)


def dedent_description(definition: dict[str, Any]) -> dict[str, Any]:
    """Return a definition of a JSON Schema whose description is not indented as a docstring is."""
    return definition | {"description": inspect.cleandoc(definition["description"])}
