"""The places of sheets in the preceding campaign, from its figures (figures.json)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar

from assess.model.rollup_figures import RollUpFigures, SheetFigures

NoChangeReason = Literal["new-unit", "no-place-before", "other-category"]
"""Why no change of a place is named: the unit was not in the preceding campaign; its sheet had no
place there; it was in another category."""


_Key = TypeVar("_Key")


class EarlierPlace(NamedTuple):
    """The place that a sheet had in the preceding campaign, or why there is none to compare."""

    place: int | None = None
    reason: NoChangeReason | None = None


class EarlierPlaces:
    """The places of all sheets of the preceding campaign."""

    def __init__(self, figures: RollUpFigures | None) -> None:
        """Rank the sheets of the figures; without figures nothing can be looked up."""
        self._figures = figures
        self._places = _rank_earlier_sheets(figures) if figures is not None else {}

    def find_place(self, unit: str, category: str | None, sheet: str) -> EarlierPlace:
        """Return the place of a sheet of a unit; an empty one where there is no campaign before."""
        if self._figures is None:
            return EarlierPlace()
        row = self._figures.units.get(unit)
        if row is None or not row.sheets:
            return EarlierPlace(reason="new-unit")
        place = self._places.get((unit, sheet))
        if place is None:
            return EarlierPlace(reason="no-place-before")
        return EarlierPlace(place, "other-category" if row.category != category else None)


def rank_values(values: Mapping[_Key, Decimal]) -> dict[_Key, int]:
    """Return the places of values, the highest first.

    Equal values share a place, and the places after them are left out.
    """
    ordered = sorted(values.items(), key=lambda row: -row[1])
    first: dict[Decimal, int] = {}
    for number, (_key, value) in enumerate(ordered, 1):
        first.setdefault(value, number)
    return {key: first[value] for key, value in ordered}


def _rank_earlier_sheets(figures: RollUpFigures) -> dict[tuple[str, str], int]:
    """Return the places by unit and sheet, within checklist and category as they were then."""
    checklists = {checklist.digest: checklist.id for checklist in figures.checklists}
    groups: dict[tuple[str, str | None], dict[tuple[str, str], Decimal]] = defaultdict(dict)
    for unit, row in figures.units.items():
        for sheet in row.sheets:
            score = find_compared_score(sheet)
            checklist = checklists.get(sheet.checklist)
            if score is not None and checklist is not None:
                groups[checklist, row.category][unit, sheet.sheet] = score
    places: dict[tuple[str, str], int] = {}
    for values in groups.values():
        places |= rank_values(values)
    return places


def find_compared_score(sheet: SheetFigures) -> Decimal | None:
    """Return the score of a sheet that had a place: complete, of an issued checklist."""
    is_compared = sheet.complete and sheet.outcomes is not None and sheet.score is not None
    return Decimal(sheet.score) if is_compared and sheet.score is not None else None
