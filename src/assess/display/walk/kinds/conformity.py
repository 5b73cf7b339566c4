"""Conformity in the walk: a digit for each status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.display.walk.kinds.kind import OfferedChoice, Ticks, WalkKind
from assess.engine.kinds.statuses import allowed_statuses
from assess.engine.kinds.wording import translate_code
from assess.i18n import Lang
from assess.model.answer import Answer, Status
from assess.model.item import Conformity

_GRADES: Final[Mapping[str, Status]] = {"1": "met", "2": "partial", "3": "unmet"}
"""The digit of each status. A digit keeps its meaning where an item has no `partial`."""


def _list_status_choices(
    item: Conformity, answer: Answer, _ticks: Ticks, lang: Lang
) -> list[OfferedChoice]:
    return [
        OfferedChoice(
            key,
            translate_code(status, lang),
            "answer",
            {"status": status},
            chosen=answer.status == status,
        )
        for key, status in _GRADES.items()
        if status in allowed_statuses(item)
    ]


KIND = WalkKind[Conformity](list_offered_choices=_list_status_choices)
