"""What changed between two versions of a checklist, and which changes make answers stale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from assess.engine.fingerprint import canonical_json_without_empty_fields, item_fingerprint
from assess.engine.lint.texts import find_bilingual_texts_with_paths
from assess.i18n import LANGS, Lang
from assess.model.checklist import Checklist
from assess.model.item import Item, find_kind_of_item

_MOST_PAIRS = 4_000_000
"""Pairs of words up to which two texts are compared: 2000 words each."""

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[’'.-][A-Za-z0-9]+)*|\s+|.")
_HEAD = ("version", "title", "summary", "scope", "basis", "profile", "scoring", "checks")

WordMark = tuple[Literal["same", "out", "in"], str]
"""A piece of a reworded text: kept, taken out, put in."""


class RewordedField(NamedTuple):
    """A field whose wording changed in one language."""

    field: str
    lang: Lang
    marks: tuple[WordMark, ...]


class ChangedField(NamedTuple):
    """A field that changed otherwise: both values as canonical JSON, '' where there is none."""

    field: str
    old: str
    new: str


class MovedItem(NamedTuple):
    """An item's sections before and after; the same where only the order changed."""

    old: str
    new: str


class ItemDiff(NamedTuple):
    """An item that is in both versions and not the same."""

    item: Item
    reworded: tuple[RewordedField, ...]
    changed: tuple[ChangedField, ...]
    """Fields other than texts, weight and condition among them."""
    moved: MovedItem | None
    stale: tuple[Lang, ...]
    """The languages in which answers to the old version become stale."""


class ChecklistDiff(NamedTuple):
    """All changes, in the order of the new version; removed items in that of the old one."""

    head: tuple[ChangedField, ...]
    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    items: tuple[ItemDiff, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.head or self.added or self.removed or self.items)


def diff_checklists(old: Checklist, new: Checklist) -> ChecklistDiff:
    """Return what changed from `old` to `new`; items are known by their ids."""
    before, after = old.items(), new.items()
    moved = _find_moved_items(old, new)
    items = [
        _diff_item(before[key], item, moved.get(key))
        for key, item in after.items()
        if key in before
    ]
    return ChecklistDiff(
        head=tuple(_diff_fields(old, new, _HEAD)),
        added=tuple(item for key, item in after.items() if key not in before),
        removed=tuple(item for key, item in before.items() if key not in after),
        items=tuple(change for change in items if change is not None),
    )


def diff_words(old: str, new: str) -> tuple[WordMark, ...]:
    """Return how to get from one text to another, word by word, Chinese character by character.

    Two texts that are very long are shown one after the other: finding what they share may take
    the square of their length.
    """
    old_tokens, other = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(old_tokens) * len(other) > _MOST_PAIRS:
        return (("out", old), ("in", new))
    pieces: list[WordMark] = []
    for kind, first, last, start, end in SequenceMatcher(
        None, old_tokens, other, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(old_tokens[first:last])))
            continue
        if last > first:
            pieces.append(("out", "".join(old_tokens[first:last])))
        if end > start:
            pieces.append(("in", "".join(other[start:end])))
    return tuple(pieces)


def _diff_item(old: Item, new: Item, moved: MovedItem | None) -> ItemDiff | None:
    reworded = tuple(_diff_wording(old, new))
    names = [*new.__struct_fields__, *(set(old.__struct_fields__) - set(new.__struct_fields__))]
    changed = list(_diff_fields(old, new, names, wording=False))
    if find_kind_of_item(old) != find_kind_of_item(new):
        changed.insert(0, ChangedField("kind", find_kind_of_item(old), find_kind_of_item(new)))
    if not (reworded or changed or moved):
        return None
    stale = tuple(
        lang
        for lang in LANGS
        if (before := item_fingerprint(old, lang)) != item_fingerprint(new, lang)
        and before not in new.still_valid
    )
    return ItemDiff(new, reworded, tuple(changed), moved, stale)


def _diff_wording(old: Item, new: Item) -> Iterator[RewordedField]:
    for name in new.__struct_fields__:
        for lang in LANGS:
            old_words, other = (
                _wording_in_language(getattr(version, name, None), lang) for version in (old, new)
            )
            if old_words != other:
                yield RewordedField(name, lang, diff_words(old_words, other))


def _wording_in_language(value: Any, lang: Lang) -> str:
    texts = (getattr(place.text, lang) for place in find_bilingual_texts_with_paths(value))
    return "\n".join(words for words in texts if words)


def _diff_fields(
    old: Any, new: Any, names: Sequence[str], *, wording: bool = True
) -> Iterator[ChangedField]:
    """Yield the fields that differ; without `wording`, those whose texts alone differ do not."""
    for name in names:
        old_value, other = (getattr(version, name, None) for version in (old, new))
        if old_value != other and (
            wording
            or _canonical_json_without_texts(old_value) != _canonical_json_without_texts(other)
        ):
            yield ChangedField(
                name, _canonical_json_or_empty(old_value), _canonical_json_or_empty(other)
            )


def _canonical_json_or_empty(value: Any) -> str:
    """Return canonical JSON of a value; nothing of an empty one, which objects leave out."""
    return canonical_json_without_empty_fields({"": value}).decode()[4:-1]


def _canonical_json_without_texts(value: Any) -> Any:
    """Return a value without its texts: what of it is a rule."""
    places = list(find_bilingual_texts_with_paths(value))
    text = (
        canonical_json_without_empty_fields({"": value}).decode()
        if value not in (None, (), {})
        else ""
    )
    for place in places:
        for words in (place.text.zh, place.text.en):
            if words:
                text = text.replace(canonical_json_without_empty_fields(words).decode(), '""')
    return text


def _find_moved_items(old: Checklist, new: Checklist) -> dict[str, MovedItem]:
    """Return the items that changed section, or their place among those that stayed."""
    before, after = _sections_by_item(old), _sections_by_item(new)
    first = [key for key in before if key in after]
    then = [key for key in after if key in before]
    blocks = SequenceMatcher(None, first, then, autojunk=False).get_matching_blocks()
    unmoved = {then[block.b + step] for block in blocks for step in range(block.size)}
    return {
        key: MovedItem(before[key], after[key])
        for key in then
        if key not in unmoved or before[key] != after[key]
    }


def _sections_by_item(checklist: Checklist) -> dict[str, str]:
    return {item.id: section.id for section in checklist.sections for item in section.items}
