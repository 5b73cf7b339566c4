"""Items that facts leave out: whoever types the facts decides what is asked at all."""

from __future__ import annotations

from typing import Final, NamedTuple

from assess.engine.scoring.conditions import list_fact_names
from assess.model.results import ItemState
from assess.report.content.inputs import SheetInputs

MOST_LEFT_OUT: Final = 0.5
"""The share of items left out by facts above which most of a checklist was not asked."""

_GRADE: Final = frozenset(("system.level", "system.s", "system.a"))
"""The protection grade: it is registered with an authority, and reports print it."""


class LeftOut(NamedTuple):
    """How many items facts leave out, without those that the grade alone leaves out."""

    gone: int
    total: int
    """The items that the grade alone does not leave out."""


def count_items_left_out(sheet: SheetInputs) -> int:
    """Return how many items of a sheet's checklist do not apply by facts, the grade included."""
    return sum(state.applies == "no" for state in sheet.assessment.items)


def count_items_left_out_by_claims(sheet: SheetInputs) -> LeftOut:
    """Return how many items facts other than the grade leave out (docs/decisions/0026)."""
    items = [state for state in sheet.assessment.items if not _is_left_out_by_grade(state)]
    return LeftOut(sum(state.applies == "no" for state in items), len(items))


def _is_left_out_by_grade(state: ItemState) -> bool:
    return state.applies == "no" and _GRADE.issuperset(list_fact_names(state.item.applies_when))
