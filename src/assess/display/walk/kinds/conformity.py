"""Conformity in the walk: a digit for each status."""

from __future__ import annotations

from assess.display.walk.kinds.kind import DIGITS, Choosable, Ticks, WalkKind
from assess.engine.kinds.wording import display_name
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Conformity


def _list_statuses(_item: Conformity, answer: Answer, _ticks: Ticks, lang: Lang) -> list[Choosable]:
    return [
        Choosable(
            key,
            display_name(status, lang),
            "answer",
            {"status": status},
            chosen=answer.status == status,
        )
        for key, status in zip(DIGITS, ("met", "partial", "unmet"), strict=False)
    ]


KIND = WalkKind[Conformity](list_choosables=_list_statuses)
