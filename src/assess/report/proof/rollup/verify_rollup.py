"""Verification of a roll-up, circular or JSON: it is made again in the office's folder.

The commit is the newest one with the files that the document names by their digests; the receipts
in it name what units handed in, which has to be in the inbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from assess import __version__
from assess.display.rollup.document import make_rollup_document
from assess.engine.rollup.anonymous import make_anonymous_records
from assess.engine.rollup.records import RollUpRecords
from assess.errors import AssessError, DamagedError, EnvironmentLacksError
from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang
from assess.model.rollup import RollUpDocument
from assess.report.proof.making import choose_program_of_remade_report, is_made_by_this_program
from assess.report.proof.proof_file import (
    RollUpProof,
    decode_proof_of_rollup_json,
    decode_rollup_proof,
)
from assess.report.proof.remade import explain_differing_bytes
from assess.report.proof.result import VerificationRequest, VerificationResult
from assess.report.proof.signature_check import check_appended_bytes
from assess.report.proof.submitted import (
    end_of_day,
    read_report_and_original_size,
    read_rollup_provenance,
)
from assess.report.proof.words import VerificationCause, make_verification_cause, worst_outcome
from assess.report.rollup.circular.circular import CircularDetails
from assess.report.rollup.circular_pdf import make_circular_pdf
from assess.report.rollup.text_forms import rollup_to_json
from assess.workspace.office.office import Office
from assess.workspace.office.rollup_inputs import OfficeHistory
from assess.workspace.office.rollup_records import read_rollup_records
from assess.workspace.office.unit_reading import CheckHandIn

_SHOWN_PATHS = 5


class RollUpVerification(NamedTuple):
    """What the verification of a roll-up came to, and what the document says of itself."""

    result: VerificationResult
    proof: RollUpProof | None = None
    commit: str | None = None
    """The commit from whose files it was made again."""


class SubmittedRollUp(NamedTuple):
    """A PDF or JSON, certificates to trust, and the day on which signers' must be valid."""

    data: bytes
    roots: tuple[bytes, ...]
    at: date


class HandInReading(NamedTuple):
    """How hand-ins are read, and what is called with the progress of it."""

    check: CheckHandIn
    report_progress: Callable[[int, int, str], None]


class _Comparison(NamedTuple):
    """What a document that is made again is held against."""

    submitted: bytes
    make: Callable[[RollUpDocument], bytes]
    explain: Callable[[bytes], VerificationResult]
    """Says why other bytes were made here."""


def verify_rollup(
    office: Office, submitted: SubmittedRollUp, today: date, reading: HandInReading
) -> RollUpVerification:
    """Return whether a circular is the one that the office's committed files and inbox give.

    The JSON of a roll-up is verified, too.

    Raises:
        UsageError: the office is in no repository, or one of the roots is no certificate.
        DamagedError: the repository is damaged.
        EnvironmentLacksError: the machine lacks what documents need, or a limit was reached.
    """
    from_json = decode_proof_of_rollup_json(submitted.data)
    if from_json is not None:
        return _verify_json(office, submitted.data, from_json, reading)
    return _verify_pdf(office, submitted, today, reading)


def _verify_json(
    office: Office, data: bytes, proof: RollUpProof, reading: HandInReading
) -> RollUpVerification:
    def explain(_made_here: bytes) -> VerificationResult:
        is_ours = proof.tool_version == __version__
        words = {"theirs": f"assess {proof.tool_version}", "ours": f"assess {__version__}"}
        code = "bytes" if is_ours else "other-program"
        return _make_result(make_verification_cause(code, office.lang, **words))

    comparison = _Comparison(data, rollup_to_json, explain)
    commit, result = _remake_and_compare(office, proof, comparison, reading)
    return RollUpVerification(result._replace(before=result.outcome), proof, commit)


def _verify_pdf(
    office: Office, submitted: SubmittedRollUp, today: date, hand_ins: HandInReading
) -> RollUpVerification:
    lang = office.lang
    reading, original = read_report_and_original_size(submitted.data, lang)
    if isinstance(reading, VerificationCause):
        return RollUpVerification(_make_result(reading))
    moment = end_of_day(submitted.at)
    request = VerificationRequest(submitted.data, submitted.roots, moment, today, lang, original)
    proof = read_rollup_provenance(reading, lang)
    if isinstance(proof, VerificationCause):
        return RollUpVerification(_make_result(proof))
    additions = check_appended_bytes(request)

    def make_pdf(document: RollUpDocument) -> bytes:
        program = choose_program_of_remade_report(proof)
        details = CircularDetails(proof.number, proof.copies)
        return make_circular_pdf(document, details, program, lang)

    def explain(made_here: bytes) -> VerificationResult:
        return explain_differing_bytes(made_here, request, reading, proof, decode_rollup_proof)

    comparison = _Comparison(submitted.data[:original], make_pdf, explain)
    commit, verdict = _remake_and_compare(office, proof, comparison, hand_ins)
    causes = (*verdict.causes, *additions.causes)
    result = verdict._replace(
        outcome=worst_outcome(causes),
        before=worst_outcome(verdict.causes),
        causes=causes,
        signatures=additions.signatures,
    )
    return RollUpVerification(result, proof, commit)


def _make_result(cause: VerificationCause) -> VerificationResult:
    return VerificationResult(cause.outcome, (cause,))


def _remake_and_compare(
    office: Office, proof: RollUpProof, comparison: _Comparison, reading: HandInReading
) -> tuple[str | None, VerificationResult]:
    """Return the commit with the files of a document, and whether they give its bytes."""
    history = OfficeHistory(office)
    commit = history.find_commit_with_files(proof.digests_by_path) if proof.inputs else None
    if commit is None:
        paths = escape_and_replace_tabs(", ".join(list(proof.digests_by_path)[:_SHOWN_PATHS]))
        cause = make_verification_cause("rollup-commit-missing", office.lang, paths=paths or "–")
        return None, _make_result(cause)
    with history.lay_out_commit(commit, proof.digests_by_path) as past:
        try:
            records = _read_records(past, proof, reading)
            made_here = comparison.make(_make_document(records, proof))
        except (DamagedError, EnvironmentLacksError):
            raise
        except (AssessError, ValueError) as error:
            words = {"commit": commit[:10], "detail": escape_and_replace_tabs(str(error))}
            code = "again" if is_made_by_this_program(proof) else "again-elsewhere"
            return commit, _make_result(make_verification_cause(code, office.lang, **words))
    if comparison.submitted == made_here:
        return commit, VerificationResult("genuine", made_here=made_here)
    purged = _find_purged_files(records, office.lang)
    if purged is not None:
        return commit, _make_result(purged)
    return commit, comparison.explain(made_here)._replace(made_here=made_here)


def _read_records(past: Office, proof: RollUpProof, reading: HandInReading) -> RollUpRecords:
    day = date.fromisoformat(proof.date)
    return read_rollup_records(
        past, proof.campaign, day, reading.check, reading.report_progress, lambda _notice: None
    )


def _make_document(records: RollUpRecords, proof: RollUpProof) -> RollUpDocument:
    shown = records.select_category(proof.category) if proof.category is not None else records
    if proof.anonymous:
        shown = make_anonymous_records(shown, proof.lang)
    return make_rollup_document(shown, proof.lang, proof.marking)


def _find_purged_files(records: RollUpRecords, lang: Lang) -> VerificationCause | None:
    """Return the cause of files that are gone, which may be all that differs."""
    taken = [entry for entry in records.units if entry.receipt is not None]
    gone = [entry for entry in taken if entry.fault in ("file-missing", "file-changed")]
    if not gone:
        return None
    return make_verification_cause("rollup-purged", lang, count=len(gone), all=len(taken))
