"""The child that reads PDFs, seen from inside."""

from __future__ import annotations

import io
import logging

import msgspec
import pytest

from assess.report.proof.pdf import worker as pdf_worker
from assess.report.proof.pdf.broken import DAMAGED
from assess.report.proof.pdf.job import PdfAnswer, PdfRefused, ReadPdfTask
from assess.report.render.job import Reply
from assess.report.render.replies import RenderDone, RenderFailure


def replies(question: bytes) -> tuple[Reply, bytes]:
    """Return the reply to a question, and the bytes after it."""
    out = io.BytesIO()
    pdf_worker.serve_pdf_question(io.BytesIO(question), out)
    line, _, rest = out.getvalue().partition(b"\n")
    return msgspec.json.decode(line, type=Reply), rest


def test_a_question_is_answered() -> None:
    """A line that says how long the answer is, then the answer."""
    reply, data = replies(msgspec.json.encode(ReadPdfTask(pdf=b"no PDF")))
    assert reply == RenderDone(size=len(data), pages=0)
    answer: PdfAnswer = msgspec.json.decode(data, type=PdfAnswer)
    assert isinstance(answer, PdfRefused)
    assert answer.code == "unreadable"


def test_whatever_a_library_raises_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that no list of errors has is told as a damaged file, not as a bug."""

    def fail(_question: object) -> PdfAnswer:
        raise Exception("of a library")  # noqa: TRY002  # a class that no list has

    monkeypatch.setattr(pdf_worker, "answer_question", fail)
    reply, data = replies(msgspec.json.encode(ReadPdfTask(pdf=b"PDF")))
    assert isinstance(reply, RenderDone)
    assert msgspec.json.decode(data, type=PdfRefused) == PdfRefused(
        code="unreadable", detail=DAMAGED
    )


def test_a_library_that_cannot_be_loaded_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a limit of memory a library may not load: that says nothing of the PDF."""

    def fail(_question: object) -> PdfAnswer:
        raise ImportError

    monkeypatch.setattr(pdf_worker, "answer_question", fail)
    reply, _data = replies(msgspec.json.encode(ReadPdfTask(pdf=b"PDF")))
    assert isinstance(reply, RenderFailure)


def test_no_question_is_a_bug() -> None:
    """What is no question is reported without its content."""
    reply, data = replies(b'{"task": "secret"}')
    assert isinstance(reply, RenderFailure)
    assert (reply.kind, data) == ("bug", b"")
    assert "secret" not in reply.message


def test_debugging_shows_the_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only when asked for, on stderr."""
    monkeypatch.setenv("ASSESS_DEBUG", "1")
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    replies(b"{")
    assert "DecodeError" in capsys.readouterr().err
