"""Reading of the parts of a PDF that are used for verification; in the child only."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pikepdf
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from assess import locations
from assess.i18n import N_
from assess.report.proof.pdf.broken import WRONG, BrokenPdfError, make_unreadable_refusal
from assess.report.proof.pdf.job import EmbeddedFile, PdfReading, PdfRefused, PdfTexts

PROVENANCE = "provenance.json"
MAX_ATTACHMENT = 1024 * 1024
"""Bytes of an attachment whose content is read, not only its digest."""
_MOST_PAGES = 20_000
_PRODUCERS = ("/Creator", "/Producer")


def read_report_pdf(pdf: bytes) -> PdfReading | PdfRefused:
    """Return the attachments of a PDF and the programs that wrote it."""
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as document:
            return _collect_attachments_and_producers(document)
    except pikepdf.PasswordError:
        return PdfRefused(code="encrypted")
    except (pikepdf.PdfError, *WRONG) as error:
        return make_unreadable_refusal(error)


def read_pdf_page_texts(pdf: bytes) -> PdfTexts | PdfRefused:
    """Return the text of each page, in the order in which the page draws it."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        if len(reader.pages) > _MOST_PAGES:
            raise BrokenPdfError(N_("too many pages"))
        return PdfTexts(pages=tuple(page.extract_text() for page in reader.pages))
    except (PyPdfError, *WRONG) as error:
        return make_unreadable_refusal(error)


def _collect_attachments_and_producers(document: pikepdf.Pdf) -> PdfReading:
    files = list(_embedded_files(document))
    return PdfReading(
        files=tuple(
            EmbeddedFile(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
            for name, data in files
        ),
        provenance=_content_of_only_file(files, PROVENANCE),
        settings=_content_of_only_file(files, locations.CONFIG),
        producers=tuple(str(document.docinfo.get(key, "")) for key in _PRODUCERS),
    )


def _embedded_files(document: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """Yield every file that any object of the document embeds, however it is reached."""
    seen: set[tuple[int, int]] = set()
    for element in document.objects:
        if not isinstance(element, pikepdf.Dictionary) or "/EF" not in element:
            continue
        for stream in dict(element.EF.items()).values():
            if stream.objgen not in seen:
                seen.add(stream.objgen)
                name = str(element.get("/UF", element.get("/F", "")))
                yield name, bytes(stream.read_bytes())


def _content_of_only_file(files: list[tuple[str, bytes]], wanted: str) -> bytes:
    """Return the content of the only file of a name; empty where it is too large, or not single."""
    contents = [data for name, data in files if name == wanted]
    single = len(contents) == 1 and len(contents[0]) <= MAX_ATTACHMENT
    return contents[0] if single else b""
