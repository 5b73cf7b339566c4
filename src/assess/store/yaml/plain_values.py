"""Values of the model as plain dicts, lists, texts and numbers, as files have them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import msgspec


def convert_to_plain_without_empty_fields(value: Any) -> Any:
    """Return a value of the model as plain dicts, lists, texts and numbers.

    Fields that are None or empty are left out, so is a flag that is not set. Other fields that
    equal their default are written: a later change of the default must not change an answer.
    """
    if isinstance(value, msgspec.Struct):
        return _convert_struct_to_plain(value)
    if isinstance(value, dict):
        inner = {
            str(key): convert_to_plain_without_empty_fields(field) for key, field in value.items()
        }
        return {key: field for key, field in inner.items() if field is not None}
    if isinstance(value, (list, tuple)):
        return [convert_to_plain_without_empty_fields(inner) for inner in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value


def _convert_struct_to_plain(value: msgspec.Struct) -> dict[str, Any]:
    info = value.__struct_config__
    fields: dict[str, Any] = {}
    flags = _names_of_flag_fields(type(value))
    for name, key in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
        inner = convert_to_plain_without_empty_fields(getattr(value, name))
        is_unset_flag = inner is False and name in flags
        if inner is not None and inner not in ({}, []) and not is_unset_flag:
            fields[key] = inner
        if key == "id" and info.tag_field:
            fields[info.tag_field] = info.tag
    return fields


@lru_cache
def _names_of_flag_fields(struct: type[msgspec.Struct]) -> frozenset[str]:
    """Return the fields whose default is False."""
    return frozenset(
        field.name for field in msgspec.structs.fields(struct) if field.default is False
    )
