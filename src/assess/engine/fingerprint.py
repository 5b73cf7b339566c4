"""Fingerprints of items and digests of answers: what was answered, and what was reviewed.

Both are the first 12 hexadecimal digits of a SHA-256 over canonical JSON. The input is fixed field
by field, with worked examples, in docs/decisions/0003-fingerprint.md. A change of the input makes
every stored fingerprint stale, so it needs a new prefix.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec
from msgspec.structs import replace

from assess.engine.kinds.registry import answer_kind
from assess.engine.number_text import decimal_text
from assess.i18n import LANGS, Lang
from assess.model.answer import Answer
from assess.model.base import Bilingual, pick_text
from assess.model.item import Item, find_kind_of_item
from assess.model.item_parts import Column

_WORDING = ("title", "requirement", "check", "verdict")

_REVIEWED_FIELDS = ("status", "value", "note", "mitigation", "risk", "fingerprint", "taken_from")

_encoder = msgspec.json.Encoder(order="sorted")


class _SameItem:
    """An item as a key: equal only to the same object, so that its texts are not compared."""

    __slots__ = ("item",)

    def __init__(self, item: Item) -> None:
        self.item = item

    def __hash__(self) -> int:
        return id(self.item)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameItem) and self.item is other.item


def item_fingerprint(item: Item, lang: Lang) -> str:
    """Return the fingerprint of an item's normative text in one language: `zh-` and 12 digits.

    Items are immutable, and the sheets of a round share those of their checklists, so the
    fingerprints of the last 4096 items are remembered.
    """
    return _compute_cached_fingerprint(_SameItem(item), lang)


@lru_cache(maxsize=4096)
def _compute_cached_fingerprint(same: _SameItem, lang: Lang) -> str:
    return f"{lang}-{short_sha256_hex(fingerprinted_json(same.item, lang))}"


def fingerprinted_json(item: Item, lang: Lang) -> bytes:
    """Return the canonical JSON that the fingerprint is taken of."""
    names = (*_WORDING, *answer_kind(item).rule_fields)
    fields = {name: _drop_unfingerprinted_column_marks(getattr(item, name)) for name in names}
    return canonical_json_without_empty_fields({"kind": find_kind_of_item(item), **fields}, lang)


def _drop_unfingerprinted_column_marks(value: Any) -> Any:
    """Return a field of an item without the marks of columns that do not change the question.

    These are whether a column is personal, and whether it is summed up. One that is not unique is
    as one that does not say so.
    """
    if not isinstance(value, tuple):
        return value
    return tuple(
        replace(part, personal=None, total=None, unique=part.unique or None)
        if isinstance(part, Column)
        else part
        for part in value
    )


def is_fingerprint_current_or_listed(item: Item, fingerprint: str) -> bool:
    """Return whether a stored fingerprint is the item's present one or is listed as still valid."""
    if fingerprint in item.still_valid:
        return True
    prefix = fingerprint.partition("-")[0]
    return any(prefix == lang and fingerprint == item_fingerprint(item, lang) for lang in LANGS)


def reviewed_answer_digest(answer: Answer) -> str:
    """Return the digest of what a review is about: `a-` and 12 digits.

    Over status or value, note, evidence, mitigation, risk, fingerprint and what it was taken from;
    not over remediation, re-check, `by` and `at`. Of these only a later `at` needs a new review.
    """
    return f"a-{short_sha256_hex(reviewed_answer_json(answer))}"


def reviewed_answer_json(answer: Answer) -> bytes:
    """Return the canonical JSON that the answer's digest is taken of."""
    fields = {name: getattr(answer, name) for name in _REVIEWED_FIELDS}
    served = {
        row: sorted({proofs} if isinstance(proofs, str) else set(proofs))
        for row, proofs in answer.evidence.items()
    }
    return canonical_json_without_empty_fields({**fields, "evidence": served})


def canonical_json_without_empty_fields(value: Any, lang: Lang = "zh") -> bytes:
    """Return canonical JSON: keys sorted, no spaces, UTF-8, decimals without needless zeros.

    Absent and empty fields are left out. Of a text in both languages only `lang` is included.
    """
    return _encoder.encode(_plain_json_without_empty_fields(value, lang))


def short_sha256_hex(data: bytes) -> str:
    """Return the first 12 hex digits of the SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()[:12]


def _plain_json_without_empty_fields(value: Any, lang: Lang) -> Any:
    if isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return msgspec.Raw(decimal_text(value).encode())
    if isinstance(value, Bilingual):
        return pick_text(value, lang)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain_json_without_empty_fields(inner, lang) for inner in value]
    pairs = value.items() if isinstance(value, Mapping) else _struct_fields(value)
    return {
        key: _plain_json_without_empty_fields(inner, lang)
        for key, inner in pairs
        if not _is_empty(inner)
    }


def _struct_fields(node: msgspec.Struct) -> list[tuple[str, Any]]:
    return [(name, getattr(node, name)) for name in node.__struct_fields__]


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, tuple | list | dict | str) and not value)
