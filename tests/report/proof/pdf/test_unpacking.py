"""Small PDFs that unpack to very much: refused in little memory and time."""

from __future__ import annotations

import io

import pikepdf
import pytest

from assess.report.proof.pdf.broken import DAMAGED
from assess.report.proof.pdf.child import LIMITS, TEXT_LIMITS, choose_limits
from assess.report.proof.pdf.form import read_pdf_form_fields
from assess.report.proof.pdf.job import (
    PdfFormFields,
    PdfReading,
    PdfRefused,
    PdfTexts,
    ReadPdfTask,
    ReadPdfTextsTask,
)
from assess.report.proof.pdf.read import read_attachments_and_producers, read_pdf_page_texts
from report.proof.pdf import bombs

TOO_MUCH = PdfRefused(code="unreadable", detail="it unpacks to more than a report holds")
MANY = tuple(f"checklists-{number}.yaml" for number in range(12))


def filled_form(value: pikepdf.Object, count: int, document: pikepdf.Pdf) -> bytes:
    """Return a form of so many fields that share a value."""
    fields = [
        document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=f"f{number}", V=value))
        for number in range(count)
    ]
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("pdf", "refusal"),
    [
        (bombs.attach_blanks(bombs.make_plain_pdf(), 17, ("a.yaml",)), TOO_MUCH),
        (bombs.attach_blanks(bombs.make_plain_pdf(), 12, MANY), TOO_MUCH),
        (bombs.make_packed_objects(17), TOO_MUCH),
        (bombs.make_vast_table(17), PdfRefused(code="unreadable", detail=DAMAGED)),
    ],
    ids=["file", "files", "objects", "table"],
)
def test_what_unpacks_to_very_much_is_no_report(pdf: bytes, refusal: PdfRefused) -> None:
    """A file, all files together, the stream of other objects, the table of objects."""
    assert len(pdf) < 300_000
    assert read_attachments_and_producers(pdf) == refusal


def test_files_up_to_the_limits_are_read() -> None:
    """A file of a workspace may have 16 MB; the digest is that of its content."""
    pdf = bombs.attach_blanks(bombs.make_plain_pdf(), 16, ("a.yaml", "b.yaml"))
    reading = read_attachments_and_producers(pdf)
    assert isinstance(reading, PdfReading)
    assert [file.size for file in reading.files] == [16 << 20] * 2
    assert isinstance(read_attachments_and_producers(bombs.make_packed_objects(15)), PdfReading)
    assert isinstance(read_attachments_and_producers(bombs.make_vast_table(0)), PdfReading)


def test_packing_without_a_limit_is_refused() -> None:
    """The library has a limit for Flate, not for LZW, which no report uses."""
    document = pikepdf.new()
    stream = document.make_stream(b"")
    stream.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=pikepdf.Name.LZWDecode)
    spec = pikepdf.AttachedFileSpec(document, b"", filename="a.yaml")
    document.attachments["a.yaml"] = spec
    spec.obj.EF.F = spec.obj.EF.UF = stream
    out = io.BytesIO()
    document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    refused = read_attachments_and_producers(out.getvalue())
    assert isinstance(refused, PdfRefused)
    assert "packed in a way" in refused.detail


def test_a_form_reads_only_the_files_that_an_import_needs() -> None:
    """Others may be as large as they like; the needed ones are limited, each and together."""
    plain = bombs.make_plain_pdf()
    strange = bombs.attach_blanks(plain, 17, ("z.yaml", "answers-2026-x.yaml", "assess.yaml"))
    fields = read_pdf_form_fields(strange)
    assert isinstance(fields, PdfFormFields)
    assert not fields.files
    needed = read_pdf_form_fields(
        bombs.attach_blanks(plain, 1, ("provenance.json", "checklists-a.yaml"))
    )
    assert isinstance(needed, PdfFormFields)
    assert sorted(needed.files) == ["checklists-a.yaml", "provenance.json"]
    assert read_pdf_form_fields(bombs.attach_blanks(plain, 17, ("provenance.json",))) == TOO_MUCH
    assert read_pdf_form_fields(bombs.attach_blanks(plain, 12, MANY)) == TOO_MUCH


@pytest.mark.parametrize("kind", ["stream", "text"])
def test_fields_that_share_a_long_value_are_counted(kind: str) -> None:
    """A value is unpacked for each field that has it."""
    document = pikepdf.new()
    long = b"x" * (4 << 20)
    value = document.make_stream(long) if kind == "stream" else pikepdf.String(long)
    shared = document.make_indirect(value)
    assert isinstance(read_pdf_form_fields(filled_form(shared, 3, document)), PdfFormFields)
    assert read_pdf_form_fields(filled_form(shared, 30, document)) == TOO_MUCH


def test_texts_of_vast_pages_are_not_read() -> None:
    """Fifty pages that share a drawing of some kilobytes took half a minute."""
    document = pikepdf.new()
    drawing = document.make_stream(b" " * (2 << 20))
    for _number in range(9):
        page = document.add_blank_page()
        page.obj.Contents = drawing
    out = io.BytesIO()
    document.save(out)
    assert read_pdf_page_texts(out.getvalue()) == TOO_MUCH
    del document.pages[4:]
    out = io.BytesIO()
    document.save(out)
    assert read_pdf_page_texts(out.getvalue()) == PdfTexts(pages=("",) * 4)


def test_a_small_pdf_gets_little_memory() -> None:
    """What no library limits ends at the limit of the process; a large PDF gets more."""
    assert choose_limits(ReadPdfTask(pdf=b"x" * 10**6)).memory < 660
    assert choose_limits(ReadPdfTextsTask(pdf=b"x"))._replace(memory=0) == TEXT_LIMITS._replace(
        memory=0
    )
    assert choose_limits(ReadPdfTask(pdf=b"x" * (120 << 20))) == LIMITS
