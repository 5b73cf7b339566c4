"""Blocks as a Word document that a secretary can edit and send: a package with named styles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from assess.i18n import Lang
from assess.report.content.view.model import Report
from assess.report.export.blocks import Block, PageStart, ParagraphBlock, TextRun
from assess.report.export.word.arrange import split_into_sections
from assess.report.export.word.body import BodyWriter
from assess.report.export.word.style_table import LANGUAGES
from assess.report.export.word.styles import make_font_table_xml, make_styles_xml

_NEEDLESS = frozenset(
    {
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.CUSTOM_XML,
        RELATIONSHIP_TYPE.FONT_TABLE,
        RELATIONSHIP_TYPE.NUMBERING,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)
"""Parts of python-docx's own template: a picture of another document, styles that are not used."""


class DocumentFrame(NamedTuple):
    """What a document has around its blocks: language, facts about the file, head and feet."""

    lang: Lang
    title: str
    author: str
    comments: str = ""
    header: str = ""
    page_line: str = ""
    """A line at the foot of each page; `{pages}` in it is the number of pages."""
    foot: str = ""
    """One more line there."""


def write_docx(blocks: Iterable[Block], report: Report, moment: datetime) -> bytes:
    """Return the document of a report; the same bytes each time."""
    return write_framed_docx(_mark_draft(list(blocks), report), _make_frame(report), moment)


def _make_frame(report: Report) -> DocumentFrame:
    """Return what stands around a report: in its head unclassified, at its foot the digest."""
    mark = f"{report.label['draft']} " if report.draft else ""
    parts = (f"{mark}{report.classification}", report.marking)
    gap = report.label["gap"]
    return DocumentFrame(
        lang=report.lang,
        title=report.title,
        author=report.organization,
        comments=report.unclassified,
        header=gap.join(part for part in parts if part),
        page_line=f"{report.label['digest']} {report.digest}{gap}{report.label['pages']}",
        foot=report.caution.foot,
    )


def write_framed_docx(blocks: Iterable[Block], frame: DocumentFrame, moment: datetime) -> bytes:
    """Return the document; the same bytes each time."""
    document = Document()
    _remove_needless_parts(document)
    _replace_styles_and_font_table(document, frame.lang)
    _set_language(document, frame.lang)
    _write_headers_and_footers(document, frame)
    _write_body(document, blocks, frame.lang)
    facts = document.core_properties
    facts.title, facts.author = frame.title, frame.author
    facts.comments, facts.language = frame.comments, LANGUAGES[frame.lang]
    facts.created = facts.modified = moment.replace(tzinfo=None)
    facts.last_modified_by = ""
    out = io.BytesIO()
    document.save(out)
    return normalize_package_times(out.getvalue())


def normalize_package_times(package: bytes) -> bytes:
    """Return a package in which no member has the time of its creation."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


def _remove_needless_parts(document: Any) -> None:
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, relation in relations.items() if relation.reltype in _NEEDLESS]:
            del relations[name]


def _replace_styles_and_font_table(document: Any, lang: Lang) -> None:
    """Replace all styles, and name what stands in for fonts that are not installed."""
    old = document.styles.element
    new = parse_xml(make_styles_xml(lang, nsdecls("w")))
    for child in list(old):
        old.remove(child)
    for child in list(new):
        old.append(child)
    table = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        make_font_table_xml(nsdecls("w")),
        document.part.package,
    )
    document.part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_language(document: Any, lang: Lang) -> None:
    """Say in which language the texts are, so that Word does not take Chinese for faults."""
    settings = document.settings.element
    themes = {"w:val": LANGUAGES[lang], "w:eastAsia": "zh-CN"}
    changes = {"w:themeFontLang": themes, "w:compatSetting": {"w:val": "15"}}
    for element in settings.iter():
        if element.tag == qn("w:themeFontLang") or element.get(qn("w:name")) == "compatibilityMode":
            tag = "w:themeFontLang" if element.tag == qn("w:themeFontLang") else "w:compatSetting"
            for name, value in changes[tag].items():
                element.set(qn(name), value)
    for element in settings.findall(qn("w:savePreviewPicture")):
        settings.remove(element)


def _write_headers_and_footers(document: Any, frame: DocumentFrame) -> None:
    """Write heads, and feet: the page number at the outer side, and the lines of the frame."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = frame.header
    for footer, number_style in (
        (section.footer, "PageNumberRight"),
        (section.even_page_footer, "PageNumberLeft"),
    ):
        footer.is_linked_to_previous = False
        number = footer.paragraphs[0]
        number.style = _find_style(document, number_style)
        number.add_run("— ")
        _add_field_code(number, "PAGE")
        number.add_run(" —")
        if frame.page_line:
            before, _placeholder, after = frame.page_line.partition("{pages}")
            line = footer.add_paragraph(before, _find_style(document, "Footer"))
            _add_field_code(line, "NUMPAGES")
            line.add_run(after)
        if frame.foot:
            footer.add_paragraph(frame.foot, _find_style(document, "Footer"))


def _find_style(document: Any, style_id: str) -> Any:
    return next(style for style in document.styles if style.style_id == style_id)


def _add_field_code(paragraph: Any, code: str) -> None:
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), code)
    paragraph.paragraph_format.element.append(element)


def _write_body(document: Any, blocks: Iterable[Block], lang: Lang) -> None:
    """Write the sections in place of the empty one, with its heads and feet."""
    old = document.element.body
    references = "".join(
        child.xml
        for child in old[-1]
        if child.tag in (qn("w:headerReference"), qn("w:footerReference"))
    )
    writer = BodyWriter(document.part, lang)
    content = writer.body_xml(split_into_sections(list(blocks)), references)
    spaces = nsdecls("w", "r", "wp", "a", "pic")
    document.element.replace(old, parse_xml(f"<w:body {spaces}>{content}</w:body>"))


def _mark_draft(blocks: list[Block], report: Report) -> list[Block]:
    """Return the blocks of a draft with the words that it is one, where they do not have them."""
    words = report.label["draft_cover"]
    runs = (run for block in blocks if isinstance(block, ParagraphBlock) for run in block.runs)
    if not report.draft or any(words in run.text for run in runs):
        return blocks
    at = 1 if blocks and isinstance(blocks[0], PageStart) else 0
    return [*blocks[:at], ParagraphBlock((TextRun(words, bold=True),)), *blocks[at:]]
