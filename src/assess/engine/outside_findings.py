"""Findings of others, as they stand in a round: which of them, how late, how far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final, Protocol

from assess.engine.rounds import OPEN_STATES
from assess.i18n import N_, Lang, translator
from assess.model.answer import Remediation, RemediationState
from assess.model.item import RiskLevel
from assess.model.outside_finding import OutsideFinding, OutsideSource
from assess.model.results import Value

SOURCE_NAMES: Final[Mapping[OutsideSource, str]] = {
    "notice": N_("circular"),
    "assessment": N_("graded-protection assessment"),
    "penetration_test": N_("penetration test"),
    "scan": N_("vulnerability scan"),
    "inspection": N_("inspection"),
}
"""Where findings come from, as people read it."""

_RISKS: Final = ("high", "medium", "low")


class OutsideRow(Value, frozen=True, kw_only=True):
    """A finding of somebody else with what is reckoned on a day."""

    id: str
    finding: OutsideFinding
    due: date | None
    """The day that the document demands; where it demands none, that of the plan."""
    progress: RemediationState | None
    """None: nothing is planned. A closed finding counts as verified."""
    days_late: int
    """0 where it is not overdue."""

    @property
    def plan(self) -> Remediation:
        """The remediation; an empty one where nothing is planned."""
        return self.finding.remediation or Remediation()

    @property
    def risk(self) -> RiskLevel:
        """The risk as it was entered."""
        return self.finding.risk

    @property
    def owner(self) -> str | None:
        """Who mends it."""
        return self.plan.owner

    @property
    def is_closed(self) -> bool:
        """Whether it is closed (销号)."""
        return self.finding.closed is not None

    @property
    def is_mended(self) -> bool:
        """Whether it is remedied, be that closed or not yet."""
        return self.progress in ("done", "verified")

    @property
    def overdue(self) -> bool:
        """Whether it should have been mended before the day."""
        return self.days_late > 0

    @property
    def done_on(self) -> date | None:
        """The day on which it was closed, else that on which it was mended."""
        closed = self.finding.closed
        return closed.on if closed else self.plan.done_on


class SheetScope(Protocol):
    """The checklist of a sheet, and its system; None: the organization."""

    @property
    def checklist(self) -> str:
        """The id of the checklist."""

    @property
    def system(self) -> str | None:
        """The id of the system."""


def outside_source_name(source: OutsideSource, lang: Lang) -> str:
    """Return the name of a source."""
    return translator(lang)(SOURCE_NAMES[source])


def outside_source_and_number(finding: OutsideFinding, lang: Lang) -> str:
    """Return where a finding comes from and the number of its document."""
    name = outside_source_name(finding.source, lang)
    return f"{name} {finding.number}" if finding.number else name


def list_outside_rows_of_round(
    findings: Mapping[str, OutsideFinding], round_id: str, today: date
) -> tuple[OutsideRow, ...]:
    """Return the findings that stand in a round: overdue first, then by due date, risk and id.

    These are all open ones, and those that were closed in this round. One that was closed in
    another round stands in that one alone.
    """
    return tuple(
        row
        for row in list_all_outside_rows(findings, today)
        if row.finding.closed is None or row.finding.closed.round in (None, round_id)
    )


def list_all_outside_rows(
    findings: Mapping[str, OutsideFinding], today: date
) -> tuple[OutsideRow, ...]:
    """Return all findings in the same order, whenever they were closed."""
    rows = [_make_outside_row(key, finding, today) for key, finding in findings.items()]
    return tuple(sorted(rows, key=_urgency_sort_key))


def _urgency_sort_key(row: OutsideRow) -> tuple[bool, bool, date, int, str]:
    return (
        row.is_mended,
        not row.overdue,
        row.due or date.max,
        _RISKS.index(row.risk),
        row.id,
    )


def _make_outside_row(key: str, finding: OutsideFinding, today: date) -> OutsideRow:
    plan = finding.remediation
    due = finding.due or (plan.due if plan else None)
    state = plan.state if plan else None
    is_late = due is not None and due < today and state in (None, *OPEN_STATES)
    if finding.closed is not None:
        state, is_late = "verified", False
    return OutsideRow(
        id=key,
        finding=finding,
        due=due,
        progress=state,
        days_late=(today - due).days if is_late and due is not None else 0,
    )


def select_rows_for_sheets_report(
    rows: Iterable[OutsideRow],
    sheets: Collection[SheetScope],
    sheets_of_round: Collection[SheetScope],
) -> tuple[OutsideRow, ...]:
    """Return the rows that a report of some sheets of a round has.

    A finding belongs to the sheets of its checklist and system. One that belongs to no sheet of
    the round, or to none in particular, is in every report.
    """
    return tuple(
        row
        for row in rows
        if any(_belongs_to_sheet_scope(row.finding, sheet) for sheet in sheets)
        or not any(_belongs_to_sheet_scope(row.finding, sheet) for sheet in sheets_of_round)
    )


def _belongs_to_sheet_scope(finding: OutsideFinding, sheet: SheetScope) -> bool:
    return finding.checklist in (None, sheet.checklist) and finding.system in (None, sheet.system)


def list_rows_of_item(
    rows: Iterable[OutsideRow], checklist: str, system: str | None, item: str
) -> tuple[OutsideRow, ...]:
    """Return the rows about an item, in the sheet of a system or of the organization."""
    return tuple(
        row
        for row in rows
        if row.finding.item == item
        and row.finding.checklist in (None, checklist)
        and row.finding.system in (None, system)
    )


class OutsideCounts(Value, frozen=True, kw_only=True):
    """How many findings of others a round has."""

    all: int
    open: int
    """Neither mended nor closed."""
    overdue: int
    closed: int


def count_outside_rows(rows: Collection[OutsideRow]) -> OutsideCounts:
    """Return the numbers."""
    return OutsideCounts(
        all=len(rows),
        open=sum(not row.is_mended for row in rows),
        overdue=sum(row.overdue for row in rows),
        closed=sum(row.is_closed for row in rows),
    )
