"""findings.yaml: what others found in the organization, outside of its own rounds."""

from datetime import date, datetime
from typing import Annotated, Literal, get_args

import msgspec

from assess.model.answer import Remediation
from assess.model.base import Id, ItemId, Node
from assess.model.item import RiskLevel

OutsideSource = Literal["notice", "assessment", "penetration_test", "scan", "inspection"]
"""A circular (通报), a graded-protection assessment (测评), a penetration test, a scan, a check."""

OUTSIDE_SOURCES: tuple[OutsideSource, ...] = get_args(OutsideSource)

MOST_OUTSIDE_FINDINGS = 2000
"""Findings in a workspace; a scan with more belongs into the evidence, as one finding."""

LONGEST_OUTSIDE_TEXT = 5000
"""Characters of what was found."""

LONGEST_DOCUMENT_NUMBER = 200
"""Characters of the number of the document."""

LONGEST_CLOSING_PROOF = 2000
"""Characters of what proves that a finding is mended."""


class OutsideClosing(Node, frozen=True, kw_only=True, rename={"on": "date"}):
    """When a finding was closed (销号), and what proves that it is mended."""

    on: date
    """The day on which it was closed."""
    proof: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_CLOSING_PROOF)]
    """What proves that it is mended."""
    round: Id | None = None
    """The round in which it was closed; it stands closed in that one, and in no later one."""


class OutsideFinding(Node, frozen=True, kw_only=True, rename={"dated": "date"}):
    """A finding of somebody else; it changes no result and no score.

    Without `system` it is about the organization, without `item` about no item.
    """

    source: OutsideSource
    """Where it comes from."""
    number: Annotated[str, msgspec.Meta(max_length=LONGEST_DOCUMENT_NUMBER)] | None = None
    """The number of the document that says it, or of the finding in it."""
    dated: date | None = None
    """The day of that document."""
    due: date | None = None
    """The day by which it is to be mended, as the document demands."""
    system: Id | None = None
    """The system that it is about; left out: the organization."""
    checklist: Id | None = None
    """The checklist of the item."""
    item: ItemId | None = None
    """The item that it belongs to; left out: to none."""
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_OUTSIDE_TEXT)]
    """What was found."""
    risk: RiskLevel = "medium"
    """How high the risk is."""
    remediation: Remediation | None = None
    """What is done about it."""
    evidence: tuple[Id, ...] = ()
    """Rows of the evidence register."""
    closed: OutsideClosing | None = None
    """How it was closed; left out: it is open."""
    by: Id | None = None
    """Who wrote it down, by the id of a person."""
    at: datetime | None = None
    """When it was written down."""


OutsideFindings = Annotated[
    dict[Id, OutsideFinding], msgspec.Meta(max_length=MOST_OUTSIDE_FINDINGS)
]
"""Findings by id. The id is random, so that two clones never give one id to two findings."""


class FindingsFile(Node, frozen=True, kw_only=True):
    """One findings.yaml."""

    format: str
    """The format and its number."""
    findings: OutsideFindings = {}
    """The findings by id."""
