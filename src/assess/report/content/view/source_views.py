"""Views of what a report stands on: evidence, laws and standards, the files it is made from."""

from __future__ import annotations

from assess.report.content.charts.svg import SvgElement
from assess.report.content.view.base import LabelledLine, View


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
