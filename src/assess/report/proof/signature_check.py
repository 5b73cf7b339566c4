"""The signatures of a report, and what else was added after it was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from assess.errors import UsageError
from assess.harmless import escape_and_replace_tabs
from assess.i18n import N_, Lang, translator
from assess.report.proof.pdf import job as pdf_job
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.result import VerificationRequest
from assess.report.proof.words import (
    VerificationCause,
    make_verification_cause,
    signature_place_text,
)

_A_PROGRAM: Final = N_("a program")
_NO_ROOT: Final = N_("a file given by --trust is no certificate (PEM or DER)")


class SignatureCheck(NamedTuple):
    """What was added after the report was made."""

    causes: tuple[VerificationCause, ...] = ()
    signatures: tuple[pdf_job.CheckedSignature, ...] = ()


def check_appended_bytes(asked: VerificationRequest) -> SignatureCheck:
    """Return the signatures, and what else was added.

    Raises:
        UsageError: one of the roots is no certificate.
    """
    count = len(asked.pdf) - asked.original
    if not count and b"/ByteRange" not in asked.pdf:
        return SignatureCheck()
    task = pdf_job.CheckSignaturesTask(
        pdf=asked.pdf, original=asked.original, roots=asked.roots, moment=asked.moment
    )
    checked = ask_pdf_child(task, asked.lang)
    if isinstance(checked, pdf_job.PdfRefused) and checked.code == "root":
        raise UsageError(translator(asked.lang)(_NO_ROOT))
    if not isinstance(checked, pdf_job.CheckedSignatures):
        return SignatureCheck((make_refusal_cause(checked, asked.lang, "signature-damaged"),))
    if not checked.signatures:
        return SignatureCheck((make_verification_cause("appended", asked.lang, count=count),))
    causes = (*_signature_causes(checked, asked), *_appended_causes(checked, asked))
    return SignatureCheck(causes, checked.signatures)


def make_refusal_cause(answer: pdf_job.PdfAnswer, lang: Lang, code: str = "") -> VerificationCause:
    """Return the cause of a PDF that can't be read; `code` replaces the code of the refusal."""
    unreadable = pdf_job.PdfRefused(code="unreadable")
    refused = answer if isinstance(answer, pdf_job.PdfRefused) else unreadable
    return make_verification_cause(
        code or refused.code, lang, detail=escape_and_replace_tabs(translator(lang)(refused.detail))
    )


def _appended_causes(
    checked: pdf_job.CheckedSignatures, asked: VerificationRequest
) -> Iterator[VerificationCause]:
    """Yield causes about appended parts other than signatures: changes and unknown parts."""
    words = {
        "detail": escape_and_replace_tabs(translator(asked.lang)(checked.problem)),
        "count": asked.original,
    }
    if checked.changed:
        yield make_verification_cause("changed-after", asked.lang, **words)
    elif not checked.permitted:
        program = escape_and_replace_tabs(checked.program) or translator(asked.lang)(_A_PROGRAM)
        yield make_verification_cause("appended-unknown", asked.lang, program=program, **words)


def _signature_causes(
    checked: pdf_job.CheckedSignatures, asked: VerificationRequest
) -> Iterator[VerificationCause]:
    for made in checked.signatures:
        words = {
            "field": escape_and_replace_tabs(made.field),
            "signer": escape_and_replace_tabs(made.signer),
            "detail": escape_and_replace_tabs(translator(asked.lang)(made.problem)),
            "place": signature_place_text(made.place, asked.lang),
        }
        if not (made.intact and made.valid and (made.whole or not checked.changed)):
            yield make_verification_cause("signature", asked.lang, **words)
        elif asked.roots and not made.trusted:
            yield make_verification_cause("untrusted", asked.lang, **words)
        if made.outside:
            yield make_verification_cause("visible-signature", asked.lang, **words)
