"""The signatures of a PDF, and whether anything but signatures was added; in the child only."""

from __future__ import annotations

import io
import logging
from typing import Any

import pikepdf
from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from assess.i18n import N_
from assess.report.proof.pdf.additions import PdfAdditions, check_appended_revisions
from assess.report.proof.pdf.broken import WRONG, make_unreadable_refusal, shorten_library_error
from assess.report.proof.pdf.job import (
    CheckedSignature,
    CheckedSignatures,
    CheckSignaturesTask,
    PdfRefused,
    SignaturePlace,
)
from assess.report.proof.pdf.unpacking import open_pdf_with_unpack_limit

_WRONG = (pikepdf.PdfError, PdfError, SignatureValidationError, *WRONG)
"""What libraries raise for files that are not as they should be."""

_CERTIFICATE_LABELS = ("CERTIFICATE", "X509 CERTIFICATE")
"""The labels of certificates in PEM files."""


def check_signatures_and_additions(task: CheckSignaturesTask) -> CheckedSignatures | PdfRefused:
    """Return the signatures, and whether only they were added to the first `original` bytes."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        roots = [each for root in task.roots for each in _parse_certificates(root)]
        ValidationContext(trust_roots=roots, moment=task.moment, allow_fetching=False)
    except WRONG:
        return PdfRefused(code="root")
    try:
        additions = check_appended_revisions(task.pdf, task.original)
        embedded = [*PdfFileReader(io.BytesIO(task.pdf)).embedded_signatures]
        signatures = tuple(
            _validate_and_describe_signature(each, roots, task, additions) for each in embedded
        )
        problem = additions.problem or _describe_signature_mismatch(embedded, additions, task)
        program = "" if not problem else _find_last_writing_program(task)
    except _WRONG as error:
        return make_unreadable_refusal(error)
    return CheckedSignatures(
        signatures=signatures,
        permitted=not problem,
        problem=problem,
        changed=additions.changed,
        program=program,
    )


def _parse_certificates(data: bytes) -> list[x509.Certificate]:
    """Return the certificates of a file: one in DER, or all of a PEM file.

    The library parses a part when it is first asked for, so each is asked for at once: else a key
    would count as a certificate until a signature is held against it.

    Raises:
        ValueError: it has none; parts that are none raise any of `WRONG`.
    """
    parts = pem.unarmor(data, multiple=True) if pem.detect(data) else [("CERTIFICATE", {}, data)]
    wanted = [part for label, _headers, part in parts if label in _CERTIFICATE_LABELS]
    certificates = [x509.Certificate.load(part, strict=True) for part in wanted]
    if not certificates:
        raise ValueError
    for certificate in certificates:
        _whole = (certificate.native, certificate.subject.native, certificate.public_key.native)
    return certificates


def _describe_signature_mismatch(
    signatures: list[EmbeddedPdfSignature], additions: PdfAdditions, task: CheckSignaturesTask
) -> str:
    """Return how the fields that are signed differ from the signatures that are listed."""
    listed = [(_field_object_number(each), _count_signed_bytes(each)) for each in signatures]
    signed = [(each.number, each.end) for each in additions.fields.values()]
    if sorted(listed) != sorted(signed):
        return N_("a field shows something and is not signed")
    return "" if [len(task.pdf)] == additions.ends[-1:] else N_("bytes after the last signature")


def _find_last_writing_program(task: CheckSignaturesTask) -> str:
    """Return the last writing program that the file names; '' if it names none."""
    try:
        first, last = _producer_program(task.pdf[: task.original]), _producer_program(task.pdf)
    except _WRONG:
        return ""
    return last if last != first else ""


def _producer_program(pdf: bytes) -> str:
    with open_pdf_with_unpack_limit(pdf) as document:
        return str(document.docinfo.get("/Producer", ""))


def _field_object_number(signature: EmbeddedPdfSignature) -> int:
    """Return the object number of the field of a signature; 0 where it is no object of its own."""
    holder: Any = signature.sig_field.container_ref
    return int(holder.idnum) if holder is not None else 0


def _count_signed_bytes(signature: EmbeddedPdfSignature) -> int:
    """Return how many bytes of the file a signature covers, its own place included."""
    ranges = [int(number) for number in signature.sig_object["/ByteRange"]]
    return ranges[-2] + ranges[-1]


def _validate_and_describe_signature(
    signature: EmbeddedPdfSignature,
    roots: list[x509.Certificate],
    task: CheckSignaturesTask,
    additions: PdfAdditions,
) -> CheckedSignature:
    report: dict[str, Any] = _describe_signature_place(signature, additions)
    certificate = signature.signer_cert
    report |= {"field": str(signature.field_name), "signer": _common_name(certificate)}
    report["fingerprint"] = certificate.sha256.hex()
    whole = _covers_whole_revision(signature, task, additions)
    try:
        status = _validate_signature(signature, roots, task)
    except _WRONG as error:
        return CheckedSignature(
            **report,
            at=signature.self_reported_timestamp,
            stamped=False,
            intact=False,
            valid=False,
            trusted=False,
            whole=False,
            problem=shorten_library_error(error),
        )
    stamp = status if _is_document_time_stamp(signature) else status.timestamp_validity
    stamped = stamp is not None and bool(stamp.valid and stamp.intact and stamp.trusted)
    own_time = None if _is_document_time_stamp(signature) else status.signer_reported_dt
    return CheckedSignature(
        **report,
        at=stamp.timestamp if stamp is not None and stamped else own_time,
        stamped=stamped,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        whole=whole,
        problem=_signature_problem(status, whole=whole),
    )


def _is_document_time_stamp(signature: EmbeddedPdfSignature) -> bool:
    """Return whether it is a document time stamp, which is no signature of a person."""
    return str(signature.sig_object.get("/Type", "")) == "/DocTimeStamp"


def _validate_signature(
    signature: EmbeddedPdfSignature, roots: list[x509.Certificate], task: CheckSignaturesTask
) -> Any:
    """Return what the library finds of a signature; what came after it is not looked at."""
    context = ValidationContext(trust_roots=roots, moment=task.moment, allow_fetching=False)
    if _is_document_time_stamp(signature):
        return validate_pdf_timestamp(signature, context, skip_diff=True)
    return validate_pdf_signature(signature, context, ts_validation_context=context, skip_diff=True)


def _covers_whole_revision(
    signature: EmbeddedPdfSignature, task: CheckSignaturesTask, additions: PdfAdditions
) -> bool:
    """Return whether a signature covers a revision, after which only signatures came."""
    return _count_signed_bytes(signature) == len(task.pdf) or (
        _count_signed_bytes(signature) in additions.ends and not additions.problem
    )


def _signature_problem(status: Any, *, whole: bool) -> str:
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


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or certificate.subject.human_friendly)


def _describe_signature_place(
    signature: EmbeddedPdfSignature, additions: PdfAdditions
) -> dict[str, Any]:
    """Return page, size and lower left corner in millimetres of what a signature shows.

    None where it shows nothing, or where what it shows could not be read.
    """
    signed = additions.fields.get(_field_object_number(signature))
    page = additions.page_of.get(signed.number) if signed is not None else None
    if signed is None or page is None:
        return {"place": None, "outside": False}
    left, bottom, right, top = signed.rectangle
    sides = (right - left, top - bottom, left, bottom)
    width, height, x, y = (round(side * 25.4 / 72) for side in sides)
    place = SignaturePlace(page=page, width=width, height=height, x=x, y=y)
    return {"place": place, "outside": signed.added}
