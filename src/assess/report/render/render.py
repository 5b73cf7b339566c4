"""HTML to PDF, inside the child: one PDF/A-3a and PDF/UA-1 file, the same bytes each time."""

from __future__ import annotations

import ctypes
import json
import platform
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import weasyprint
from msgspec.structs import replace
from weasyprint.text.ffi import pango
from weasyprint.urls import FatalURLFetchingError

from assess.i18n import Lang, translator
from assess.report.content.view.model import LabelledLine, RenderingMachine
from assess.report.render import fonts
from assess.report.render.caution import CAUTION, insert_caution_into_html
from assess.report.render.caution_check import find_hidden_caution
from assess.report.render.chart_pictures import format_drawing_as_png_img
from assess.report.render.fetch import BASE, TemplateFetcher
from assess.report.render.font_files import font_digests_by_face_name
from assess.report.render.job import PdfAttachment, RenderJob, RenderProgress
from assess.report.render.layout import (
    ProgressListener,
    SetPage,
    install_log_collectors,
    lay_out_and_make_pdf,
)
from assess.report.render.missing_characters import (
    PrintableView,
    replace_characters_without_font,
)
from assess.report.render.pictures import make_thumbnails, read_existing_thumbnails
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.standalone import MOST_BYTES, make_standalone_page
from assess.report.render.template import digest_template_files, format_drawing_as_svg
from assess.report.render.template import render_template as fill

_MOST_OF_A_NAME = 100
"""The largest shown length of a picture's name; an embedded picture has its data as name."""
_MOST_CODES = 10
"""Characters that an error names."""


def render_report(
    job: RenderJob,
    report_progress: ProgressListener,
    receive_document: Callable[[object], None] = lambda _document: None,
) -> tuple[bytes, int]:
    """Return the PDF and its number of pages, or HTML and 0.

    `report_progress` is called for each step.

    `receive_document` gets the laid-out document. A process that ends afterwards keeps it to its
    end: to take some hundred thousand boxes apart one by one takes a twentieth of a report.

    Raises:
        RenderRefusedError: the template is wrong, a character has no font, or a library is missing.
    """
    pictures = read_existing_thumbnails(job.thumbnails) | make_thumbnails(job.pictures)
    wanted = (*job.thumbnails, *job.pictures)
    broken = tuple(name for name in wanted if name not in pictures)
    # Browsers find fonts of their own for a page.
    printable = (
        PrintableView(job.view) if job.form != "pdf" else replace_characters_without_font(job.view)
    )
    job = replace(job, view=printable.view)
    machine = describe_rendering_machine(job, tuple(pictures), broken, printable.replaced)
    report_progress(RenderProgress(step="template", broken=broken))
    html = render_page_html(job, machine)
    if job.form != "pdf":
        if caution := _render_caution(job, machine):
            html = insert_caution_into_html(html, caution)
        return _render_standalone_page(job, html, pictures), 0
    replaced = tuple(line for line in printable.replaced if line.name in html)
    report_progress(RenderProgress(step="layout", replaced=replaced))
    missing = install_log_collectors(report_progress)
    fetcher = TemplateFetcher(job.template, job.folders, pictures)
    try:
        page = _set_page_of_job(job, machine, html, fetcher)
        pdf, pages = lay_out_and_make_pdf(page, report_progress, receive_document)
    except FatalURLFetchingError as error:
        raise _make_fetch_error(job, fetcher) from error
    if fetcher.refused or fetcher.fonts:
        raise _make_fetch_error(job, fetcher)
    if missing.pictures:
        raise _make_unreadable_picture_error(job, missing.pictures[0])
    if missing.codes:
        raise make_missing_font_error(job.words, missing.codes, printable.items_by_han)
    _refuse_hidden_caution(job, pdf)
    return pdf, pages


def _set_page_of_job(
    job: RenderJob, machine: RenderingMachine, html: str, fetcher: TemplateFetcher
) -> SetPage:
    """Return the page of a report, with what the program says about it and what goes with it."""
    return SetPage(
        html=html,
        base_url=f"{BASE}{job.template}/",
        fetcher=fetcher,
        identifier=job.identifier,
        caution=_render_caution(job, machine),
        list_attachments=lambda document: _list_attachments(job, machine, document),
    )


def _render_standalone_page(job: RenderJob, html: str, pictures: dict[str, bytes]) -> bytes:
    fetcher = TemplateFetcher(job.template, job.folders, pictures)
    try:
        alone = make_standalone_page(html, f"{BASE}{job.template}/", fetcher).encode()
    except FatalURLFetchingError as error:
        raise _make_fetch_error(job, fetcher) from error
    if len(alone) > MOST_BYTES:
        _ = translator(job.words)
        message = _("the page that the template gives is larger than {size} MB")
        raise RenderRefusedError("template", message.format(size=MOST_BYTES >> 20))
    return alone


def render_page_html(job: RenderJob, machine: RenderingMachine) -> str:
    """Return the HTML that the template makes of the report.

    Raises:
        RenderRefusedError: the template is missing or wrong.
    """
    draw = format_drawing_as_png_img if job.form == "editable" else format_drawing_as_svg
    return fill(job.template, job.folders, _make_context(job, machine), job.words, draw=draw)


def _render_caution(job: RenderJob, machine: RenderingMachine) -> str:
    """Return the HTML of what the program says about the document; empty where that is nothing."""
    caution = job.view.caution
    if not (caution.reservations or caution.notes or caution.foot):
        return ""
    return fill("shared", job.folders[-1:], _make_context(job, machine), job.words, CAUTION)


def _make_context(job: RenderJob, machine: RenderingMachine) -> dict[str, Any]:
    return {
        "report": job.view,
        "machine": machine,
        "moment": job.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def describe_rendering_machine(
    job: RenderJob,
    pictures: tuple[str, ...] = (),
    broken: tuple[str, ...] = (),
    replaced: tuple[LabelledLine, ...] = (),
) -> RenderingMachine:
    """Return the programs and fonts that the report is set with.

    Raises:
        RenderRefusedError: a Chinese report, and no font for it.
    """
    return describe_machine(job.view.lang, job.words, pictures, broken, replaced)


def describe_machine(
    lang: Lang,
    words: Lang,
    pictures: tuple[str, ...] = (),
    broken: tuple[str, ...] = (),
    replaced: tuple[LabelledLine, ...] = (),
) -> RenderingMachine:
    """Return the same for a document in `lang`; `words` is the language of messages.

    Raises:
        RenderRefusedError: as above.
    """
    _ = translator(words)
    chosen = fonts.choose_fonts_of_machine()
    if chosen is None:
        message, hint = _("no Chinese font is installed"), "apt-get install fonts-noto-cjk"
        raise RenderRefusedError("environment", message, hint)
    title = chosen["title"]
    return RenderingMachine(
        lines=tuple(
            LabelledLine(name=name, text=text)
            for name, text in _list_displayed_versions(lang, chosen)
        ),
        title_font=title.family,
        title_weight="bold" if title.stand_in else "normal",
        body_font=chosen["body"].family,
        heading_font=chosen["heading"].family,
        accent_font=chosen["accent"].family,
        pictures=pictures,
        broken=broken,
        replaced=replaced,
    )


def _list_displayed_versions(
    lang: Lang, chosen: dict[str, fonts.FontChoice]
) -> list[tuple[str, str]]:
    _ = translator(lang)
    used = dict.fromkeys(choice.family for choice in chosen.values())
    return [
        ("Python", platform.python_version()),
        ("WeasyPrint", weasyprint.__version__),
        ("Pango", _pango_version()),
        (_("Fonts"), ", ".join(used)),
    ]


def tool_versions() -> dict[str, str]:
    """Return the versions of all tools that influence the bytes of a PDF, except fonts."""
    return {
        "Python": platform.python_version(),
        "HarfBuzz": _harfbuzz_version(),
        "Jinja2": version("jinja2"),
        "Pango": _pango_version(),
        "Pillow": version("pillow"),
        "WeasyPrint": weasyprint.__version__,
        "pydyf": version("pydyf"),
        "segno": version("segno"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _harfbuzz_version() -> str:
    """Ask the library that Pango has loaded already; WeasyPrint does not know the question."""
    ask = ctypes.CDLL("libharfbuzz.so.0").hb_version_string
    ask.restype = ctypes.c_char_p
    return str(ask().decode())


def _pango_version() -> str:
    major, rest = divmod(pango.pango_version(), 10_000)
    return "{}.{}.{}".format(major, *divmod(rest, 100))


def _list_attachments(job: RenderJob, machine: RenderingMachine, document: Any) -> Iterator[Any]:
    """Yield the attachments by name: the name tree of a PDF must be sorted.

    WeasyPrint asks for them when all pages are drawn, so that the fonts are known.
    """
    proof = make_provenance_attachment(job.provenance, job.folders[-1], machine, document)
    for attachment in sorted((*job.attachments, proof), key=lambda attachment: attachment.name):
        yield convert_attachment(attachment, job.moment)


def make_provenance_attachment(
    provenance: Mapping[str, Any], templates: str, machine: RenderingMachine, document: Any
) -> PdfAttachment:
    """Return provenance.json, with the machine and the fonts with which a document is set.

    `templates` is the folder of the program's own templates.
    """
    whole = dict(provenance) | {
        "machine": {line.name: line.text for line in machine.lines},
        "tools": tool_versions(),
        "fonts": font_digests_by_face_name(document.fonts.values()),
        "templates": digest_template_files(templates),
    }
    return PdfAttachment(
        name="provenance.json",
        description="provenance",
        data=json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True).encode(),
        relationship="Data",
    )


def convert_attachment(attachment: PdfAttachment, moment: datetime) -> Any:
    """Return a file for WeasyPrint to put into the PDF."""
    return weasyprint.Attachment(
        string=attachment.data,
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=moment,
        modified=moment,
    )


def _make_fetch_error(job: RenderJob, fetcher: TemplateFetcher) -> RenderRefusedError:
    _ = translator(job.words)
    if fetcher.fonts:
        message = _("the template brings the font {name}; reports are set in fonts of the machine")
        hint = _("install the font, and name its family in the styles")
        return RenderRefusedError("template", message.format(name=fetcher.fonts[0]), hint)
    message = _("the template asks for {url}, which is not a file of its own folder")
    return RenderRefusedError("template", message.format(url=fetcher.refused[0]))


def _refuse_hidden_caution(job: RenderJob, pdf: bytes) -> None:
    """Refuse a PDF that does not show what the program says; its own templates all show it.

    Raises:
        RenderRefusedError: something does not show; names it and its page.
    """
    others = [Path(folder) for folder in job.folders[:-1]]
    if not any(path.is_file() for folder in others for path in folder.rglob("*")):
        return
    hidden = find_hidden_caution(pdf, job.view.caution)
    if hidden is None:
        return
    _ = translator(job.words)
    page, sentence = hidden
    message = _("page {page} does not show what the program says about the document: {sentence}")
    hint = _("change the template: nothing may cut, cover, move or shrink that text")
    raise RenderRefusedError("template", message.format(page=page, sentence=sentence), hint)


def _make_unreadable_picture_error(job: RenderJob, url: str) -> RenderRefusedError:
    _ = translator(job.words)
    name = url.removeprefix(BASE)[:_MOST_OF_A_NAME]
    return RenderRefusedError("template", _("{name}: this picture can't be read").format(name=name))


def make_missing_font_error(
    words: Lang, codes: Iterable[int], items_by_han: Mapping[str, str]
) -> RenderRefusedError:
    """Return the error where a page holds characters that no font has."""
    _ = translator(words)
    names = ", ".join(
        f"{chr(code)} (U+{code:04X} {items_by_han.get(chr(code), '')}".rstrip() + ")"
        for code in sorted(codes)[:_MOST_CODES]
    )
    message = _("no font has these characters: {characters}").format(characters=names)
    return RenderRefusedError(
        "characters", message, _("install a font that has them, or reword the text")
    )
