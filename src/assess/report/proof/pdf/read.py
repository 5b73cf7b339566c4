"""Reading of the parts of a PDF that are used for verification; in the child only."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from assess import locations
from assess.i18n import N_
from assess.report.proof.pdf.broken import WRONG, BrokenPdfError, make_unreadable_refusal
from assess.report.proof.pdf.job import EmbeddedFile, PdfReading, PdfRefused, PdfTexts
from assess.report.proof.pdf.unpacking import UnpackedBytes, open_pdf_with_unpack_limit

PROVENANCE = "provenance.json"
MAX_ATTACHMENT = 1024 * 1024
"""Bytes of an attachment whose content is read, not only its digest."""
_MOST_PAGES = 20_000
_MOST_OF_PAGES = 16 << 20
"""Bytes by which all pages are drawn; sixty pages of a report need 1.3 MB."""
_PRODUCERS = ("/Creator", "/Producer")


def read_attachments_and_producers(pdf: bytes) -> PdfReading | PdfRefused:
    """Return the attachments of a PDF and the programs that wrote it."""
    try:
        with open_pdf_with_unpack_limit(pdf, attempt_recovery=False) as document:
            return _collect_files_and_producers(document)
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
        _refuse_vast_contents(reader)
        return PdfTexts(pages=tuple(page.extract_text() for page in reader.pages))
    except (PyPdfError, *WRONG) as error:
        return make_unreadable_refusal(error)


class _UnpackedFile(NamedTuple):
    """A file of a PDF; its content where that is read."""

    entry: EmbeddedFile
    content: bytes


def _refuse_vast_contents(reader: PdfReader) -> None:
    unpacked = UnpackedBytes(_MOST_OF_PAGES)
    for page in reader.pages:
        content = page.get_contents()
        if content is not None:
            unpacked.count_and_limit_bytes(len(content.get_data()))


def _collect_files_and_producers(document: pikepdf.Pdf) -> PdfReading:
    files = list(_read_embedded_files(document))
    return PdfReading(
        files=tuple(file.entry for file in files),
        provenance=_content_of_only_file(files, PROVENANCE),
        settings=_content_of_only_file(files, locations.CONFIG),
        producers=tuple(str(document.docinfo.get(key, "")) for key in _PRODUCERS),
    )


def _read_embedded_files(document: pikepdf.Pdf) -> Iterator[_UnpackedFile]:
    """Yield every file that any object of the document embeds."""
    unpacked = UnpackedBytes()
    for name, stream in list_embedded_streams(document):
        yield _digest_embedded_file(name, unpacked.read_and_count_stream(stream))


def list_embedded_streams(document: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield name and stream of every file that any object embeds, however it is reached."""
    seen: set[tuple[int, int]] = set()
    for element in document.objects:
        if not isinstance(element, pikepdf.Dictionary) or "/EF" not in element:
            continue
        for stream in dict(element.EF.items()).values():
            if stream.objgen not in seen:
                seen.add(stream.objgen)
                yield str(element.get("/UF", element.get("/F", ""))), stream


def _digest_embedded_file(name: str, data: bytes) -> _UnpackedFile:
    """Return a file without its content, unless that is read."""
    entry = EmbeddedFile(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    is_read = name in (PROVENANCE, locations.CONFIG) and len(data) <= MAX_ATTACHMENT
    return _UnpackedFile(entry, data if is_read else b"")


def _content_of_only_file(files: list[_UnpackedFile], wanted: str) -> bytes:
    """Return the content of the only file of a name; empty where it is too large, or not single."""
    contents = [file.content for file in files if file.entry.name == wanted]
    return contents[0] if len(contents) == 1 else b""
