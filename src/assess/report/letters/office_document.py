"""A document of an office as blocks, and its files: Word by the writer of reports, PDF by a child.

The same document gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from assess.i18n import Lang
from assess.interrupts import wait_for_result
from assess.report.content.inputs import midnight_of_report_day
from assess.report.export.block_page import make_page_parts
from assess.report.export.blocks import Block, PictureBlock, TableBlock
from assess.report.export.word.document import DocumentFrame, write_framed_docx
from assess.report.render.child import RenderChild, RenderLimits
from assess.report.render.job import DocumentJob
from assess.workspace.core.library import find_shipped_template_folder

_MOST_CHILDREN: Final = 8
"""Children that set PDFs at a time; each has some hundred MB."""

LetterForm = Literal["docx", "pdf"]
"""A form in which a document of an office is sent."""


class OfficeDocument(NamedTuple):
    """A document that an office issues."""

    blocks: tuple[Block, ...]
    frame: DocumentFrame
    day: date
    """The day of the document, the only time that its files know."""


def document_to_docx(document: OfficeDocument) -> bytes:
    """Return the document for Word, its drawings as pictures."""
    from assess.report.render.chart_pictures import draw_png  # noqa: PLC0415  # not without a drawing
    from assess.report.render.fonts import find_drawing_family  # noqa: PLC0415  # as above

    def draw_picture(block: Block) -> Block:
        if not isinstance(block, PictureBlock) or block.drawing is None:
            return block
        return block._replace(data=draw_png(block.drawing, find_drawing_family()))

    blocks = map(draw_picture, document.blocks)
    return write_framed_docx(blocks, document.frame, midnight_of_report_day(document.day))


def document_to_pdf(document: OfficeDocument, message_lang: Lang, provenance: bytes = b"") -> bytes:
    """Return the document as PDF/A and PDF/UA, set in a limited child process.

    `provenance` is what its provenance.json holds as JSON; empty: it has no such file.

    Raises:
        EnvironmentLacksError: a library or font is missing.
        RenderError: a limit was reached, or a Chinese character has no font.
    """
    limits = RenderLimits().limits_for_items(_count_table_rows(document.blocks))
    with RenderChild(limits, message_lang) as child:
        job = make_document_job(document, message_lang, provenance)
        job = replace(job, memory=limits.memory, cpu=limits.cpu)
        _done, pdf = child.send_question_and_wait(msgspec.json.encode(job), lambda _progress: None)
        return pdf


def documents_to_pdf(documents: Sequence[OfficeDocument], message_lang: Lang) -> Iterator[bytes]:
    """Yield the PDFs in the order of the documents; as many are set at a time as there are cores.

    Raises:
        as `document_to_pdf`, for the first document that can't be set.
    """
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_CHILDREN)) as pool:
        waiting = [pool.submit(document_to_pdf, row, message_lang) for row in documents]
        try:
            for future in waiting:
                yield wait_for_result(future)
        finally:
            pool.shutdown(cancel_futures=True)


def write_many_documents(
    documents: Sequence[OfficeDocument], forms: Collection[LetterForm], message_lang: Lang
) -> Iterator[dict[str, bytes]]:
    """Yield the files of each document by suffix.

    Raises:
        as `document_to_pdf`.
    """
    pdfs = documents_to_pdf(documents, message_lang) if "pdf" in forms else iter(())
    for document in documents:
        yield {
            form: next(pdfs) if form == "pdf" else document_to_docx(document)
            for form in dict.fromkeys(forms)
        }


def make_document_job(
    document: OfficeDocument, message_lang: Lang, provenance: bytes = b""
) -> DocumentJob:
    """Return the job of the child; its identifier follows from all that is printed."""
    frame = document.frame
    job = DocumentJob(
        lang=frame.lang,
        title=frame.title,
        author=frame.author,
        header=frame.header,
        foot=frame.foot,
        parts=make_page_parts(document.blocks),
        folder=str(find_shipped_template_folder().resolve()),
        words=message_lang,
        moment=midnight_of_report_day(document.day),
        identifier=b"",
        provenance=provenance,
    )
    printed = msgspec.json.encode(replace(job, folder="", words=frame.lang))
    return replace(job, identifier=hashlib.sha256(printed).digest()[:16])


def _count_table_rows(blocks: Iterable[Block]) -> int:
    return sum(len(block.rows) for block in blocks if isinstance(block, TableBlock))
