"""The signatures of a PDF, and whether anything but signatures was added; in the child only."""

from __future__ import annotations

import io
import logging
from typing import Any

import pikepdf
from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from assess.i18n import N_
from assess.report.proof.pdf.broken import WRONG, unreadable
from assess.report.proof.pdf.changes import more_than_signatures
from assess.report.proof.pdf.job import Checked, CheckTask, Refused, Signature
from assess.report.proof.pdf.revisions import other_than_revisions
from assess.report.proof.pdf.seals import wrong_seal

_WRONG = (pikepdf.PdfError, PdfError, SignatureValidationError, *WRONG)
"""What libraries raise for files that are not as they should be."""


def check(task: CheckTask) -> Checked | Refused:
    """Return the signatures, and whether only they were added to the first `original` bytes."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        roots = [_certificate(root) for root in task.roots]
    except ValueError:
        return Refused(code="root")
    try:
        reader = PdfFileReader(io.BytesIO(task.pdf))
        embedded = [*reader.embedded_signatures]
        signatures = tuple(_signature(signature, roots, task) for signature in embedded)
        problem = _added([*embedded, *reader.embedded_timestamp_signatures], task)
    except _WRONG as error:
        return unreadable(error)
    return Checked(signatures=signatures, permitted=not problem, problem=problem)


def _certificate(data: bytes) -> x509.Certificate:
    if pem.detect(data):
        _kind, _headers, data = pem.unarmor(data)
    return x509.Certificate.load(data)


def _added(signatures: list[EmbeddedPdfSignature], task: CheckTask) -> str:
    """Return what was added beside signatures; '' where nothing was."""
    difference = other_than_revisions(task.pdf, task.original)
    difference = difference or more_than_signatures(task.pdf[: task.original], task.pdf)
    difference = difference or wrong_seal(
        task.pdf, {_field_number(signature) for signature in signatures}
    )
    ends = [_end(signature) for signature in signatures]
    return difference or ("" if len(task.pdf) in ends else N_("bytes after the last signature"))


def _field_number(signature: EmbeddedPdfSignature) -> int:
    """Return the object number of the field of a signature; 0 where it is no object of its own."""
    holder: Any = signature.sig_field.container_ref
    return int(holder.idnum) if holder is not None else 0


def _end(signature: EmbeddedPdfSignature) -> int:
    """Return how many bytes of the file a signature covers, its own place included."""
    ranges = [int(number) for number in signature.sig_object["/ByteRange"]]
    return ranges[-2] + ranges[-1]


def _signature(
    signature: EmbeddedPdfSignature, roots: list[x509.Certificate], task: CheckTask
) -> Signature:
    context = ValidationContext(trust_roots=roots, moment=task.moment, allow_fetching=False)
    report = {"field": str(signature.field_name), "place": _place(signature, task.pdf)}
    report["signer"] = _name(signature.signer_cert)
    try:
        status = validate_pdf_signature(
            signature, context, ts_validation_context=context, skip_diff=True
        )
        whole = _whole(status, signature, task)
    except _WRONG as error:
        return Signature(
            **report,
            at=signature.self_reported_timestamp,
            stamped=False,
            intact=False,
            valid=False,
            trusted=False,
            whole=False,
            problem=_short(error),
        )
    stamp = status.timestamp_validity
    stamped = stamp is not None and bool(stamp.valid and stamp.intact and stamp.trusted)
    return Signature(
        **report,
        at=stamp.timestamp if stamp is not None and stamped else status.signer_reported_dt,
        stamped=stamped,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        whole=whole,
        problem=_problem(status, whole=whole),
    )


def _whole(status: Any, signature: EmbeddedPdfSignature, task: CheckTask) -> bool:
    """Return whether only further signatures came after this one."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return False
    return not more_than_signatures(task.pdf[: _end(signature)], task.pdf)


def _problem(status: Any, *, whole: bool) -> str:
    if not status.intact:
        return N_("the signed bytes were changed")
    if not status.valid:
        return N_("the signature does not fit the certificate")
    if not whole:
        return N_("changes that a signature does not permit came after it")
    if not status.trusted:
        why = status.trust_problem_indic
        return why.standard_name if why is not None else "no chain"
    return ""


def _name(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or certificate.subject.human_friendly)


def _place(signature: EmbeddedPdfSignature, pdf: bytes) -> str:
    """Return page, size and lower left corner in millimetres of what a signature shows.

    '' where it shows nothing.
    """
    field = signature.sig_field
    left, bottom, right, top = (float(side) for side in field.get("/Rect", [0, 0, 0, 0]))
    sides = (abs(right - left), abs(top - bottom), min(left, right), min(bottom, top))
    if not all(sides[:2]):
        return ""
    width, height, x, y = (round(side * 25.4 / 72) for side in sides)
    size = f"{width} × {height} mm (x {x}, y {y})"
    wanted = _field_number(signature)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            if any(annotation.objgen[0] == wanted for annotation in page.obj.get("/Annots", [])):
                return f"p. {number}, {size}"
    return size


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
