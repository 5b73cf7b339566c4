"""PDFs that were made to keep their reader busy: refused, and soon."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable

import pikepdf
import pytest

from assess.errors import EnvironmentLacksError
from assess.report.proof.pdf import read as reading
from assess.report.proof.pdf.broken import DAMAGED
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.pdf.job import PdfReading, PdfRefused, ReadPdfTextsTask
from assess.report.proof.pdf.read import read_attachments_and_producers, read_pdf_page_texts


def _saved(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    change(document)
    out = io.BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _pages_drawn_in_pages(document: pikepdf.Pdf) -> None:
    """Each of thirty drawings draws itself twice."""
    page = document.pages[0].obj
    drawing = document.make_stream(b"/Own Do /Own Do")
    drawing.update({"/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 1, 1]})
    drawing.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Own": drawing}))
    page.Resources = drawing.Resources
    page.Contents = document.make_stream(b"/Own Do\n" * 30)


def _bookmarks(document: pikepdf.Pdf) -> None:
    first = document.make_indirect(pikepdf.Dictionary(Title="x"))
    first.First = first.Next = first
    document.Root.Outlines = document.make_indirect(pikepdf.Dictionary(First=first, Last=first))


def _font_of_itself(document: pikepdf.Pdf) -> None:
    """A composite font is its own descendant."""
    page = document.pages[0].obj
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0)
    )
    font.DescendantFonts = pikepdf.Array([font])
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({"/F": font}))
    page.Contents = document.make_stream(b"BT /F 9 Tf (a) Tj ET")


def _wide_map(document: pikepdf.Pdf) -> None:
    """A table of characters names four thousand million codes."""
    _font_of_itself(document)
    font = document.pages[0].obj.Resources.Font["/F"]
    font.ToUnicode = document.make_stream(
        b"1 beginbfrange\n<00000000> <ffffffff> <0041>\nendbfrange\n"
    )


ENDLESS = [_pages_drawn_in_pages, _bookmarks, _font_of_itself, _wide_map]


@pytest.mark.parametrize("change", ENDLESS)
def test_endless_documents_end(change: Callable[[pikepdf.Pdf], None]) -> None:
    """What leads back to itself is read once, refused, or ended at a limit of the child."""
    pdf = _saved(change)
    assert isinstance(read_attachments_and_producers(pdf), PdfReading)
    with contextlib.suppress(EnvironmentLacksError):  # a limit of the child was reached
        ask_pdf_child(ReadPdfTextsTask(pdf=pdf), "en")


def test_damage_is_told_in_words_for_people() -> None:
    """Whatever a library stumbles over, nothing of its insides is said."""
    assert read_attachments_and_producers(b"%PDF-1.7\n") == PdfRefused(
        code="unreadable", detail=DAMAGED
    )
    assert read_pdf_page_texts(b"%PDF-1.7\n") == PdfRefused(code="unreadable", detail=DAMAGED)
    assert read_attachments_and_producers(_saved(_no_file)) == PdfRefused(
        code="unreadable", detail=DAMAGED
    )


def _no_file(document: pikepdf.Pdf) -> None:
    document.make_indirect(pikepdf.Dictionary(EF=pikepdf.Dictionary(F=1)))
    document.Root.Own = document.make_indirect(pikepdf.Dictionary(EF=pikepdf.Dictionary(F=1)))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of a PDF of very many pages is not read."""
    monkeypatch.setattr(reading, "_MOST_PAGES", 0)
    found = read_pdf_page_texts(_saved(lambda _document: None))
    assert found == PdfRefused(code="unreadable", detail="too many pages")


@pytest.mark.parametrize("error", [AssertionError, RecursionError, IndexError, ZeroDivisionError])
def test_what_libraries_raise_is_a_pdf_that_cant_be_read(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Each way in which they fail on a damaged file is told as one, and is no bug."""

    def fail(_source: object) -> None:
        raise error

    monkeypatch.setattr(reading, "PdfReader", fail)
    assert read_pdf_page_texts(b"%PDF-1.7") == PdfRefused(code="unreadable", detail=DAMAGED)
