"""Views of a sheet: its items, its problems with what is done about them, its score."""

from __future__ import annotations

from typing import Literal

from assess.model.item import RiskLevel
from assess.report.content.charts.svg import SvgElement
from assess.report.content.view.base import CountsRow, LabelledLine, View
from assess.report.content.view.blank_form import FormSection
from assess.report.content.view.grid_layout import GridLayout
from assess.report.content.view.kinds.kind import TickView

Tone = Literal["met", "partial", "unmet", "not_applicable", "answered", "unanswered", "closed"]
"""What a result looks like; never the only sign of it. No answer opens a closed item."""


class ScoreView(View, frozen=True, kw_only=True):
    """A score, and in words how it came about."""

    value: str
    band: str
    remark: str
    """Why the score is not final; '' where it is."""
    formula: str
    worked: str
    """The formula with its sums put in."""
    parameters: tuple[LabelledLine, ...]
    boundaries: tuple[str, ...]
    notes: tuple[str, ...]
    """Cap and veto, where they took effect."""


class ItemView(View, frozen=True, kw_only=True):
    """A row of the answer table."""

    number: str
    id: str
    title: str
    requirement: str
    references: str
    result: str
    tone: Tone
    said: str
    """The text of the answer, if the result alone does not contain it."""
    note: str
    evidence: tuple[str, ...]
    flags: tuple[str, ...]
    """What a reader must know of this answer: stale, returned, proof lacking, …"""
    beginning: str = ""
    """The beginning of answer and note, on one line."""
    warnings: tuple[str, ...] = ()
    """The flags without those of lacking proof."""
    proof_lacks: bool = False
    problem: str = ""
    """The number of the problem that it is; '' where it is none."""
    kind: str = ""
    value: str = ""
    """A number without its unit, the part of a ratio, a date, a text; for forms."""
    whole: str = ""
    unit: str = ""
    options: tuple[TickView, ...] = ()
    columns: tuple[str, ...] = ()
    column_types: tuple[str, ...] = ()
    """text, integer, number, boolean, date or choice."""
    rows: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()
    """The sums below the columns, '' for one without; empty where no column is summed up."""
    layout: GridLayout | None = None
    """How the rows stand on a page; None where there are none."""
    grid: str = ""
    """The number of the table in the annex of tables; '' where it has no rows."""
    listed: str = ""
    """How many rows there are, and in which table of the annex; '' where there are none."""
    row_faults: tuple[str, ...] = ()
    """What is wrong in the rows of a table, each with row and column."""
    taken: str = ""
    """Where the answer was taken over from; '' where it was not."""
    guidance: str = ""
    """The issuer's guidance, where all details are wanted."""


class SectionView(View, frozen=True, kw_only=True):
    """A section of the answer table."""

    title: str
    counts: CountsRow
    items: tuple[ItemView, ...]
    group: str = ""
    """The heading above it and the sections after it; '' where none begins."""


class FindingView(View, frozen=True, kw_only=True):
    """A problem with all that is known of it."""

    number: str
    id: str
    title: str
    result: str
    risk: str
    tone: RiskLevel
    lines: tuple[LabelledLine, ...]
    dangers: tuple[str, ...] = ()
    """Triggers of serious hidden dangers that it matches: code and title."""
    rank: int = 0
    """Its place among the problems of all sheets: by risk, then by due date."""
    system: str = ""
    """The system that has it; '' where the organization has it."""


class LedgerView(View, frozen=True, kw_only=True):
    """A row of the remediation ledger."""

    number: str
    id: str
    title: str
    risk: str
    tone: RiskLevel
    action: str
    responsible: str
    due: str
    state: str
    late: str
    """How late it is; '' where it isn't."""
    days_late: int = 0
    """The days by which it is; 0 where it isn't."""
    state_id: str = ""
    """planned, in_progress, done, verified, risk_accepted; '' where nothing is planned."""
    progress: str = ""
    """The state without its day."""
    basis: str = ""
    system: str = ""
    """The system or organization that has the problem."""
    unit: str = ""
    owner: str = ""
    done: str = ""
    recheck_by: str = ""
    closed: str = ""
    """Whether it is closed (销号): remedied and verified."""
    dangers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    rank: int = 0
    """Its place among the problems of all sheets: by risk, then by due date."""
    basis_codes: str = ""
    """The basis by the codes of what is cited, with the clauses."""
    urgent: bool = False
    """Whether it is not mended and of high risk or overdue."""
    mended: bool = False
    """Whether it is remedied, verified or not."""
    taken: str = ""
    """Where the answer was taken over from; '' where it was not."""
    needs: str = ""
    """Whether the measure needs money and people; '' where it does not say."""
    no_due: str = ""
    """Why there is no due date; '' where there is one, or no reason is given."""
    source: str = ""
    """Who found it, and the number of the document; '' for a problem of the round's own."""
    finding_id: str = ""
    """The id of a finding of others in findings.yaml; '' for a problem of the round's own."""


class SheetView(View, frozen=True, kw_only=True):
    """One sheet: a checklist answered for the organization or a system."""

    anchor: str
    title: str
    scope: str
    version: str
    counts: CountsRow
    score: ScoreView | None
    no_score: str
    """Why there is no score; '' where there is one."""
    facts: tuple[LabelledLine, ...]
    """The figures under the score: how many items, findings, what is overdue."""
    sections: tuple[SectionView, ...]
    chart: SvgElement | None
    findings: tuple[FindingView, ...]
    ledger: tuple[LedgerView, ...]
    left_out: str
    """The items that facts leave out; '' where there are none."""
    closed_questions: str = ""
    """The sub-questions that no answer opens, with what would; '' where there are none."""
    checklist: str = ""
    """Its id."""
    left_out_ids: tuple[str, ...] = ()
    closed_items: tuple[ItemView, ...] = ()
    """The sub-questions that no answer opens, without answers."""
    radar: SvgElement | None = None
    heat: SvgElement | None = None
    form: tuple[FormSection, ...] = ()
    """The items with empty fields for their answers."""
    in_matrix: bool = False
    """Whether a matrix shows its results, with those of the other sheets of its checklist."""
