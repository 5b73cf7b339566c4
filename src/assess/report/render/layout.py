"""A page of HTML to a PDF/A-3a and PDF/UA-1 file, inside the child; reports and letters use it."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import weasyprint

from assess.report.render import chinese
from assess.report.render.caution import insert_caution
from assess.report.render.fetch import TemplateFetcher
from assess.report.render.job import RenderProgress
from assess.report.render.languages import mark_words_of_other_language
from assess.report.render.library_patches import (
    LeanPage,
    apply_patches,
    end_tables_at_last_rows,
    join_page_drawing,
    mark_margins_as_artifacts,
)
from assess.report.render.pdf_finisher import finish_pdf_for_accessibility

ProgressListener = Callable[[RenderProgress], None]

_PAGE = re.compile(r"Step 5 .* (\d+)$")


class SetPage(NamedTuple):
    """A page that is to be set, and what goes into the PDF with it."""

    html: str
    base_url: str
    fetcher: TemplateFetcher
    identifier: bytes
    caution: str = ""
    """The HTML of what the program says about the document; empty where that is nothing."""
    list_attachments: Callable[[Any], Iterable[Any]] = lambda _document: ()
    """Called with the laid-out document, once all pages are drawn."""


def lay_out_and_make_pdf(
    page: SetPage,
    report_progress: ProgressListener,
    receive_document: Callable[[object], None],
) -> tuple[bytes, int]:
    """Return the PDF of a page and its number of pages.

    Raises:
        FatalURLFetchingError: the page asks for a file that is not its template's own.
    """
    apply_patches()
    # The boxes of a document are many and live to the end: looking for dead ones is wasted, and
    # would be done once for all of them where the collector comes back for the last few steps.
    collects = gc.isenabled()
    gc.disable()
    try:
        source = LeanPage(page.html, base_url=page.base_url, url_fetcher=page.fetcher)
        styles = insert_caution(source.etree_element, page.caution)
        mark_words_of_other_language(source.etree_element)
        chinese.insert_gaps_between_scripts(source.etree_element)
        # Important styles of a user, as CSS calls it, come before all styles of the page.
        document = source.render(
            pdf_variant="pdf/a-3a", stylesheets=[weasyprint.CSS(string=styles)]
        )
        receive_document((source, document))
        for laid_out in document.pages:
            end_tables_at_last_rows(laid_out)
            mark_margins_as_artifacts(laid_out)
            join_page_drawing(laid_out)
        pages = len(document.pages)
        report_progress(RenderProgress(step="write", page=pages))
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=page.identifier,
            attachments=page.list_attachments(document),
            finisher=finish_pdf_for_accessibility,
        )
        return pdf, pages
    finally:
        if collects:
            gc.enable()


class MissingGlyphCollector(logging.Handler):
    """Collects what WeasyPrint leaves out: characters that no font has, unreadable pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, None] = {}
        self.pictures: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note the code point of a `.notdef` warning, the address of a picture."""
        if not isinstance(record.args, tuple):
            return
        if str(record.msg).startswith(".notdef"):
            self.codes[int(str(record.args[-1]))] = None
        elif str(record.msg).startswith("Failed to load image"):
            self.pictures.append(str(record.args[0]))


class _PageProgress(logging.Handler):
    """Reports each page that is laid out."""

    def __init__(self, report_progress: ProgressListener) -> None:
        super().__init__()
        self._tell = report_progress

    def emit(self, record: logging.LogRecord) -> None:
        """Pass the page's number on."""
        match = _PAGE.match(record.getMessage())
        if match:
            self._tell(RenderProgress(step="layout", page=int(match[1])))


def install_log_collectors(report_progress: ProgressListener) -> MissingGlyphCollector:
    """Report each page that is laid out, and return what collects the things left out."""
    missing = MissingGlyphCollector()
    logger = logging.getLogger("weasyprint")
    logger.handlers = [missing]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    pages = logging.getLogger("weasyprint.progress")
    pages.handlers = [_PageProgress(report_progress)]
    pages.setLevel(logging.INFO)
    pages.propagate = False
    return missing
