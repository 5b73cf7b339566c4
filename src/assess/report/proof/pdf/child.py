"""Asking the child process that reads and signs PDFs."""

from __future__ import annotations

import msgspec

from assess.errors import EnvironmentLacksError
from assess.i18n import Lang, translator
from assess.report.proof.pdf.job import (
    PdfAnswer,
    PdfQuestion,
    ReadInputsTask,
    ReadPdfTextsTask,
)
from assess.report.render.child import RenderChild, RenderLimits

WORKER = "assess.report.proof.pdf.worker"
LIMITS = RenderLimits(memory=1536, cpu=60, wall=90)
TEXT_LIMITS = RenderLimits(memory=1536, cpu=15, wall=30)
"""Texts only help a reader: they are done without where they take long."""
_LEAST_MEMORY, _MEMORY_BY_SIZE = 640, 8
"""Megabytes for a PDF of no size, and for each megabyte of a PDF: a small PDF is dealt with in
little memory, whatever it unpacks to."""
MAX_PDF = 128 * 1024 * 1024
"""Bytes; a report of 3,000 items has some 10 MB."""


def ask_pdf_child(question: PdfQuestion, lang: Lang) -> PdfAnswer:
    """Return the answer to a question about a PDF.

    Raises:
        EnvironmentLacksError: the child reached a limit, or ended without an answer.
    """
    _ = translator(lang)
    if len(question.pdf) > MAX_PDF:
        message = _("the PDF is larger than {limit} MB")
        raise EnvironmentLacksError(message.format(limit=MAX_PDF // 1024**2))
    try:
        with RenderChild(choose_limits(question), lang, WORKER) as child:
            data = child.send_question_and_wait(
                msgspec.json.encode(question), lambda _progress: None
            )[1]
    except EnvironmentLacksError as error:
        message = _("the PDF can't be dealt with: {reason}")
        raise EnvironmentLacksError(message.format(reason=error.message), error.hint) from error
    answer: PdfAnswer = msgspec.json.decode(data, type=PdfAnswer)
    return answer


def choose_limits(question: PdfQuestion) -> RenderLimits:
    """Return what the child may use: memory by the size of the PDF."""
    limits = TEXT_LIMITS if isinstance(question, ReadPdfTextsTask) else LIMITS
    archive = (question.archive or b"") if isinstance(question, ReadInputsTask) else b""
    by_size = _LEAST_MEMORY + _MEMORY_BY_SIZE * len(question.pdf + archive) // 1024**2
    return limits._replace(memory=min(limits.memory, by_size))
