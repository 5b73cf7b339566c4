"""The view-model: what a template may show, ready to print in one language.

Plain frozen values with no methods, because a template may call whatever it can reach. All texts
are formatted; a template decides only where they stand. `label` holds the fixed words by name.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from assess.i18n import Lang
from assess.report.svg import Element

Tone = Literal["met", "partial", "unmet", "not_applicable", "answered", "unanswered"]
"""What a result looks like; never the only sign of it."""

RiskTone = Literal["high", "medium", "low"]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all values that a template sees."""


class Line(View, frozen=True, kw_only=True):
    """A name and what is said under it."""

    name: str
    text: str


class Chapter(View, frozen=True, kw_only=True):
    """A chapter of the narrative, its title numbered in the customary way."""

    title: str
    paragraphs: tuple[str, ...]


class CountsRow(View, frozen=True, kw_only=True):
    """The counts of a sheet or section, and its score; '' where there is nothing to say."""

    title: str
    applicable: str
    met: str
    partial: str
    unmet: str
    not_applicable: str
    answered: str
    unanswered: str
    score: str
    verdict: str = ""


class ScoreView(View, frozen=True, kw_only=True):
    """A score, and in words how it came about."""

    value: str
    band: str
    remark: str
    """Why the score is not final; '' where it is."""
    formula: str
    worked: str
    """The formula with its sums put in."""
    parameters: tuple[Line, ...]
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
    """What was answered, where the result alone does not say it."""
    note: str
    evidence: tuple[str, ...]
    flags: tuple[str, ...]
    """What a reader must know of this answer: stale, returned, proof lacking, …"""


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
    lines: tuple[Line, ...]


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


class SheetView(View, frozen=True, kw_only=True):
    """One sheet: a checklist answered for the organization or a system."""

    anchor: str
    title: str
    scope: str
    version: str
    counts: CountsRow
    score: ScoreView | None
    facts: tuple[Line, ...]
    """The figures under the score: how many items, findings, what is overdue."""
    sections: tuple[SectionView, ...]
    chart: Element | None
    findings: tuple[FindingView, ...]
    ledger: tuple[LedgerView, ...]
    left_out: str
    """The items that conditions leave out, with the reason; '' where there are none."""


class EvidenceView(View, frozen=True, kw_only=True):
    """A row of the evidence list."""

    id: str
    title: str
    place: str
    digest: str
    effective: str
    expires: str
    items: str


class SystemView(View, frozen=True, kw_only=True):
    """An information system."""

    name: str
    grade: str
    exposure: str
    hosting: str
    facts: tuple[Line, ...]


class BasisView(View, frozen=True, kw_only=True):
    """A law, rule or standard that the items cite."""

    number: str
    title: str
    issued: str
    in_force: str


class Signature(View, frozen=True, kw_only=True):
    """A line to sign; `name` is who the sheet names, '' where it names nobody."""

    role: str
    name: str


class InputView(View, frozen=True, kw_only=True):
    """A file that the report is made from."""

    path: str
    digest: str


class TrustView(View, frozen=True, kw_only=True):
    """What the report is made from, and what it lacks."""

    lines: tuple[Line, ...]
    inputs: tuple[InputView, ...]
    lacks: tuple[str, ...]
    """Why the report is a draft; empty where it is none."""
    names: str
    """Which names are only claims."""


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
    digest: str
    """The first digits of the digest, for the foot of each page."""
    draft: bool
    opening: str
    chapters: tuple[Chapter, ...]
    annexes: tuple[str, ...]
    total: CountsRow | None
    """The sums over several sheets; None where there is only one."""
    profile: tuple[Line, ...]
    systems: tuple[SystemView, ...]
    sheets: tuple[SheetView, ...]
    signatures: tuple[Signature, ...]
    basis: tuple[BasisView, ...]
    evidence: tuple[EvidenceView, ...]
    bare: str
    """How many items are said to be met without any evidence."""
    trust: TrustView


class Machine(View, frozen=True, kw_only=True):
    """What set the report: programs, libraries, fonts. Known only in the child process."""

    lines: tuple[Line, ...]
    title_font: str
    body_font: str
    heading_font: str
    accent_font: str
    title_weight: str
    pictures: tuple[str, ...]
    """Ids of the evidence that has a thumbnail, found at `../evidence/ID`."""
