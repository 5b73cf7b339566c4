"""Items that are not asked: facts leave them out, or no answer opens them.

Whoever types the facts decides what is asked at all, so reports count what facts leave out. What
an answer does not open is no such claim: the answer itself is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from assess.display.text.condition_words import ConditionWords
from assess.engine.finding_name import item_label_and_title
from assess.engine.scoring.conditions import list_fact_names
from assess.i18n import Lang, translator
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


def count_items_left_out_by_facts(sheet: SheetInputs) -> int:
    """Return how many items of a sheet's checklist do not apply by facts, the grade included."""
    return sum(state.applies == "no" and not state.closed for state in sheet.assessment.items)


def count_closed_sub_questions(sheet: SheetInputs) -> int:
    """Return how many items of a sheet no answer opens."""
    return sum(state.closed for state in sheet.assessment.items)


def list_closed_sub_questions(sheet: SheetInputs, lang: Lang) -> Iterator[str]:
    """Yield the items that no answer opens, each with the answers that would open it."""
    _, words = translator(lang), ConditionWords(sheet.checklist, lang)
    for state in sheet.assessment.items:
        if state.closed:
            yield _("{item} (only if {condition})").format(
                item=f"{state.item.id} {item_label_and_title(state.item, lang)}",
                condition=words.format_opening_condition(state.item),
            )


def count_left_out_except_grade(sheet: SheetInputs) -> LeftOut:
    """Return how many items facts other than the grade leave out (docs/decisions/0026)."""
    items = [state for state in sheet.assessment.items if not _is_left_out_by_grade(state)]
    gone = sum(state.applies == "no" and not state.closed for state in items)
    return LeftOut(gone, len(items))


def _is_left_out_by_grade(state: ItemState) -> bool:
    return (
        state.applies == "no"
        and not state.closed
        and _GRADE.issuperset(list_fact_names(state.item.applies_when))
    )
