"""A document of an office as a PDF, inside the child: the same layout and bytes as reports have."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from markupsafe import Markup
from weasyprint.urls import FatalURLFetchingError

from assess.i18n import translator
from assess.report.content.view.model import RenderingMachine
from assess.report.render.fetch import BASE, TemplateFetcher
from assess.report.render.job import DocumentJob, RenderJob
from assess.report.render.layout import (
    ProgressListener,
    SetPage,
    install_log_collectors,
    lay_out_and_make_pdf,
)
from assess.report.render.missing_characters import replace_symbols_without_font
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.render import (
    convert_attachment,
    describe_machine,
    make_missing_font_error,
    make_provenance_attachment,
    render_report,
)
from assess.report.render.template import format_drawing_as_svg, render_template

_TEMPLATE: Final = "shared"
_FILE: Final = "document.html"
"""The program's own template around the text, in the folder that all templates share."""


def render_any_job(
    job: RenderJob | DocumentJob,
    report_progress: ProgressListener,
    receive_document: Callable[[object], None],
) -> tuple[bytes, int]:
    """Return the PDF of a report or of an office's document, and its number of pages.

    Raises:
        RenderRefusedError: as `render_report` and `render_document`.
    """
    if isinstance(job, DocumentJob):
        return render_document(job, report_progress, receive_document)
    return render_report(job, report_progress, receive_document)


def render_document(
    job: DocumentJob,
    report_progress: ProgressListener,
    receive_document: Callable[[object], None],
) -> tuple[bytes, int]:
    """Return the PDF of an office's document, and its number of pages.

    A symbol that no font has becomes its code, such as [U+1F1E8].

    Raises:
        RenderRefusedError: a Chinese character has no font, or a library is missing.
    """
    job = replace_symbols_without_font(job)
    machine = describe_machine(job.lang, job.words)
    body = Markup("").join(
        Markup(part)  # noqa: S704  # made by the program, which escaped what it holds
        if isinstance(part, str)
        else format_drawing_as_svg(part, machine.heading_font)
        for part in job.parts
    )
    context = {
        "report": job,
        "machine": machine,
        "body": body,
        "moment": job.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    html = render_template(_TEMPLATE, (job.folder,), context, job.words, _FILE)
    missing = install_log_collectors(report_progress)
    fetcher = TemplateFetcher(_TEMPLATE, (job.folder,), {})
    page = SetPage(html, f"{BASE}{_TEMPLATE}/", fetcher, job.identifier)
    if job.provenance:
        page = page._replace(
            list_attachments=lambda document: _list_attachments(job, machine, document)
        )
    try:
        pdf, pages = lay_out_and_make_pdf(page, report_progress, receive_document)
    except FatalURLFetchingError as error:
        _ = translator(job.words)
        message = _("the template asks for {url}, which is not a file of its own folder")
        raise RenderRefusedError("template", message.format(url=fetcher.refused[0])) from error
    if missing.codes:
        raise make_missing_font_error(job.words, missing.codes, {})
    return pdf, pages


def _list_attachments(job: DocumentJob, machine: RenderingMachine, document: Any) -> Iterator[Any]:
    provenance = json.loads(job.provenance)
    proof = make_provenance_attachment(provenance, job.folder, machine, document)
    yield convert_attachment(proof, job.moment)
