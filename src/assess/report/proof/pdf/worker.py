"""The child process that reads and signs PDFs: a question comes on stdin, the answer goes back.

`python -m assess.report.proof.pdf.worker MEMORY CPU`. A PDF can attack the program that reads
it, so it is never opened in the process that has the workspace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import msgspec

from assess.report.render.worker import run_worker
from assess.report.render.worker_answer import print_trace_if_debugging, write_answer

if TYPE_CHECKING:
    from assess.report.proof.pdf.job import PdfAnswer, PdfQuestion


def serve_pdf_question(source: BinaryIO, out: BinaryIO) -> None:
    """Read one question and write the answer to it."""
    from assess.report.proof.pdf.job import PdfQuestion  # noqa: PLC0415  # after the limits
    from assess.report.render.replies import RenderFailure  # noqa: PLC0415  # after the limits

    def make_answer() -> bytes:
        question = msgspec.json.decode(source.read(), type=PdfQuestion)
        return msgspec.json.encode(answer_or_refuse(question))

    try:
        write_answer(out, make_answer)
    except Exception as error:  # noqa: BLE001  # the boundary of this process
        print_trace_if_debugging()
        out.write(
            msgspec.json.encode(RenderFailure(kind="bug", message=type(error).__name__)) + b"\n"
        )


def answer_or_refuse(question: PdfQuestion) -> PdfAnswer:
    """Return the answer; a refusal if a library fails on the PDF with any error."""
    from assess.report.proof.pdf.broken import make_unreadable_refusal  # noqa: PLC0415  # after the limits

    try:
        return answer_question(question)
    except (ImportError, MemoryError):
        raise  # the machine lacks something, or a limit was reached: the PDF may be whole
    except Exception as error:  # noqa: BLE001  # nobody knows all errors of four libraries
        print_trace_if_debugging()
        return make_unreadable_refusal(error)


def answer_question(question: PdfQuestion) -> PdfAnswer:
    """Return the answer to a question; each loads only the libraries that it needs."""
    from assess.report.proof.pdf import job as pdf_job  # noqa: PLC0415  # after the limits

    if isinstance(question, pdf_job.ReadPdfTask):
        from assess.report.proof.pdf.read import read_attachments_and_producers  # noqa: PLC0415  # after the limits

        return read_attachments_and_producers(question.pdf)
    if isinstance(question, pdf_job.ReadPdfTextsTask):
        from assess.report.proof.pdf.read import read_pdf_page_texts  # noqa: PLC0415  # after the limits

        return read_pdf_page_texts(question.pdf)
    if isinstance(question, pdf_job.ReadPdfFormTask):
        from assess.report.proof.pdf.form import read_pdf_form_fields  # noqa: PLC0415  # after the limits

        return read_pdf_form_fields(question.pdf)
    if isinstance(question, pdf_job.ReadInputsTask):
        from assess.report.proof.pdf.input_files import read_input_files  # noqa: PLC0415  # after the limits

        return read_input_files(question)
    if isinstance(question, pdf_job.CheckSignaturesTask):
        from assess.report.proof.pdf.check import check_signatures_and_additions  # noqa: PLC0415  # after the limits

        return check_signatures_and_additions(question)
    from assess.report.proof.pdf.sign import sign_pdf  # noqa: PLC0415  # after the limits

    return sign_pdf(question)


if __name__ == "__main__":
    run_worker(serve_pdf_question)
