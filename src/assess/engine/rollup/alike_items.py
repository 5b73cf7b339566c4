"""Items of two campaigns that ask the same, by their fingerprints."""

from __future__ import annotations

from collections.abc import Iterable

from assess.engine.rollup.figures_file import LETTER_OUTCOMES
from assess.engine.rollup.records import ItemOutcome
from assess.model.rollup_figures import ChecklistFigures, SheetFigures

ItemPairs = dict[tuple[str, str], list[tuple[int, int]]]
"""By the digests of two checklists the places of the items that ask the same."""


def pair_alike_items(
    before: Iterable[ChecklistFigures], now: Iterable[ChecklistFigures]
) -> ItemPairs:
    """Return the pairs of items of each checklist that both campaigns have, by its id."""
    old = {checklist.id: checklist for checklist in before}
    pairs: ItemPairs = {}
    for checklist in now:
        earlier = old.get(checklist.id)
        if earlier is None:
            continue
        pairs[earlier.digest, checklist.digest] = _pair_items(earlier, checklist)
    return pairs


def _pair_items(before: ChecklistFigures, now: ChecklistFigures) -> list[tuple[int, int]]:
    """Return the places of the items that ask the same, each item once.

    Items of one checklist may have the same words: those of the same id belong together, then the
    others in their order.
    """
    free = dict(enumerate(before.items))
    alike: dict[int, int] = {}
    for by_id in (True, False):
        for place, item in enumerate(now.items):
            earlier = next(
                (
                    key
                    for key, row in free.items()
                    if set(row.fingerprints) & set(item.fingerprints)
                    and (not by_id or row.id == item.id)
                ),
                None,
            )
            if place not in alike and earlier is not None:
                alike[place] = earlier
                del free[earlier]
    return [(earlier, place) for place, earlier in sorted(alike.items())]


def find_outcome_at(sheet: SheetFigures, place: int) -> ItemOutcome:
    """Return the outcome of the item at a place of its checklist."""
    letters = sheet.outcomes or ""
    return LETTER_OUTCOMES.get(letters[place]) if place < len(letters) else None
