"""The view-model: what a template may show, ready to print in one language.

The values are frozen and have no methods, because a template may call every method that it can
reach. All texts are formatted; a template decides only their place. `label` holds the fixed words
by name.
"""

from __future__ import annotations

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
from assess.report.content.view.documents import (
    ChangeView,
    CompareView,
    FactTableView,
    HeadView,
    ItemChangeView,
    LetterView,
    MatrixRow,
    MatrixSection,
    MatrixView,
    ReturnedView,
    RoundView,
)
from assess.report.content.view.kinds.kind import TickView
from assess.report.content.view.sheet_views import (
    FindingView,
    ItemView,
    LedgerView,
    ScoreView,
    SectionView,
    SheetView,
    Tone,
)
from assess.report.content.view.source_views import (
    BasisView,
    EvidenceView,
    InputView,
    LackingView,
    TrustView,
)

__all__ = [
    "BasisView",
    "CautionView",
    "ChangeView",
    "Chapter",
    "CompareView",
    "CountsRow",
    "EvidenceView",
    "FactTableView",
    "FindingView",
    "HeadView",
    "InputView",
    "ItemChangeView",
    "ItemView",
    "LabelledLine",
    "LackingView",
    "LedgerView",
    "LetterView",
    "MatrixRow",
    "MatrixSection",
    "MatrixView",
    "RenderingMachine",
    "Report",
    "ReservationView",
    "ReturnedView",
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


class Chapter(View, frozen=True, kw_only=True):
    """A chapter of the narrative, its title numbered in the customary way."""

    title: str
    paragraphs: tuple[str, ...]


class SystemView(View, frozen=True, kw_only=True):
    """An information system."""

    name: str
    grade: str
    exposure: str
    hosting: str
    facts: tuple[LabelledLine, ...]


class SignatureLine(View, frozen=True, kw_only=True):
    """A line for a signature; `name` is the person that the sheet names, '' without one."""

    role: str
    name: str
    field: str
    """The address of a link that becomes a signature field."""


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
    taken_over: str
    """How many answers were taken over, for the first page; '' where none was."""
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
    inconsistent: tuple[str, ...]
    """Answers that do not fit together by the field checks of a checklist, with their numbers."""
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
    """The checklists as bars, the worst of many; None where there is only one."""
    chart_note: str = ""
    """How many checklists the chart leaves out; '' where it shows all."""
    brief_rows: tuple[CountsRow, ...] = ()
    """The counts of the checklists for the page of the leader: the worst, and one of the others."""
    summary_rows: tuple[CountsRow, ...] = ()
    """The same for the summary."""
    overview_rows: tuple[CountsRow, ...] = ()
    """The counts of every checklist; numbered where a matrix names them so."""
    matrices: tuple[MatrixView, ...] = ()
    """The results of checklists with many sheets, as signs."""
    lacking_items: tuple[LackingView, ...] = ()
    """What lacks evidence in these, by item; `sheet` has the numbers of the sheets."""
    fact_tables: tuple[FactTableView, ...] = ()
    """The facts of many systems; empty where each system has a table of its own."""
    bare: str
    """The number of items that are answered as met without evidence."""
    trust: TrustView
    residual_rule: tuple[str, ...]
    """The rule for cases that no verdict names; empty where no item says what counts."""
    caution: CautionView = CautionView()
    outside: tuple[LedgerView, ...] = ()
    """The findings of others as rows of the ledger; ranks order them among those of the sheets."""
    outside_findings: tuple[FindingView, ...] = ()
    """The same in full, in the same order."""
    outside_sentence: str = ""
    """How many there are, open, overdue and closed; '' for none."""
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
