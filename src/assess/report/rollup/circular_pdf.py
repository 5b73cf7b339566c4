"""The circular as a PDF, with the provenance by which it is made again."""

from __future__ import annotations

from typing import Any

import msgspec

from assess.i18n import Lang
from assess.model.provenance import Program
from assess.model.rollup import ROLLUP_PROVENANCE_FORMAT, RollUpDocument
from assess.report.letters.office_document import document_to_pdf
from assess.report.rollup.circular.circular import make_circular


def make_circular_pdf(
    document: RollUpDocument, number: str | None, program: Program, message_lang: Lang
) -> bytes:
    """Return the PDF; `number` is its document number, `program` the one that it names.

    Raises:
        EnvironmentLacksError, RenderError: it can't be set.
    """
    provenance = msgspec.json.encode(_describe_provenance(document, number, program))
    return document_to_pdf(make_circular(document, number), message_lang, provenance)


def _describe_provenance(
    document: RollUpDocument, number: str | None, program: Program
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
        "number": number,
        "inputs": document.inputs,
        "program": program,
    }
