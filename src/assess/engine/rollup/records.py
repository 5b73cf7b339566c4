"""What a roll-up is made from: a record for each unit, cut down to what figures need.

The data of a round has every note; of ten thousand units only figures fit into memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from assess.engine.unit_states import UnitProgress
from assess.model.answer import OPEN_STATES
from assess.model.base import Number
from assess.model.checklist import Checklist
from assess.model.item import RiskLevel
from assess.model.office import Campaign, Unit
from assess.model.outside_finding import OutsideSource
from assess.model.provenance import InputFile
from assess.model.receipt import Receipt
from assess.model.results import Result
from assess.model.rollup_figures import ChecklistFigures, RollUpFigures
from assess.model.round_data import (
    ChecklistRecord,
    CountsRecord,
    ItemDefinition,
    MeasureRecord,
    ScoreRecord,
    SystemRecord,
)

RecordFault = Literal["file-missing", "file-changed", "file-unreadable"]
"""Why nothing is known of a file that was taken: not in the inbox here; other bytes than the
receipt names; no data in it that can be read."""

ItemOutcome = Result | Literal["left_out"] | None
"""The result of an item; None where it is not answered, `left_out` where it does not apply."""

COUNTED: Final[frozenset[ItemOutcome]] = frozenset(("met", "partial", "unmet"))
"""The results from which a rate of compliance is made."""

LEAST_UNITS: Final = 5
"""Units that quartiles need in an anonymous roll-up, so that no unit can be told from them."""

FAILED: Final[frozenset[ItemOutcome]] = frozenset(("partial", "unmet"))
"""The results that are a problem."""


class FindingEntry(NamedTuple):
    """A problem of a unit, found by itself or by others (`source`)."""

    item: str
    """The id of the item; of a finding of others its own."""
    risk: RiskLevel
    high_risk_case: str | None
    since: date | None
    """The day on which it was answered, or that of the document of others."""
    measure: MeasureRecord | None
    days_late: int
    source: OutsideSource | None = None
    text: str | None = None
    """The words of others; None where the item says it."""
    system: str | None = None
    is_closed: bool = False
    result: Result | None = None
    """How far the item is met: partly or not; None for a finding of others."""

    @property
    def is_mended(self) -> bool:
        """Whether the problem is remedied, verified or not yet."""
        return self.is_closed or (
            self.measure is not None and self.measure.state in ("done", "verified")
        )

    def is_due_before(self, today: date) -> bool:
        """Whether its due day is over today and was not on the day of the unit's own figures.

        Whether it was mended since then is known once the unit hands in again.
        """
        measure = self.measure
        if measure is None or measure.due is None or measure.state not in OPEN_STATES:
            return False
        return not self.is_closed and not self.days_late and measure.due < today

    @property
    def is_extended(self) -> bool:
        """Whether its due day was moved to a later one."""
        measure = self.measure
        if measure is None or measure.due is None or measure.first_due is None:
            return False
        return measure.due > measure.first_due


class SheetEntry(NamedTuple):
    """A sheet of a unit, as far as figures depend on it."""

    name: str
    checklist: ChecklistRecord
    is_issued: bool
    """Whether its checklist has the bytes that the office issued."""
    system: SystemRecord | None
    counts: CountsRecord
    score: ScoreRecord | None
    verdict: str | None
    findings: tuple[FindingEntry, ...]
    overdue: int
    taken_over: int
    sections: tuple[tuple[str, CountsRecord], ...]
    outcomes: tuple[ItemOutcome, ...]
    """The outcome of each item, in the order of the checklist."""
    values: Mapping[str, Any]
    """The values of the items of statistics that are answered with one."""

    def list_items_with_outcomes(self) -> list[tuple[ItemDefinition, ItemOutcome]]:
        """Return the items of the checklist with their outcomes."""
        definitions = [item for section in self.checklist.sections for item in section.items]
        return list(zip(definitions, self.outcomes, strict=True))


class UnitEntry(NamedTuple):
    """A unit of the campaign: how far it is, and what it handed in."""

    id: str
    unit: Unit
    progress: UnitProgress
    number: str | None = None
    """The number of the receipt that counts."""
    receipt: Receipt | None = None
    fault: RecordFault | None = None
    """Why nothing is known of what was taken; None where there is nothing or it was read."""
    dated: date | None = None
    """The day for which the unit's own figures are reckoned."""
    commit: str | None = None
    program: str | None = None
    is_sanitised: bool = False
    systems: tuple[SystemRecord, ...] = ()
    sheets: tuple[SheetEntry, ...] = ()
    outside: tuple[FindingEntry, ...] = ()
    """Findings of others, closed ones included."""

    @property
    def is_readable(self) -> bool:
        """Whether what it handed in could be read."""
        return self.dated is not None


class GroupScores(NamedTuple):
    """The scores of a checklist in all units or in a category."""

    sheets: int = 0
    units: int = 0
    median: Number | None = None


class CampaignScores(NamedTuple):
    """The scores of a campaign, without anything of a single unit."""

    campaign: str
    checklists: tuple[ChecklistFigures, ...]
    groups: Mapping[tuple[str, str | None, bool], GroupScores]
    """By checklist, category, and whether all units are meant (without a category)."""


class RollUpRecords(NamedTuple):
    """Everything that a roll-up is made from."""

    office: str
    campaign_id: str
    campaign: Campaign
    today: date
    units: tuple[UnitEntry, ...]
    """In the order of office.yaml; of one category where only that is asked for."""
    checklists: Mapping[str, Checklist]
    """The issued checklists by id, which have the titles."""
    before: RollUpFigures | None = None
    """The figures of the preceding campaign; None where there are none."""
    earlier: tuple[CampaignScores, ...] = ()
    """The scores of the campaigns before, the oldest first."""
    category: str | None = None
    is_anonymous: bool = False
    """Whether labels stand in the place of names, see `anonymous`."""
    inputs: tuple[InputFile, ...] = ()
    """The files of the office that it is made from, with their digests."""

    def select_category(self, category: str) -> RollUpRecords:
        """Return the records of the units of one category."""
        units = tuple(entry for entry in self.units if entry.unit.category == category)
        return self._replace(units=units, category=category)

    def leave_out_exempt_units(self) -> RollUpRecords:
        """Return the records without the units that need not hand in and did not."""
        units = tuple(entry for entry in self.units if entry.progress.state != "exempt")
        return self._replace(units=units)

    def list_categories(self) -> list[str | None]:
        """Return the categories of the units in the order of office.yaml, None for none."""
        return list(dict.fromkeys(entry.unit.category for entry in self.units))


def compute_share(part: int, whole: int) -> Number | None:
    """Return a share from 0 to 1, rounded half up to a tenth of a percent; None of nothing."""
    return Number(format_share(part, whole)) if whole else None


def format_share(part: int, whole: int) -> str:
    """Return a share with three decimals."""
    units = (part * 2000 + whole) // (whole * 2)
    return f"{units // 1000}.{units % 1000:03d}"
