"""Which answers of a checklist hold data of persons, as its author marked them with `personal`.

An author who marks anything has looked through the whole checklist: what is not marked there holds
no data of persons. A checklist without any mark says nothing of its answers.
"""

from __future__ import annotations

from msgspec.structs import replace

from assess.model.checklist import Checklist
from assess.model.item import Item, ItemWithWords, find_kind_of_item
from assess.model.item_parts import Column


def has_explicit_personal_marks(checklist: Checklist) -> bool:
    """Return whether an item or a column says that it holds data of persons, or that it doesn't."""
    return any(_has_explicit_personal_mark(item) for item in checklist.items().values())


def accepts_unmarked_free_text(checklist: Checklist) -> bool:
    """Return whether answers may be words, and no mark says which of them are personal."""
    takes_words = any(_accepts_free_text(item) for item in checklist.items().values())
    return takes_words and not has_explicit_personal_marks(checklist)


def _accepts_free_text(item: Item) -> bool:
    is_text = find_kind_of_item(item) == "text"
    columns = any(column.type == "text" for column in list_columns(item))
    return is_text or columns or getattr(item, "other", None) is not None


def items_with_effective_personal_marks(checklist: Checklist) -> dict[str, Item]:
    """Return the items by id, each mark being the one that counts.

    A column has its own mark, else that of its table. Where neither has one, it is False in a
    checklist with marks, and None in a checklist without any.
    """
    unmarked = False if has_explicit_personal_marks(checklist) else None
    return {
        item_id: _set_effective_personal_marks(item, unmarked)
        for item_id, item in checklist.items().items()
    }


def list_hidden_text_item_ids(checklist: Checklist) -> frozenset[str]:
    """Return the items that a text answers which no sanitised export may have."""
    return frozenset(
        item_id
        for item_id, item in items_with_effective_personal_marks(checklist).items()
        if isinstance(item, ItemWithWords)
        and find_kind_of_item(item) == "text"
        and item.personal is not False
    )


def _has_explicit_personal_mark(item: Item) -> bool:
    parts = (item, *list_columns(item)) if isinstance(item, ItemWithWords) else ()
    return any(part.personal is not None for part in parts)


def list_columns(item: Item) -> tuple[Column, ...]:
    """Return the columns of an item; empty where its kind has none."""
    columns: tuple[Column, ...] = getattr(item, "columns", ())
    return columns


def _set_effective_personal_marks(item: Item, unmarked: bool | None) -> Item:
    if not isinstance(item, ItemWithWords):
        return item
    mark = unmarked if item.personal is None else item.personal
    columns = tuple(
        replace(column, personal=mark) if column.personal is None else column
        for column in list_columns(item)
    )
    return replace(item, personal=mark, **({"columns": columns} if columns else {}))
