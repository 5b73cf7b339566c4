"""Who handed in: how many units of each category are in which state (报送情况)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from assess.engine.rollup.records import RollUpRecords, UnitEntry
from assess.engine.unit_states import UNIT_STATES, UnitState


class CategoryCounts(NamedTuple):
    """How many units of a category are in which state; `category` None: all units."""

    category: str | None
    is_total: bool
    units: int
    expected: int
    """Without those that need not hand in and did not."""
    arrived: int
    """Those of which something was taken."""
    in_time: int
    """Of these, those whose first file came by the due day."""
    unreadable: int
    """Of these, those whose file can't be read here."""
    states: dict[UnitState, int]

    @property
    def late(self) -> int:
        """Of those that arrived, the ones whose first file came after the due day."""
        return self.arrived - self.in_time


def count_hand_ins(records: RollUpRecords) -> list[CategoryCounts]:
    """Return the counts of all units, then those of each category."""
    totals = _count_units(records.units, None, is_total=True)
    return [
        totals,
        *(
            _count_units(
                (entry for entry in records.units if entry.unit.category == category),
                category,
                is_total=False,
            )
            for category in records.list_categories()
        ),
    ]


def _count_units(
    entries: Iterable[UnitEntry], category: str | None, *, is_total: bool
) -> CategoryCounts:
    units = list(entries)
    states = Counter(entry.progress.state for entry in units)
    arrived = [entry for entry in units if entry.progress.current is not None]
    return CategoryCounts(
        category,
        is_total,
        units=len(units),
        expected=len(units) - states["exempt"],
        arrived=len(arrived),
        in_time=sum(entry.progress.days_late == 0 for entry in arrived),
        unreadable=sum(entry.fault is not None for entry in arrived),
        states={state: states[state] for state in UNIT_STATES},
    )
