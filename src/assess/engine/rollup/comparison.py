"""The comparison with the preceding campaign (逐年对比): only of items that ask the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal, NamedTuple, get_args

from assess.engine.rollup.alike_items import ItemPairs, find_outcome_at, pair_alike_items
from assess.engine.rollup.records import COUNTED
from assess.model.rollup_figures import RollUpFigures

UnitChange = Literal["compared", "new", "absent-before", "absent-now", "gone", "not-comparable"]
"""`new` and `gone`: only one of the two lists of units has it. `absent-…`: both have it, and only
one campaign has data of it."""

_CHANGE_ORDER: Final[tuple[UnitChange, ...]] = get_args(UnitChange)


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
    """In the order of `UnitChange`; of compared ones the best change comes first."""


def compare_campaigns(before: RollUpFigures, now: RollUpFigures) -> CampaignComparison:
    """Return what became of the units, sheet by sheet, in items that ask the same."""
    pairs = pair_alike_items(before.checklists, now.checklists)
    units = [_compare_unit(key, before, now, pairs) for key in now.units]
    gone = [key for key, row in before.units.items() if row.sheets and key not in now.units]
    units += [ComparedUnit(key, "gone") for key in gone]
    units.sort(key=lambda row: (_CHANGE_ORDER.index(row.change), -row.difference))
    return CampaignComparison(
        before.campaign,
        alike_items=sum(map(len, pairs.values())),
        items_now=sum(len(checklist.items) for checklist in now.checklists),
        units=tuple(units),
    )


def _compare_unit(
    unit: str, before: RollUpFigures, now: RollUpFigures, pairs: ItemPairs
) -> ComparedUnit:
    old_unit, new_sheets = before.units.get(unit), now.units[unit].sheets
    old_sheets = {row.sheet: row for row in old_unit.sheets} if old_unit is not None else {}
    if not old_sheets and not new_sheets:
        return ComparedUnit(unit, "not-comparable")
    if not new_sheets:
        return ComparedUnit(unit, "absent-now")
    if not old_sheets:
        return ComparedUnit(unit, "new" if old_unit is None else "absent-before")
    items = met_before = met_now = 0
    for sheet in new_sheets:
        earlier = old_sheets.get(sheet.sheet)
        if earlier is None:
            continue
        for old, new in pairs.get((earlier.checklist, sheet.checklist), ()):
            result_before = find_outcome_at(earlier, old)
            result_now = find_outcome_at(sheet, new)
            if result_before in COUNTED and result_now in COUNTED:
                items += 1
                met_before += result_before == "met"
                met_now += result_now == "met"
    return ComparedUnit(unit, "compared" if items else "not-comparable", items, met_before, met_now)
