"""Signing a report, from the side of the program."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assess.errors import AssessError, EnvironmentLacksError, UsageError
from assess.i18n import N_, Lang, translator
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.pdf.job import PdfRefused, SignedPdf, SignPdfTask

_REFUSALS: dict[str, str] = {
    "key": N_("the key can't be opened: wrong passphrase, no PKCS#12, or of a kind such as SM2"),
    "field-unknown": N_("the PDF has no empty signature field of that name; it has: {detail}"),
    "field-taken": N_("that field is signed already; still empty: {detail}"),
    "no-seal-field": N_("the PDF has no empty field for a seal"),
    "seal": N_("the picture of the seal can't be used: {detail}"),
    "tsa": N_("the time stamp server gave no time stamp: {detail}"),
    "unreadable": N_("the PDF can't be signed: {detail}"),
}


class SigningKey(NamedTuple):
    """A key and its certificate, as PKCS#12."""

    data: bytes
    password: bytes | None


def sign_report(
    pdf: bytes,
    key: SigningKey,
    *,
    field: str | None,
    seal: bytes | None,
    tsa: str | None,
    now: datetime,
    lang: Lang,
) -> SignedPdf:
    """Return the PDF with one more signature appended.

    Args:
        pdf: the signed file; its bytes are not changed.
        key: the key of the signer.
        field: the name of the signature field or its text for screen readers. None: the first
            empty field, with `seal` the field of the seal, without any field an invisible one.
        seal: a picture to show in the field.
        tsa: the address of a time stamp server (RFC 3161).
        now: printed into the field.
        lang: of messages.

    Raises:
        UsageError: key, field or picture can't be used.
        EnvironmentLacksError: the time stamp server does not answer, or a limit was reached.
    """
    task = SignPdfTask(
        pdf=pdf,
        key=key.data,
        password=key.password,
        field=field,
        seal=seal,
        tsa=tsa,
        moment=now,
        words=lang,
    )
    answer = ask_pdf_child(task, lang)
    if isinstance(answer, SignedPdf):
        return answer
    refused = answer if isinstance(answer, PdfRefused) else PdfRefused(code="unreadable")
    raise _make_signing_error(refused, lang)


def _make_signing_error(refused: PdfRefused, lang: Lang) -> AssessError:
    _ = translator(lang)
    text = _REFUSALS.get(refused.code, _REFUSALS["unreadable"])
    message = _(text).format(detail=_(refused.detail) or "–")
    if refused.code == "tsa":
        return EnvironmentLacksError(message, _("without --tsa the signature has no proved time"))
    return UsageError(message)
