"""Which items failed in the preceding campaign, as far as they asked the same."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assess.engine.rollup.alike_items import find_outcome_at, pair_alike_items
from assess.engine.rollup.figures_file import list_checklist_figures
from assess.engine.rollup.records import RollUpRecords
from assess.engine.rollup.unit_outcomes import FailureCounts, judge_unit_outcome
from assess.model.rollup_figures import RollUpFigures, SheetFigures

ProblemAge = Literal["new", "lasting"]
"""Whether units failed the same question in the preceding campaign already."""


class EarlierFailures(NamedTuple):
    """An item in the preceding campaign, by the same question."""

    counts: FailureCounts
    units: frozenset[str]
    """The units that failed it."""

    @property
    def age(self) -> ProblemAge | None:
        """How old a problem is that fails now; None where nobody answered it then."""
        if not self.counts.judged:
            return None
        return "lasting" if self.counts.failed else "new"


def collect_earlier_failures(records: RollUpRecords) -> dict[tuple[str, str], EarlierFailures]:
    """Return the failures before by checklist and item of now; items asked anew are not in it.

    With one category alone, only the units that were in it then count.
    """
    before = records.before
    if before is None:
        return {}
    now = list_checklist_figures(records)
    checklists = {row.digest: row for row in now}
    failures_before: dict[tuple[str, str], EarlierFailures] = {}
    for (earlier_digest, digest), pairs in pair_alike_items(before.checklists, now).items():
        checklist = checklists[digest]
        units = _select_units(before, records.category, earlier_digest)
        for earlier_place, place in pairs:
            failures = _count_failures(units, earlier_place)
            failures_before[checklist.id, checklist.items[place].id] = failures
    return failures_before


_UnitSheets = dict[str, list[SheetFigures]]


def _select_units(before: RollUpFigures, category: str | None, checklist: str) -> _UnitSheets:
    """Return by unit the sheets of a checklist."""
    return {
        key: [sheet for sheet in unit.sheets if sheet.checklist == checklist]
        for key, unit in before.units.items()
        if category is None or unit.category == category
    }


def _count_failures(units: _UnitSheets, place: int) -> EarlierFailures:
    counts, failed = FailureCounts(), set[str]()
    for key, sheets in units.items():
        outcome = judge_unit_outcome(find_outcome_at(sheet, place) for sheet in sheets)
        counts = counts.add_units(outcome, 1)
        if outcome == "failed":
            failed.add(key)
    return EarlierFailures(counts, frozenset(failed))
