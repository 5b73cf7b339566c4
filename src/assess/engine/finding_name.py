"""What an item, and a finding of it, is called."""

from __future__ import annotations

from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Item


def item_name(item: Item, lang: Lang) -> str:
    """Return the title of an item, after the label that its issuer knows it by."""
    return _with_label(item, pick_text(item.title, lang))


def finding_name(item: Item, lang: Lang) -> str:
    """Return the fault that an item names as its problem; its title where it names none."""
    return _with_label(item, pick_text(item.problem or item.title, lang))


def _with_label(item: Item, words: str) -> str:
    return f"{item.label} {words}" if item.label else words
