"""What a finding is called."""

from __future__ import annotations

from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Item


def finding_name(item: Item, lang: Lang) -> str:
    """Return the fault that an item names as its problem; its title where it names none."""
    return pick_text(item.problem or item.title, lang)
