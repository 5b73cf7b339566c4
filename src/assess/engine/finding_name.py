"""What an item, and a finding of it, is called."""

from __future__ import annotations

from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Item


def item_label_and_title(item: Item, lang: Lang) -> str:
    """Return the title of an item, after the label that its issuer knows it by."""
    return _prepend_item_label_if_any(item, pick_text(item.title, lang))


def label_and_problem_or_title(item: Item, lang: Lang) -> str:
    """Return the fault that an item names as its problem; its title where it names none."""
    return _prepend_item_label_if_any(item, pick_text(item.problem or item.title, lang))


def _prepend_item_label_if_any(item: Item, words: str) -> str:
    return f"{item.label} {words}" if item.label else words
