"""Verification of the circular of a roll-up: it is made again in the office's folder, and compared.

The commit is the newest one with the files that the document names by their digests; the receipts
in it name what units handed in, which has to be in the inbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from assess.display.rollup.document import make_rollup_document
from assess.engine.rollup.anonymous import make_anonymous_records
from assess.engine.rollup.records import RollUpRecords
from assess.errors import AssessError, DamagedError, EnvironmentLacksError
from assess.harmless import escape_and_replace_tabs
from assess.report.proof.making import choose_program_of_remade_report, is_made_by_this_program
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.proof_file import RollUpProof, decode_rollup_proof
from assess.report.proof.remade import explain_differing_bytes
from assess.report.proof.result import VerificationRequest, VerificationResult
from assess.report.proof.signature_check import check_appended_bytes
from assess.report.proof.submitted import (
    end_of_day,
    read_report_and_original_size,
    read_rollup_provenance,
)
from assess.report.proof.words import VerificationCause, make_verification_cause, worst_outcome
from assess.report.rollup.circular_pdf import make_circular_pdf
from assess.workspace.office.office import Office
from assess.workspace.office.rollup_inputs import OfficeHistory
from assess.workspace.office.rollup_records import CheckHandIn, read_rollup_records

_SHOWN_PATHS = 5

ReportProgress = Callable[[int, int, str], None]


class RollUpVerification(NamedTuple):
    """What the verification of a roll-up came to, and what the document says of itself."""

    result: VerificationResult
    proof: RollUpProof | None = None
    commit: str | None = None
    """The commit from whose files it was made again."""


class SubmittedRollUp(NamedTuple):
    """A PDF, certificates to trust, and the day on which those of signers must be valid."""

    pdf: bytes
    roots: tuple[bytes, ...]
    at: date


def verify_rollup(
    office: Office,
    submitted: SubmittedRollUp,
    today: date,
    check: CheckHandIn,
    report_progress: ReportProgress,
) -> RollUpVerification:
    """Return whether a circular is the one that the office's committed files and inbox give.

    Raises:
        UsageError: the office is in no repository, or one of the roots is no certificate.
        DamagedError: the repository is damaged.
        EnvironmentLacksError: the machine lacks what documents need, or a limit was reached.
    """
    lang = office.lang
    history = OfficeHistory(office)
    reading, original = read_report_and_original_size(submitted.pdf, lang)
    if isinstance(reading, VerificationCause):
        return RollUpVerification(VerificationResult(reading.outcome, (reading,)))
    request = VerificationRequest(
        submitted.pdf, submitted.roots, end_of_day(submitted.at), today, lang, original
    )
    proof = read_rollup_provenance(reading, lang)
    if isinstance(proof, VerificationCause):
        return RollUpVerification(VerificationResult(proof.outcome, (proof,)))
    additions = check_appended_bytes(request)
    commit = history.find_commit_with_files(proof.digests_by_path) if proof.inputs else None
    if commit is None:
        verdict = _make_missing_commit_result(proof, request)
    else:
        with history.lay_out_commit(commit, proof.digests_by_path) as past:
            verdict = _Remaking(past, request, reading, proof, commit).compare(
                check, report_progress
            )
    causes = (*verdict.causes, *additions.causes)
    result = verdict._replace(
        outcome=worst_outcome(causes),
        before=worst_outcome(verdict.causes),
        causes=causes,
        signatures=additions.signatures,
    )
    return RollUpVerification(result, proof, commit)


def _make_missing_commit_result(
    proof: RollUpProof, request: VerificationRequest
) -> VerificationResult:
    paths = ", ".join(list(proof.digests_by_path)[:_SHOWN_PATHS])
    words = {"paths": escape_and_replace_tabs(paths)}
    cause = make_verification_cause("rollup-commit-missing", request.lang, **words)
    return VerificationResult(cause.outcome, (cause,))


class _Remaking(NamedTuple):
    """A document that is made again from the files of a commit."""

    office: Office
    request: VerificationRequest
    reading: pdf_job.PdfReading
    proof: RollUpProof
    commit: str

    def compare(self, check: CheckHandIn, report_progress: ReportProgress) -> VerificationResult:
        """Return whether the bytes are the same."""
        lang = self.request.lang
        try:
            day = date.fromisoformat(self.proof.date)
            records = read_rollup_records(
                self.office, self.proof.campaign, day, check, report_progress
            )
            made_here = self._make_pdf(records)
        except (DamagedError, EnvironmentLacksError):
            raise
        except (AssessError, ValueError) as error:
            words = {"commit": self.commit[:10], "detail": escape_and_replace_tabs(str(error))}
            code = "again" if is_made_by_this_program(self.proof) else "again-elsewhere"
            cause = make_verification_cause(code, lang, **words)
            return VerificationResult(cause.outcome, (cause,))
        if self.request.pdf[: self.request.original] == made_here:
            return VerificationResult("genuine", made_here=made_here)
        purged = self._find_purged_files(records)
        if purged is not None:
            return VerificationResult(purged.outcome, (purged,))
        explained = explain_differing_bytes(
            made_here, self.request, self.reading, self.proof, decode_rollup_proof
        )
        return explained._replace(made_here=made_here)

    def _make_pdf(self, records: RollUpRecords) -> bytes:
        proof = self.proof
        shown = records.select_category(proof.category) if proof.category is not None else records
        if proof.anonymous:
            shown = make_anonymous_records(shown, proof.lang)
        document = make_rollup_document(shown, proof.lang, proof.marking)
        program = choose_program_of_remade_report(proof)
        return make_circular_pdf(document, proof.number, program, self.request.lang)

    def _find_purged_files(self, records: RollUpRecords) -> VerificationCause | None:
        """Return the cause of files that are gone, which may be all that differs."""
        taken = [entry for entry in records.units if entry.receipt is not None]
        gone = [entry for entry in taken if entry.fault in ("file-missing", "file-changed")]
        if not gone:
            return None
        words = {"count": len(gone), "all": len(taken)}
        return make_verification_cause("rollup-purged", self.request.lang, **words)
