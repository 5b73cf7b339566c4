"""Every text of a checklist with its place, its item and the part it plays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from assess.model.base import Bilingual
from assess.model.checklist import Checklist
from assess.model.item import Item
from assess.problem import Path

SENTENCES = frozenset({"requirement", "check", "now", "lasting"})
"""Parts that are whole sentences, and end like one."""


class LocatedText(NamedTuple):
    """A text of a checklist."""

    path: Path
    part: str
    """The name of the field that holds it: title, requirement, check …"""
    text: Bilingual


class LocatedItem(NamedTuple):
    """An item of a checklist with its path."""

    item: Item
    path: Path


def list_items(checklist: Checklist) -> list[LocatedItem]:
    """Return the items with their paths."""
    return [
        LocatedItem(item, ("sections", section, "items", index))
        for section, content in enumerate(checklist.sections)
        for index, item in enumerate(content.items)
    ]


def find_texts(value: Any, path: Path = (), part: str = "") -> Iterator[LocatedText]:
    """Yield the texts in a value, in file order; plain strings are ids and never texts here."""
    if isinstance(value, Bilingual):
        yield LocatedText(path, part, value)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from find_texts(getattr(value, name), (*path, name), name)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from find_texts(inner, (*path, key), part)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from find_texts(inner, (*path, index), part)
