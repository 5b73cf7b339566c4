"""HTML to PDF, inside the child: one PDF/A-3a and PDF/UA-1 file, the same bytes each time."""

from __future__ import annotations

import ctypes
import gc
import json
import logging
import platform
import re
import zlib
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

import weasyprint
from weasyprint.text.ffi import pango
from weasyprint.urls import FatalURLFetchingError

from assess.i18n import translator
from assess.report.content.view.model import Line, Machine
from assess.report.render import chinese, fonts
from assess.report.render.fetch import BASE, TemplateFetcher
from assess.report.render.font_files import digests
from assess.report.render.job import Attachment, Job, Progress
from assess.report.render.languages import mark_languages
from assess.report.render.library_patches import (
    Page,
    apply_patches,
    mark_margins_as_artifacts,
    paint_in_one_piece,
)
from assess.report.render.pdf_finisher import finish
from assess.report.render.pictures import thumbnails
from assess.report.render.refusal import RefusedError
from assess.report.render.standalone import MOST_BYTES, standalone
from assess.report.render.template import own_files
from assess.report.render.template import render as fill

Tell = Callable[[Progress], None]
_MOST_OF_A_NAME = 100
"""Of a picture: one that stands in the page itself has all of it for a name."""
_PAGE = re.compile(r"Step 5 .* (\d+)$")


def render(job: Job, tell: Tell) -> tuple[bytes, int]:
    """Return the PDF and how many pages it has, or HTML and 0; `tell` hears of each step.

    Raises:
        RefusedError: the template is wrong, a character has no font, or a library is missing.
    """
    pictures = thumbnails(job.pictures)
    broken = tuple(name for name in job.pictures if name not in pictures)
    machine = this_machine(job, tuple(pictures), broken)
    tell(Progress(step="template", broken=broken))
    html = page(job, machine)
    if job.form == "html":
        return _page_alone(job, html, pictures), 0
    tell(Progress(step="layout"))
    missing = _listen(tell)
    apply_patches()
    # The boxes of a document are many and live to the end: looking for dead ones is wasted.
    gc.disable()
    fetcher = TemplateFetcher(job.template, job.folders, pictures)
    try:
        base = f"{BASE}{job.template}/"
        source = Page(html, base_url=base, url_fetcher=fetcher)
        mark_languages(source.etree_element)
        chinese.set_apart(source.etree_element)
        document = source.render(pdf_variant="pdf/a-3a")
        for laid_out in document.pages:
            mark_margins_as_artifacts(laid_out)
            paint_in_one_piece(laid_out)
        pages = len(document.pages)
        tell(Progress(step="write", page=pages))
        pdf = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=job.identifier,
            attachments=_attached(job, machine, document),
            finisher=finish,
        )
    except FatalURLFetchingError as error:
        raise _reaches_out(job, fetcher.refused) from error
    finally:
        gc.enable()
    if fetcher.refused:
        raise _reaches_out(job, fetcher.refused)
    if missing.pictures:
        raise _unreadable(job, missing.pictures[0])
    if missing.codes:
        raise _no_font(job, missing.codes)
    return pdf, pages


def _page_alone(job: Job, html: str, pictures: dict[str, bytes]) -> bytes:
    fetcher = TemplateFetcher(job.template, job.folders, pictures)
    try:
        alone = standalone(html, f"{BASE}{job.template}/", fetcher).encode()
    except FatalURLFetchingError as error:
        raise _reaches_out(job, fetcher.refused) from error
    if len(alone) > MOST_BYTES:
        _ = translator(job.words)
        message = _("the page that the template gives is larger than {size} MB")
        raise RefusedError("template", message.format(size=MOST_BYTES >> 20))
    return alone


def page(job: Job, machine: Machine) -> str:
    """Return the HTML of the report.

    Raises:
        RefusedError: the template is missing or wrong.
    """
    context = {
        "report": job.view,
        "machine": machine,
        "moment": job.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return fill(job.template, job.folders, context, job.words)


def this_machine(job: Job, pictures: tuple[str, ...] = (), broken: tuple[str, ...] = ()) -> Machine:
    """Return the programs and fonts that the report is set with.

    Raises:
        RefusedError: a Chinese report, and no font for it.
    """
    _ = translator(job.words)
    installed = {name.lower(): name for name in fonts.families()}
    chosen = fonts.choose(installed, fonts.families(":lang=zh-cn"))
    if chosen is None:
        message, hint = _("no Chinese font is installed"), "apt-get install fonts-noto-cjk"
        raise RefusedError("environment", message, hint)
    title = chosen["title"]
    return Machine(
        lines=tuple(Line(name=name, text=text) for name, text in _versions(job, chosen)),
        title_font=title.family,
        title_weight="bold" if title.stand_in else "normal",
        body_font=chosen["body"].family,
        heading_font=chosen["heading"].family,
        accent_font=chosen["accent"].family,
        pictures=pictures,
        broken=broken,
    )


def _versions(job: Job, chosen: dict[str, fonts.Choice]) -> list[tuple[str, str]]:
    _ = translator(job.view.lang)
    used = dict.fromkeys(choice.family for choice in chosen.values())
    return [
        ("Python", platform.python_version()),
        ("WeasyPrint", weasyprint.__version__),
        ("Pango", _pango_version()),
        (_("Fonts"), ", ".join(used)),
    ]


def tools() -> dict[str, str]:
    """Return the versions of everything that decides the bytes of a PDF, beside fonts."""
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


def _attached(job: Job, machine: Machine, document: Any) -> Iterator[Any]:
    """Yield the attachments by name: the name tree of a PDF must be sorted.

    WeasyPrint asks for them when all pages are drawn, so that the fonts are known.
    """
    whole = job.provenance | {
        "machine": {line.name: line.text for line in machine.lines},
        "tools": tools(),
        "fonts": digests(document.fonts.values()),
        "templates": own_files(job.folders[-1], job.template),
    }
    proof = Attachment(
        name="provenance.json",
        description="provenance",
        data=json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True).encode(),
        relationship="Data",
    )
    for attachment in sorted((*job.attachments, proof), key=lambda attachment: attachment.name):
        yield weasyprint.Attachment(
            string=attachment.data,
            name=attachment.name,
            description=attachment.description,
            relationship=attachment.relationship,
            created=job.moment,
            modified=job.moment,
        )


class _Missing(logging.Handler):
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


class _Pages(logging.Handler):
    """Tells of each page that is laid out."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Pass the page's number on."""
        match = _PAGE.match(record.getMessage())
        if match:
            self._tell(Progress(step="layout", page=int(match[1])))


def _listen(tell: Tell) -> _Missing:
    missing = _Missing()
    logger = logging.getLogger("weasyprint")
    logger.handlers = [missing]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    pages = logging.getLogger("weasyprint.progress")
    pages.handlers = [_Pages(tell)]
    pages.setLevel(logging.INFO)
    pages.propagate = False
    return missing


def _reaches_out(job: Job, urls: list[str]) -> RefusedError:
    _ = translator(job.words)
    message = _("the template asks for {url}, which is not a file of its own folder")
    return RefusedError("template", message.format(url=urls[0]))


def _unreadable(job: Job, url: str) -> RefusedError:
    _ = translator(job.words)
    name = url.removeprefix(BASE)[:_MOST_OF_A_NAME]
    return RefusedError("template", _("{name}: this picture can't be read").format(name=name))


def _no_font(job: Job, codes: dict[int, None]) -> RefusedError:
    _ = translator(job.words)
    named = ", ".join(f"{chr(code)} (U+{code:04X})" for code in sorted(codes)[:10])
    message = _("no font has these characters: {characters}").format(characters=named)
    return RefusedError(
        "characters", message, _("install a font that has them, or reword the text")
    )
