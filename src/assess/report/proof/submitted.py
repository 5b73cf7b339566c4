"""A PDF that is to be verified: what it holds, what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from assess.harmless import escape_and_replace_tabs
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.report.content.inputs import midnight_of_report_day
from assess.report.proof.compare import read_page_texts
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.proof_file import (
    ProofFile,
    RollUpProof,
    decode_proof,
    decode_rollup_proof,
    is_newer_provenance,
    is_rollup_provenance,
)
from assess.report.proof.result import UnprovedClaims, VerificationRequest, VerificationResult
from assess.report.proof.signature_check import check_appended_bytes, make_refusal_cause
from assess.report.proof.words import VerificationCause, make_verification_cause
from assess.workspace.proof.attached_files import decode_attached_config

_END: Final = b"%%EOF\n"
_END_OF_DAY: Final = timedelta(hours=23, minutes=59, seconds=59)
_PRINTED_DIGEST: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])")


def end_of_day(day: date) -> datetime:
    """Return the time at which certificates must be valid, for a day."""
    return midnight_of_report_day(day) + _END_OF_DAY


def read_report_and_original_size(
    pdf: bytes,
    lang: Lang,
    ask: Callable[[pdf_job.PdfQuestion, Lang], pdf_job.PdfAnswer] = ask_pdf_child,
) -> tuple[pdf_job.PdfReading | VerificationCause, int]:
    """Return what the report itself holds, and how many bytes it has.

    A PDF that another program wrote may end in other ways than a report does: it is read whole.
    `ask` reads it; a limited child does so itself, and starts no other.
    """
    original = pdf.find(_END) + len(_END) if _END in pdf else len(pdf)
    answer = ask(pdf_job.ReadPdfTask(pdf=pdf[:original]), lang)
    if not isinstance(answer, pdf_job.PdfReading) and original < len(pdf):
        original = len(pdf)
        answer = ask(pdf_job.ReadPdfTask(pdf=pdf), lang)
    if isinstance(answer, pdf_job.PdfReading):
        return answer, original
    cut_off = b"%%EOF" not in pdf
    return (
        make_verification_cause("cut-off", lang) if cut_off else make_refusal_cause(answer, lang)
    ), original


def read_provenance(reading: pdf_job.PdfReading, lang: Lang) -> ProofFile | VerificationCause:
    """Return the provenance of a PDF; a cause where it is none that can be believed."""
    if cause := _find_missing_or_doubled_provenance(reading, lang):
        return cause
    if is_rollup_provenance(reading.provenance):
        return make_verification_cause("rollup-document", lang)
    proof = decode_proof(reading.provenance)
    if proof is None:
        code = (
            "provenance-newer" if is_newer_provenance(reading.provenance) else "provenance-broken"
        )
        return make_verification_cause(code, lang)
    return proof if proof.is_digest_right() else make_verification_cause("digest", lang)


def _find_missing_or_doubled_provenance(
    reading: pdf_job.PdfReading, lang: Lang
) -> VerificationCause | None:
    count = sum(file.name == "provenance.json" for file in reading.files)
    if count == 1:
        return None
    code = "provenance-doubled" if count else "no-provenance"
    return make_verification_cause(code, lang, count=count)


def read_rollup_provenance(
    reading: pdf_job.PdfReading, lang: Lang
) -> RollUpProof | VerificationCause:
    """Return the provenance of a roll-up's PDF; a cause where it is none that can be believed."""
    if cause := _find_missing_or_doubled_provenance(reading, lang):
        return cause
    proof = decode_rollup_proof(reading.provenance)
    if proof is not None:
        return proof
    if is_newer_provenance(reading.provenance):
        return make_verification_cause("provenance-newer", lang)
    is_rollup = is_rollup_provenance(reading.provenance)
    return make_verification_cause("provenance-broken" if is_rollup else "no-rollup", lang)


def make_result_without_provenance(
    cause: VerificationCause, asked: VerificationRequest, reading: pdf_job.PdfReading
) -> VerificationResult:
    """Return the result for a PDF without a credible provenance."""
    pages = read_page_texts(ask_pdf_child, asked.pdf, asked.lang)
    digests = dict.fromkeys(digest for page in pages for digest in _PRINTED_DIGEST.findall(page))
    return VerificationResult(
        cause.outcome,
        (cause,),
        signatures=check_appended_bytes(asked).signatures,
        claims=UnprovedClaims(find_claimed_organization(reading, asked.lang), tuple(digests)),
    )


def find_claimed_organization(reading: pdf_job.PdfReading, lang: Lang) -> str:
    """Return name and id of the organization in the attached assess.yaml; '' without one."""
    config = decode_attached_config(reading.settings, lang)
    if config is None:
        return ""
    return escape_and_replace_tabs(
        f"{pick_text(config.organization.name, lang)} ({config.organization.id})"
    )
