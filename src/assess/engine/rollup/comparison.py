"""The comparison with the preceding campaign (逐年对比): only of items that ask the same."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from assess.engine.rollup.figures_file import LETTER_OUTCOMES
from assess.engine.rollup.records import COUNTED, ItemOutcome
from assess.model.rollup_figures import ChecklistFigures, RollUpFigures, SheetFigures

MOST_NAMED: Final = 5
"""Units that are named as those that became better or worse most."""

UnitChange = Literal["compared", "new", "gone", "not-comparable"]


class ComparedUnit(NamedTuple):
    """The rates of compliance of a unit in two campaigns, over the items that ask the same."""

    unit: str
    change: UnitChange
    items: int = 0
    """The answers that both campaigns have to the same question."""
    met_before: int = 0
    met_now: int = 0

    @property
    def difference(self) -> Fraction:
        """By how much the rate rose; below 0 where it fell."""
        return Fraction(self.met_now - self.met_before, self.items) if self.items else Fraction(0)


class CampaignComparison(NamedTuple):
    """Two campaigns, and what of them can be compared."""

    before: str
    """The id of the preceding campaign."""
    alike_items: int
    items_now: int
    units: tuple[ComparedUnit, ...]
    """Compared ones, the best change first; then new ones, gone ones, others."""


def compare_campaigns(before: RollUpFigures, now: RollUpFigures) -> CampaignComparison:
    """Return what became of the units, sheet by sheet, in items that ask the same."""
    pairs = _pair_alike_items(before.checklists, now.checklists)
    units = [_compare_unit(key, before, now, pairs) for key in now.units]
    gone = [key for key, row in before.units.items() if row.sheets and key not in now.units]
    units += [ComparedUnit(key, "gone") for key in gone]
    order: tuple[UnitChange, ...] = ("compared", "new", "gone", "not-comparable")
    units.sort(key=lambda row: (order.index(row.change), -row.difference))
    return CampaignComparison(
        before.campaign,
        alike_items=sum(map(len, pairs.values())),
        items_now=sum(len(checklist.items) for checklist in now.checklists),
        units=tuple(units),
    )


_ItemPairs = dict[tuple[str, str], list[tuple[int, int]]]
"""By the digests of two checklists the places of the items that ask the same."""


def _pair_alike_items(
    before: Iterable[ChecklistFigures], now: Iterable[ChecklistFigures]
) -> _ItemPairs:
    old = {checklist.id: checklist for checklist in before}
    pairs: _ItemPairs = {}
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


def _compare_unit(
    unit: str, before: RollUpFigures, now: RollUpFigures, pairs: _ItemPairs
) -> ComparedUnit:
    old_sheets = (
        {row.sheet: row for row in before.units[unit].sheets} if unit in before.units else {}
    )
    new_sheets = now.units[unit].sheets
    if not old_sheets or not new_sheets:
        change: UnitChange = "new" if new_sheets else "gone" if old_sheets else "not-comparable"
        return ComparedUnit(unit, change)
    items = met_before = met_now = 0
    for sheet in new_sheets:
        earlier = old_sheets.get(sheet.sheet)
        if earlier is None:
            continue
        for old, new in pairs.get((earlier.checklist, sheet.checklist), ()):
            result_before = _find_outcome_at(earlier, old)
            result_now = _find_outcome_at(sheet, new)
            if result_before in COUNTED and result_now in COUNTED:
                items += 1
                met_before += result_before == "met"
                met_now += result_now == "met"
    change = "compared" if items else "not-comparable"
    return ComparedUnit(unit, change, items, met_before, met_now)


def _find_outcome_at(sheet: SheetFigures, place: int) -> ItemOutcome:
    letters = sheet.outcomes or ""
    return LETTER_OUTCOMES.get(letters[place]) if place < len(letters) else None
