"""The digit keys at an item: the choices that its kind has."""

from __future__ import annotations

from assess.display.walk.kinds.kind import OfferedChoice, Ticks
from assess.display.walk.kinds.options import answer_ticks
from assess.display.walk.kinds.registry import walk_kind
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Item


def list_offered_choices(
    item: Item, answer: Answer, lang: Lang, ticks: Ticks | None = None
) -> list[OfferedChoice]:
    """Return the choices of keys `1`, `2`, `3` … at an item; `0` is always not applicable.

    `ticks` are unsaved ticks. Without them the ticks are those of the answer.
    """
    shown = answer_ticks(answer) if ticks is None else ticks
    return walk_kind(item).list_offered_choices(item, answer, shown, lang)
