"""What an item is in a unit, over its sheets, and in how many units it fails."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from assess.engine.rollup.records import COUNTED, FAILED, ItemOutcome

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


def judge_unit_outcome(outcomes: Iterable[ItemOutcome]) -> UnitOutcome:
    """Return what an item is in a unit: the worst of its sheets counts."""
    present = set(outcomes)
    if present & FAILED:
        return "failed"
    if None in present:
        return "open"
    return "conforms" if present & COUNTED else None
