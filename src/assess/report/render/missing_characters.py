"""Characters that no font of this machine has: symbols become codes, Han characters stay.

A name with a rare Han character must not be printed otherwise than it is written: where the pages
hold one, the report is refused. An emoji in a note does not stop a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from assess.han import is_han
from assess.report.content.view.model import LabelledLine, Report
from assess.report.render.fonts import find_characters_without_font
from assess.report.render.job import DocumentJob

_ASCII_END = "\x7f"
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""They choose a form of the character before them; text programs draw nothing for them."""

_MOST_PLACES = 5
"""Ids of items that are named for a character."""


class PrintableView(NamedTuple):
    """A view whose characters fonts have, and what was done for that."""

    view: Report
    replaced: tuple[LabelledLine, ...] = ()
    """Codes such as [U+1F1E8] that stand for symbols, with the items in whose texts they are."""
    items_by_han: Mapping[str, str] = MappingProxyType({})
    """Han characters that no font has, with the items in whose texts they are."""


def replace_characters_without_font(view: Report) -> PrintableView:
    """Return the view with symbols that no font has as codes: [U+1F1E8]."""
    characters = set(msgspec.json.encode(view).decode()) - _VARIATION_SELECTORS
    missing = find_characters_without_font(char for char in characters if char > _ASCII_END)
    if not missing:
        return PrintableView(view)
    tree = msgspec.to_builtins(view)
    places = _find_items_by_character(tree, missing)
    symbols = sorted(char for char in missing if not is_han(char))
    codes = {char: f"[U+{ord(char):04X}]" for char in symbols}
    return PrintableView(
        msgspec.convert(_replace_characters_in_texts(tree, str.maketrans(codes)), Report),
        tuple(LabelledLine(name=codes[char], text=places[char]) for char in symbols),
        {char: places[char] for char in missing if is_han(char)},
    )


def replace_symbols_without_font(job: DocumentJob) -> DocumentJob:
    """Return a document of an office with symbols that no font has as codes: [U+1F1E8]."""
    characters = set(msgspec.json.encode(job).decode()) - _VARIATION_SELECTORS
    missing = find_characters_without_font(char for char in characters if char > _ASCII_END)
    codes = {char: f"[U+{ord(char):04X}]" for char in sorted(missing) if not is_han(char)}
    if not codes:
        return job
    tree = msgspec.to_builtins(job)
    return msgspec.convert(_replace_characters_in_texts(tree, str.maketrans(codes)), DocumentJob)


def _find_items_by_character(tree: Any, characters: set[str]) -> dict[str, str]:
    """Return for each character the ids of the items whose texts hold it, the first ones."""
    ids: dict[str, dict[str, None]] = {char: {} for char in characters}
    for item, text in _iterate_texts_with_items(tree, ""):
        for char in characters.intersection(text):
            if item:
                ids[char][item] = None
    return {
        char: ", ".join(list(items)[:_MOST_PLACES]) + (" …" if len(items) > _MOST_PLACES else "")
        for char, items in ids.items()
    }


def _iterate_texts_with_items(tree: Any, item: str) -> Iterator[tuple[str, str]]:
    """Yield each text with the id of the item that it belongs to, '' for none."""
    if isinstance(tree, str):
        yield item, tree
    elif isinstance(tree, dict):
        below = str(tree.get("id") or item)
        for value in tree.values():
            yield from _iterate_texts_with_items(value, below)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from _iterate_texts_with_items(value, item)


def _replace_characters_in_texts(tree: Any, codes: dict[int, str]) -> Any:
    if isinstance(tree, str):
        return tree.translate(codes)
    if isinstance(tree, dict):
        return {name: _replace_characters_in_texts(value, codes) for name, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_replace_characters_in_texts(value, codes) for value in tree]
    return tree
