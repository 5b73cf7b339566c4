"""How many items are not asked: facts leave them out, or no answer opens them.

Whoever types the facts decides what is asked at all, so reports and offices are told what facts
leave out. What an answer does not open is no such claim: the answer itself is printed.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from assess.engine.scoring.conditions import list_fact_names
from assess.model.results import Assessment, ItemState

MANY_INAPPLICABLE: Final = 0.3
"""The share of items answered as not applicable, or left out by facts, that is pointed out."""

MOST_LEFT_OUT: Final = 0.5
"""The share of items left out by facts above which most of a checklist was not asked."""

_GRADE: Final = frozenset(("system.level", "system.s", "system.a"))
"""The protection grade: it is registered with an authority, and reports print it."""


class LeftOutCounts(NamedTuple):
    """How many items facts leave out, without those that the grade alone leaves out."""

    gone: int
    total: int
    """The items that the grade alone does not leave out."""


def count_items_left_out_by_facts(assessment: Assessment) -> int:
    """Return how many items of a sheet's checklist do not apply by facts, the grade included."""
    return sum(state.applies == "no" and not state.closed for state in assessment.items)


def count_closed_sub_questions(assessment: Assessment) -> int:
    """Return how many items of a sheet no answer opens."""
    return sum(state.closed for state in assessment.items)


def count_left_out_except_grade(assessment: Assessment) -> LeftOutCounts:
    """Return how many items facts other than the grade leave out (docs/decisions/0026)."""
    items = [state for state in assessment.items if not _is_left_out_by_grade(state)]
    gone = sum(state.applies == "no" and not state.closed for state in items)
    return LeftOutCounts(gone, len(items))


def _is_left_out_by_grade(state: ItemState) -> bool:
    return (
        state.applies == "no"
        and not state.closed
        and _GRADE.issuperset(list_fact_names(state.item.applies_when))
    )
