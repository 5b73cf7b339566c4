"""The way through all items of a round with one gap, sheet after sheet."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from assess.display.walk.filters import FILTER_OF_GAP, FilterName
from assess.workspace import SheetName
from assess.workspace.rounds.missing_answers import GapItems


class GapTour(NamedTuple):
    """The sheets with items of a filter, and the one that is open."""

    filter: FilterName
    stops: tuple[tuple[SheetName, int], ...]
    """Each sheet with the number of its items when the tour began."""
    stop: int = 0

    @property
    def current_sheet(self) -> SheetName:
        """The sheet that is open."""
        return self.stops[self.stop][0]

    @property
    def item_count_in_earlier_sheets(self) -> int:
        """The number of items in the sheets before this one."""
        return sum(count for _sheet, count in self.stops[: self.stop])

    @property
    def item_count_in_later_sheets(self) -> int:
        """The number of items in the sheets after this one."""
        return sum(count for _sheet, count in self.stops[self.stop + 1 :])

    def next_stop(self) -> GapTour | None:
        """Return the tour at its next sheet; None after the last."""
        last = self.stop + 1 == len(self.stops)
        return None if last else self._replace(stop=self.stop + 1)


def plan_tour(missing: GapItems) -> GapTour:
    """Return the tour through the items of a gap."""
    counts = Counter(item.sheet for item in missing.items)
    return GapTour(FILTER_OF_GAP[missing.gap], tuple(counts.items()))
