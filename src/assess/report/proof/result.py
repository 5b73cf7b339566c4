"""What a verification is given, and what it came to."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from assess.i18n import Lang
from assess.report.content.inputs import SheetInputs
from assess.report.proof.compare import TextDifferences
from assess.report.proof.doubts import ReportDoubts
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.proof_file import ProofFile
from assess.report.proof.words import VerificationCause, VerificationOutcome


class UnprovedClaims(NamedTuple):
    """Statements of a PDF about itself that are not proved."""

    organization: str = ""
    """Name and id of the organization in the attached assess.yaml."""
    digests: tuple[str, ...] = ()
    """Digests that its text holds, where it has no provenance."""


class VerificationResult(NamedTuple):
    """What a verification came to."""

    outcome: VerificationOutcome
    causes: tuple[VerificationCause, ...] = ()
    proof: ProofFile | None = None
    tools: tuple[str, ...] = ()
    """The tools that the report names, if they differ from those of this machine."""
    signatures: tuple[pdf_job.CheckedSignature, ...] = ()
    commit_signature: tuple[bool, str] | None = None
    before: VerificationOutcome = "not-checkable"
    """The outcome for the part before anything that was added."""
    claims: UnprovedClaims = UnprovedClaims()
    sheets: tuple[SheetInputs, ...] = ()
    """The inputs from the commit, if the report could be made again."""
    texts: TextDifferences = TextDifferences()
    doubts: ReportDoubts = ReportDoubts()
    """Reservations, origins and what came later, if the report could be made again."""
    made_here: bytes | None = None
    """The report made again from the commit, or from its inputs."""
    by_inputs: bool = False
    """Whether it was held against its own inputs, and not against git."""
    inputs_agree: bool | None = None
    """Whether its own inputs give it; None where that can't be told, or was not asked."""


class VerificationRequest(NamedTuple):
    """The input of a verification."""

    pdf: bytes
    roots: tuple[bytes, ...]
    moment: datetime
    today: date
    lang: Lang
    original: int
    """Bytes of the report itself: what comes before the first thing that was added."""
