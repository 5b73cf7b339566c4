"""The view-model: what a template may show, ready to print in one language.

The values are frozen and have no methods, because a template may call every method that it can
reach. All texts are formatted; a template decides only their place. `label` holds the fixed words
by name.
"""

from __future__ import annotations

from typing import Literal

from assess.i18n import Lang
from assess.model.config import ReportDetail
from assess.report.content.charts.svg import SvgElement
from assess.report.content.view.base import (
    CautionView,
    CountsRow,
    LabelledLine,
    ReservationView,
    View,
)
from assess.report.content.view.blank_form import FormSection
from assess.report.content.view.documents import (
    ChangeView,
    CompareView,
    HeadView,
    ItemChangeView,
    LetterView,
    ReturnedView,
    RoundView,
)
from assess.report.content.view.kinds.kind import TickView

__all__ = [
    "BasisView",
    "CautionView",
    "ChangeView",
    "Chapter",
    "CompareView",
    "CountsRow",
    "EvidenceView",
    "FindingView",
    "HeadView",
    "InputView",
    "ItemChangeView",
    "ItemView",
    "LabelledLine",
    "LackingView",
    "LedgerView",
    "LetterView",
    "RenderingMachine",
    "Report",
    "ReservationView",
    "ReturnedView",
    "RiskTone",
    "RoundView",
    "ScoreView",
    "SectionView",
    "SheetView",
    "SignatureLine",
    "SystemView",
    "TickView",
    "Tone",
    "TrustView",
    "View",
]

Tone = Literal["met", "partial", "unmet", "not_applicable", "answered", "unanswered"]
"""What a result looks like; never the only sign of it."""

RiskTone = Literal["high", "medium", "low"]


class Chapter(View, frozen=True, kw_only=True):
    """A chapter of the narrative, its title numbered in the customary way."""

    title: str
    paragraphs: tuple[str, ...]


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


class SectionView(View, frozen=True, kw_only=True):
    """A section of the answer table."""

    title: str
    counts: CountsRow
    items: tuple[ItemView, ...]


class FindingView(View, frozen=True, kw_only=True):
    """A problem with all that is known of it."""

    number: str
    id: str
    title: str
    result: str
    risk: str
    tone: RiskTone
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
    tone: RiskTone
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


class SheetView(View, frozen=True, kw_only=True):
    """One sheet: a checklist answered for the organization or a system."""

    anchor: str
    title: str
    scope: str
    version: str
    counts: CountsRow
    score: ScoreView | None
    facts: tuple[LabelledLine, ...]
    """The figures under the score: how many items, findings, what is overdue."""
    sections: tuple[SectionView, ...]
    chart: SvgElement | None
    findings: tuple[FindingView, ...]
    ledger: tuple[LedgerView, ...]
    left_out: str
    """The items that conditions leave out, with the reason; '' where there are none."""
    checklist: str = ""
    """Its id."""
    left_out_ids: tuple[str, ...] = ()
    radar: SvgElement | None = None
    heat: SvgElement | None = None
    form: tuple[FormSection, ...] = ()
    """The items with empty fields for their answers."""


class EvidenceView(View, frozen=True, kw_only=True):
    """A row of the evidence list."""

    id: str
    title: str
    place: str
    digest: str
    effective: str
    expires: str
    items: str
    fault: str = ""
    """What is wrong with its file; '' where it is as it was registered."""


class LackingView(View, frozen=True, kw_only=True):
    """An answer without all the evidence that its item requires."""

    id: str
    title: str
    sheet: str
    proofs: str


class SystemView(View, frozen=True, kw_only=True):
    """An information system."""

    name: str
    grade: str
    exposure: str
    hosting: str
    facts: tuple[LabelledLine, ...]


class BasisView(View, frozen=True, kw_only=True):
    """A law, rule or standard that the items cite; a day is '' if the checklist has none."""

    number: str
    title: str
    issued: str
    in_force: str
    example: bool = False
    """Whether it is cited for reference only: a rule of another place, or common practice."""
    code: str = ""
    """By what the ledger cites it."""
    of_problem: bool = False
    """Whether a problem cites it."""


class SignatureLine(View, frozen=True, kw_only=True):
    """A line for a signature; `name` is the person that the sheet names, '' without one."""

    role: str
    name: str
    field: str
    """The address of a link that becomes a signature field."""


class InputView(View, frozen=True, kw_only=True):
    """A file that the report is made from."""

    path: str
    digest: str
    inside: bool = False
    """Whether it travels inside the document."""


class TrustView(View, frozen=True, kw_only=True):
    """What the report is made from, and what it lacks."""

    lines: tuple[LabelledLine, ...]
    inputs: tuple[InputView, ...]
    lacks: tuple[str, ...]
    """Why the report is a draft; empty where it is none."""
    remarks: tuple[str, ...] = ()
    """Remarks: variants of checklists, reviews by the author, changed or missing evidence."""
    names: str
    """Which names are only claims."""
    code: SvgElement
    """The whole digest as a QR code."""
    code_note: str
    inside: str = ""
    """Which files travel inside the document; '' where it is no PDF."""


class Report(View, frozen=True, kw_only=True):
    """Everything that a report can show."""

    lang: Lang
    label: dict[str, str]
    title: str
    organization: str
    addressee: str
    round: str
    period: str
    date: str
    marking: str
    unclassified: str
    """What must not be entered, for who fills in."""
    classification: str
    """That it is unclassified, for who reads; at the head of every page."""
    digest: str
    """The first digits of the digest, for the foot of each page."""
    draft: bool
    opening: str
    chapters: tuple[Chapter, ...]
    annexes: tuple[str, ...]
    annex_numbers: dict[str, int]
    """The numbers of the annexes by name: findings, ledger, answers, evidence, provenance."""
    total: CountsRow | None
    """The sums over several sheets; None where there is only one."""
    profile: tuple[LabelledLine, ...]
    systems: tuple[SystemView, ...]
    sheets: tuple[SheetView, ...]
    signatures: tuple[SignatureLine, ...]
    seal_field: str
    """The address of a link that becomes the field of the organization's seal."""
    basis: tuple[BasisView, ...]
    evidence: tuple[EvidenceView, ...]
    lacking: tuple[LackingView, ...]
    """Required evidence that no answer cites."""
    brief: tuple[str, ...]
    """The state in a few sentences, for a leader."""
    decisions: tuple[str, ...]
    """What the leader is asked to decide."""
    detail: ReportDetail
    """What is printed whole: the problems, or every item."""
    letter: LetterView
    """What frames the narrative as a letter to the addressee."""
    notice: LetterView
    receipt: LetterView
    returned: tuple[ReturnedView, ...]
    compare: CompareView | None
    """What changed since the round before, or since what `--against` names."""
    rounds: tuple[RoundView, ...]
    """This round and those before it, oldest first; empty where it is the first."""
    trend: SvgElement | None
    chart: SvgElement | None
    """The checklists as bars; None where there is only one."""
    bare: str
    """The number of items that are answered as met without evidence."""
    trust: TrustView
    caution: CautionView = CautionView()
    """Reservations about the document, which the program prints on every page."""


class RenderingMachine(View, frozen=True, kw_only=True):
    """What set the report: programs, libraries, fonts. Known only in the child process."""

    lines: tuple[LabelledLine, ...]
    title_font: str
    body_font: str
    heading_font: str
    accent_font: str
    title_weight: str
    pictures: tuple[str, ...]
    """Ids of the evidence that has a thumbnail, found at `../evidence/ID`."""
    broken: tuple[str, ...] = ()
    """Ids of the evidence that should have one: broken, cut off or too large to open."""
    replaced: tuple[LabelledLine, ...] = ()
    """Codes that stand for characters without a font, such as [U+1F1E8], and in which items."""
