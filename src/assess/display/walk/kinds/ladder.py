"""Ladder in the walk: a digit for each rung."""

from __future__ import annotations

from assess.display.walk.kinds.kind import DIGITS, OfferedChoice, Ticks, WalkKind
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import Ladder


def _list_rung_choices(
    item: Ladder, answer: Answer, _ticks: Ticks, lang: Lang
) -> list[OfferedChoice]:
    return [
        OfferedChoice(
            key,
            pick_text(rung.text, lang),
            "answer",
            {"value": rung.id},
            chosen=answer.value == rung.id,
        )
        for key, rung in zip(DIGITS, item.rungs, strict=False)
    ]


KIND = WalkKind[Ladder](list_offered_choices=_list_rung_choices)
