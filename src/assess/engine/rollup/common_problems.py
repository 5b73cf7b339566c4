"""Which items fail in many units (共性问题).

A unit fails an item where one of its sheets does. An unanswered item counts as open and in no rate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from assess.engine.rollup.records import COUNTED, FAILED, ItemOutcome, RollUpRecords, UnitEntry

UnitOutcome = Literal["failed", "conforms", "open"] | None
"""What an item is in a unit, over its sheets; None where it does not apply or is no question of
conformity."""


class FailureCounts(NamedTuple):
    """In how many units an item fails."""

    failed: int = 0
    judged: int = 0
    """Units that answered it, by a result that is good or bad."""
    open: int = 0
    """Units that did not answer it, or not in each sheet, and do not fail it."""

    def add_units(self, outcome: UnitOutcome, count: int) -> FailureCounts:
        """Return the counts with so many units more that have this outcome."""
        if outcome is None:
            return self
        if outcome == "open":
            return self._replace(open=self.open + count)
        failed = self.failed + (count if outcome == "failed" else 0)
        return self._replace(failed=failed, judged=self.judged + count)

    @property
    def applicable(self) -> int:
        """The units to which it applies."""
        return self.judged + self.open


class CommonProblem(NamedTuple):
    """An item that fails in at least one unit."""

    checklist: str
    item: str
    all_units: FailureCounts
    by_category: dict[str | None, FailureCounts]


def list_common_problems(records: RollUpRecords) -> list[CommonProblem]:
    """Return the items that fail, those of most units first, for each issued checklist."""
    problems: list[CommonProblem] = []
    for checklist in records.checklists:
        rows = [row for row in _count_failures(records, checklist) if row.all_units.failed]
        problems += sorted(rows, key=_by_share_and_number)
    return problems


def _by_share_and_number(row: CommonProblem) -> tuple[Fraction, int]:
    return -Fraction(row.all_units.failed, row.all_units.judged), -row.all_units.failed


def _count_failures(records: RollUpRecords, checklist: str) -> Iterator[CommonProblem]:
    numbers: dict[str, Counter[tuple[str | None, UnitOutcome]]] = {
        key: Counter() for key in records.checklists[checklist].items()
    }
    for entry in records.units:
        category = entry.unit.category
        for item, outcomes in collect_unit_outcomes(entry, checklist).items():
            numbers[item][category, judge_unit_outcome(outcomes)] += 1
    for item, counts in numbers.items():
        total, parts = FailureCounts(), dict[str | None, FailureCounts]()
        for (category, outcome), count in counts.items():
            total = total.add_units(outcome, count)
            parts[category] = parts.get(category, FailureCounts()).add_units(outcome, count)
        yield CommonProblem(checklist, item, total, parts)


def collect_unit_outcomes(entry: UnitEntry, checklist: str) -> dict[str, list[ItemOutcome]]:
    """Return the outcomes of each item over the sheets of a unit of an issued checklist."""
    outcomes: dict[str, list[ItemOutcome]] = {}
    for sheet in entry.sheets:
        if sheet.is_issued and sheet.checklist.id == checklist:
            for definition, outcome in sheet.list_items_with_outcomes():
                outcomes.setdefault(definition.id, []).append(outcome)
    return outcomes


def judge_unit_outcome(outcomes: Iterable[ItemOutcome]) -> UnitOutcome:
    """Return what an item is in a unit: the worst of its sheets counts."""
    present = set(outcomes)
    if present & FAILED:
        return "failed"
    if None in present:
        return "open"
    return "conforms" if present & COUNTED else None
