"""A report made again: what is asked for, and why its bytes differ from those of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from assess.report.proof.compare import (
    find_attachment_causes,
    find_provenance_causes,
    find_text_differences,
    read_page_texts,
)
from assess.report.proof.making import find_program_and_tool_causes, list_differing_tools
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.proof_file import ProofFile, ProofOfMaking, decode_proof
from assess.report.proof.result import VerificationRequest, VerificationResult
from assess.report.proof.signature_check import make_refusal_cause
from assess.report.proof.words import worst_outcome
from assess.workspace.core.report_request import ReportRequest


def make_request_of_provenance(proof: ProofFile, rounds: Collection[str]) -> ReportRequest:
    """Return the request for the report that the provenance describes.

    What it is compared with is a round, or the commit by its id: the words in a report of an older
    program may be anything that git takes for a commit.

    Raises:
        ValueError: its date is none.
    """
    return ReportRequest(
        round_id=proof.round,
        sheets=tuple(proof.sheet_names),
        template=proof.template,
        lang=proof.lang,
        against=proof.against if proof.against in rounds else proof.against_mark,
        day=date.fromisoformat(proof.date),
        attachments=proof.attachments,
    )


def explain_differing_bytes(
    made_here: bytes,
    asked: VerificationRequest,
    reading: pdf_job.PdfReading,
    proof: ProofOfMaking,
    decode: Callable[[bytes], ProofOfMaking | None] = decode_proof,
) -> VerificationResult:
    """Return the result with the reasons for different bytes, as far as they are known.

    `decode` reads the provenance of the document that was made here.
    """
    lang = asked.lang
    ours = ask_pdf_child(pdf_job.ReadPdfTask(pdf=made_here), lang)
    our_proof = decode(ours.provenance) if isinstance(ours, pdf_job.PdfReading) else None
    if not isinstance(ours, pdf_job.PdfReading) or our_proof is None:
        return VerificationResult("not-checkable", (make_refusal_cause(ours, lang),))
    tools = tuple(list_differing_tools(proof, our_proof))
    causes = [
        *find_attachment_causes(reading, ours, lang),
        *find_provenance_causes(proof, our_proof, lang),
        *find_program_and_tool_causes(reading, ours, proof, tools, lang),
    ]
    pages = [read_page_texts(ask_pdf_child, pdf, lang) for pdf in (asked.pdf, made_here)]
    return VerificationResult(
        worst_outcome(tuple(causes)),
        tuple(causes),
        tools=tools,
        texts=find_text_differences(pages[0], pages[1]),
    )
