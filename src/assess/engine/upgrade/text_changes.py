"""Old and new texts of the fingerprinted fields of an item that changed."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from assess.engine.fingerprint import fingerprinted_json
from assess.i18n import Lang
from assess.model.item import Item


class TextComparison(NamedTuple):
    """A field of an item before and after, as text; '' where it is not there."""

    field: str
    old: str
    new: str


def compare_fingerprinted_texts(old: Item, new: Item, lang: Lang) -> tuple[TextComparison, ...]:
    """Return the fields that differ of all that a fingerprint is taken of, in one language."""
    old_fields, other = (_decode_fingerprinted_fields(item, lang) for item in (old, new))
    return tuple(
        TextComparison(
            name,
            _format_value_as_lines(old_fields.get(name)),
            _format_value_as_lines(other.get(name)),
        )
        for name in dict.fromkeys((*_ORDER, *old_fields, *other))
        if old_fields.get(name) != other.get(name)
    )


_decoder = msgspec.json.Decoder(float_hook=str)
"""Degrees and limits come out as the file writes them, not as binary floats."""

_ORDER = ("kind", "title", "requirement", "check")


def _decode_fingerprinted_fields(item: Item, lang: Lang) -> dict[str, Any]:
    fields: dict[str, Any] = _decoder.decode(fingerprinted_json(item, lang))
    return fields


def _format_value_as_lines(value: Any) -> str:
    """Return a value as lines: one an entry of a list, fields of a mapping on one line."""
    if isinstance(value, list):
        return "\n".join(_format_value_on_single_line(element) for element in value)
    return "" if value is None else _format_value_on_single_line(value)


def _format_value_on_single_line(value: Any) -> str:
    if isinstance(value, dict):
        named = (
            f"{key} {_format_value_on_single_line(part)}"
            for key, part in value.items()
            if key not in ("id", "text")
        )
        whole = [str(value[key]) for key in ("id", "text") if key in value]
        return ", ".join((*whole, *named))
    if isinstance(value, list):
        return "; ".join(_format_value_on_single_line(element) for element in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
