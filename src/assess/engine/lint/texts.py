"""Every text of a checklist with its place and the field that holds it."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_type_hints

import msgspec

from assess.han import has_han
from assess.i18n import Lang
from assess.model.base import Bilingual
from assess.model.checklist import Checklist
from assess.model.item import NEVER, Item, ItemBase
from assess.problem import TreePath

SENTENCES = frozenset(
    {"requirement", "check", "now", "lasting", "met", "partial", "unmet", "not_applicable"}
)
"""Parts that are whole sentences, and end like one."""


class LocatedText(NamedTuple):
    """A text of a checklist."""

    path: TreePath
    part: str
    """The name of the field that holds it: title, requirement, check …"""
    text: Bilingual


class LocatedItem(NamedTuple):
    """An item of a checklist with its path."""

    item: Item
    path: TreePath


def list_items_with_paths(checklist: Checklist) -> list[LocatedItem]:
    """Return the items with their paths."""
    return [
        LocatedItem(item, ("sections", section, "items", index))
        for section, content in enumerate(checklist.sections)
        for index, item in enumerate(content.items)
    ]


def find_bilingual_texts_with_paths(
    value: Any, path: TreePath = (), part: str = ""
) -> Iterator[LocatedText]:
    """Yield the texts in a value, in file order; plain strings are ids and never texts here.

    A title that is cut from the requirement stands in no file and is left out.
    """
    if isinstance(value, Bilingual):
        yield LocatedText(path, part, value)
    elif isinstance(value, msgspec.Struct):
        for name in _list_fields_leading_to_texts(type(value)):
            if (
                name == "title"
                and isinstance(value, ItemBase)
                and value.is_title_cut_from_requirement
            ):
                continue
            if (inner := getattr(value, name)) is not None and inner != ():
                yield from find_bilingual_texts_with_paths(inner, (*path, name), name)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from find_bilingual_texts_with_paths(inner, (*path, key), part)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from find_bilingual_texts_with_paths(inner, (*path, index), part)


def list_located_texts(checklist: Checklist) -> list[LocatedText]:
    """Return the texts of a checklist, each in the language it is written in, in file order."""
    return list(find_bilingual_texts_with_paths(convert_texts_to_bilingual(checklist)))


def convert_texts_to_bilingual(checklist: Checklist) -> Checklist:
    """Return the checklist with each text that is a plain string in the language it is written in.

    A checklist of one language has all its plain strings in that language. Otherwise a string
    with a Han character is Chinese.
    """
    only = checklist.languages[0] if len(checklist.languages) == 1 else None
    converted: Checklist = _convert_texts(checklist, only)
    return converted


def _convert_texts(value: Any, only_language: Lang | None, *, is_text: bool = False) -> Any:
    """Return a value with the plain strings in its fields of texts as bilingual texts.

    What has none is returned as it is, not copied.
    """
    if isinstance(value, str):
        return (
            _convert_string_to_bilingual(value, only_language)
            if is_text and value != NEVER
            else value
        )
    if isinstance(value, tuple):
        entries = tuple(_convert_texts(inner, only_language, is_text=is_text) for inner in value)
        return value if all(map(operator.is_, entries, value)) else entries
    if isinstance(value, dict):
        return {key: _convert_texts(inner, only_language) for key, inner in value.items()}
    if isinstance(value, msgspec.Struct) and not isinstance(value, Bilingual):
        fields = {}
        for name, is_text_field in _list_fields_leading_to_texts(type(value)).items():
            inner = getattr(value, name)
            converted = _convert_texts(inner, only_language, is_text=is_text_field)
            if converted is not inner:
                fields[name] = converted
        return msgspec.structs.replace(value, **fields) if fields else value
    return value


def _convert_string_to_bilingual(text: str, only_language: Lang | None) -> Bilingual:
    lang = only_language or ("zh" if has_han(text) else "en")
    return Bilingual(**{lang: text})


@lru_cache
def _list_fields_leading_to_texts(struct: type[msgspec.Struct]) -> Mapping[str, bool]:
    """Return the fields of a type that may lead to texts, and whether their strings are texts.

    All other strings are ids or codes.
    """
    hints = get_type_hints(struct)
    return {
        name: _contains_type(hint, Bilingual)
        for name in struct.__struct_fields__
        if _contains_type(hint := hints[name], msgspec.Struct)
    }


def _contains_type(type_hint: Any, wanted: type) -> bool:
    """Return whether a type is, or is made of, a kind of struct."""
    if isinstance(type_hint, type) and not get_args(type_hint):
        return issubclass(type_hint, wanted)
    return any(_contains_type(part, wanted) for part in get_args(type_hint))
