"""Which items fail in many units (共性问题).

A unit fails an item where one of its sheets does. An unanswered item counts as open and in no rate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from assess.engine.rollup.earlier_problems import EarlierFailures, collect_earlier_failures
from assess.engine.rollup.records import ItemOutcome, RollUpRecords, UnitEntry
from assess.engine.rollup.unit_outcomes import FailureCounts, UnitOutcome, judge_unit_outcome


class CommonProblem(NamedTuple):
    """An item that fails in at least one unit."""

    checklist: str
    item: str
    all_units: FailureCounts
    by_category: dict[str | None, FailureCounts]
    failed_units: frozenset[str] = frozenset()
    earlier: EarlierFailures | None = None
    """The same question in the preceding campaign; None where it was not asked or there is none."""

    @property
    def lasting_units(self) -> int | None:
        """The units that fail it now and did then."""
        return len(self.failed_units & self.earlier.units) if self.earlier is not None else None


def list_common_problems(records: RollUpRecords) -> list[CommonProblem]:
    """Return the items that fail, those of most units first, for each issued checklist."""
    problems: list[CommonProblem] = []
    earlier = collect_earlier_failures(records)
    for checklist in records.checklists:
        rows = [row for row in _count_failures(records, checklist) if row.all_units.failed]
        problems += sorted(rows, key=_by_share_and_number)
    return [row._replace(earlier=earlier.get((row.checklist, row.item))) for row in problems]


def _by_share_and_number(row: CommonProblem) -> tuple[Fraction, int]:
    return -Fraction(row.all_units.failed, row.all_units.judged), -row.all_units.failed


def _count_failures(records: RollUpRecords, checklist: str) -> Iterator[CommonProblem]:
    items = records.checklists[checklist].items()
    numbers: dict[str, Counter[tuple[str | None, UnitOutcome]]] = {key: Counter() for key in items}
    failed: dict[str, set[str]] = {key: set() for key in items}
    for entry in records.units:
        category = entry.unit.category
        for item, outcomes in collect_unit_outcomes(entry, checklist).items():
            outcome = judge_unit_outcome(outcomes)
            numbers[item][category, outcome] += 1
            if outcome == "failed":
                failed[item].add(entry.id)
    for item, counts in numbers.items():
        total, parts = FailureCounts(), dict[str | None, FailureCounts]()
        for (category, outcome), count in counts.items():
            total = total.add_units(outcome, count)
            parts[category] = parts.get(category, FailureCounts()).add_units(outcome, count)
        yield CommonProblem(checklist, item, total, parts, frozenset(failed[item]))


def collect_unit_outcomes(entry: UnitEntry, checklist: str) -> dict[str, list[ItemOutcome]]:
    """Return the outcomes of each item over the sheets of a unit of an issued checklist."""
    outcomes: dict[str, list[ItemOutcome]] = {}
    for sheet in entry.sheets:
        if sheet.is_issued and sheet.checklist.id == checklist:
            for definition, outcome in sheet.list_items_with_outcomes():
                outcomes.setdefault(definition.id, []).append(outcome)
    return outcomes
