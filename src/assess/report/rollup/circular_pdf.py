"""The circular as a PDF, with the provenance by which it is made again."""

from __future__ import annotations

from typing import Any

import msgspec

from assess.i18n import Lang
from assess.model.provenance import Program
from assess.model.rollup import ROLLUP_PROVENANCE_FORMAT, RollUpDocument
from assess.report.letters.office_document import document_to_pdf
from assess.report.rollup.circular.circular import CircularDetails, make_circular


def make_circular_pdf(
    document: RollUpDocument, details: CircularDetails, program: Program, message_lang: Lang
) -> bytes:
    """Return the PDF; `program` is the one that it names.

    Raises:
        EnvironmentLacksError, RenderError: it can't be set.
    """
    provenance = msgspec.json.encode(_describe_provenance(document, details, program))
    return document_to_pdf(make_circular(document, details), message_lang, provenance)


def _describe_provenance(
    document: RollUpDocument, details: CircularDetails, program: Program
) -> dict[str, Any]:
    """Return what provenance.json says; no digest of what a unit handed in is in it."""
    return {
        "format": ROLLUP_PROVENANCE_FORMAT,
        "campaign": document.campaign,
        "date": document.reckoned,
        "lang": document.lang,
        "category": document.category,
        "anonymous": document.anonymous,
        "marking": document.marking,
        "number": details.number,
        "copies": details.copies,
        "inputs": document.inputs,
        "program": program,
    }
