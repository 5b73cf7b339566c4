"""The sheets of each unit against its category: median and place, where enough units are compared.

A unit reads its page and knows its score: with few units it could tell those of others.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from assess.engine.rollup.ranking import RankedSheet, rank_sheets
from assess.engine.rollup.records import LEAST_UNITS, RollUpRecords
from assess.engine.rollup.score_figures import ScoreSpread, compute_score_spreads
from assess.model.base import Number


class SheetPlace(NamedTuple):
    """A sheet of a unit, and how it stands in the category."""

    ranked: RankedSheet
    spread: ScoreSpread
    """The scores of the category."""

    @property
    def is_hidden(self) -> bool:
        """Whether too few units are compared for a median or a place."""
        return self.spread.units < LEAST_UNITS

    @property
    def median(self) -> Number | None:
        """The median of the category; None where it is hidden."""
        return None if self.is_hidden else self.spread.median

    @property
    def place(self) -> int | None:
        """The place in the category; None where it is hidden or the sheet has none."""
        return None if self.is_hidden else self.ranked.place


def list_places_by_unit(records: RollUpRecords) -> dict[str, list[SheetPlace]]:
    """Return the sheets that each unit has or lacks, by its id."""
    spreads = {
        (spread.checklist, spread.category): spread
        for spread in compute_score_spreads(records)
        if not spread.is_total
    }
    places = defaultdict[str, list[SheetPlace]](list)
    for row in rank_sheets(records):
        spread = spreads[row.checklist, row.entry.unit.category]
        places[row.entry.id].append(SheetPlace(row, spread))
    return places
