"""The body of a Word document: blocks in named styles, page by page."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from docx.image.exceptions import UnrecognizedImageError

from assess.i18n import Lang
from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    ParagraphBlock,
    PictureBlock,
    Role,
    TableBlock,
    TextRun,
)
from assess.report.export.word.arrange import (
    DocumentSection,
    arrange_annex_list,
    arrange_signature,
    group_by_role_without_qr_code,
    join_with_tabs,
)
from assess.report.export.word.markup import (
    EMU_PER_MM,
    LANDSCAPE,
    PORTRAIT,
    PageSetup,
    align_xml,
    paragraph_xml,
    picture_xml,
    runs_xml,
    section_xml,
    table_xml,
)
from assess.report.export.word.style_table import IMPRINT_FRAME
from assess.report.export.word.styles import indent_xml

_THUMBNAIL = 38
"""Millimetres of the width of a picture that has none of its own."""

_LETTER_HEADINGS = ("DocumentTitle", "Heading1", "Heading2", "Heading3", "Heading4")
_ANNEX_HEADINGS = ("DocumentTitle", "AnnexHeading1", "AnnexHeading2", "AnnexHeading3")
_STYLE_OF_ROLE: dict[Role, str] = {
    "body": "Normal",
    "subtitle": "SecondTitle",
    "organ": "Organ",
    "document-number": "DocumentNumber",
    "annex-list": "AnnexList",
    "contact": "Contact",
    "imprint": "Imprint",
    "caution": "AnnexText",
}
_BREAK = "<w:pageBreakBefore/>"
_KEEP = "<w:keepNext/>"
_LITTLE_GAP = '<w:spacing w:after="160"/>'
"""Below the title of what is no letter: a line about it follows, not an addressee."""

_EMPTY_LINE = '<w:spacing w:before="579"/>'
"""Above the list of annexes and the signature."""

_GAP = paragraph_xml(
    "TableText", "", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
)
"""A low empty line: without it two tables that follow each other are one."""

_END = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


class BodyWriter:
    """Writes the body; `part` is the part of the package that takes the pictures."""

    def __init__(self, part: Any, lang: Lang) -> None:
        self._part = part
        self._lang = lang
        self._page = PORTRAIT
        self._pictures = 0
        self._breaks = False
        """Whether the next paragraph begins a page."""

    def body_xml(self, sections: list[DocumentSection], references: str) -> str:
        """Return the content of the body; `references` name the heads and feet of its pages."""
        parts: list[str] = []
        for at, section in enumerate(sections):
            self._page = LANDSCAPE if section.landscape else PORTRAIT
            for number, run in enumerate(section.runs):
                self._breaks = number > 0
                parts += self._page_run_xml(run.blocks)
            properties = section_xml(references, self._page)
            is_last = at == len(sections) - 1
            parts.append(
                properties if is_last else paragraph_xml("TableText", "", _END + properties)
            )
        return "".join(parts)

    def _page_run_xml(self, blocks: Iterable[Block]) -> Iterable[str]:
        after_table = False
        for role, group in group_by_role_without_qr_code(blocks):
            if role != "plain":
                yield from self._group_xml(role, group)
                after_table = False
                continue
            for block in group:
                is_table = isinstance(block, TableBlock)
                if is_table and after_table:
                    yield _GAP
                yield from self._block_xml(block)
                after_table = is_table
        if after_table:
            yield _GAP

    def _group_xml(self, role: Role, group: list[Block]) -> Iterable[str]:
        paragraphs = [block for block in group if isinstance(block, ParagraphBlock)]
        if role == "signed" and paragraphs:
            yield from self._signature_xml(paragraphs)
        elif role == "annex-list" and paragraphs:
            yield from self._annex_list_xml(paragraphs)
        elif role == "document-number" and paragraphs:
            yield self._styled_paragraph_xml("DocumentNumber", join_with_tabs(paragraphs))
        elif role == "imprint" and paragraphs:
            *copies, issuer, issued = (
                paragraphs if len(paragraphs) > 1 else [*paragraphs, ParagraphBlock(())]
            )
            for paragraph in (*copies, join_with_tabs([issuer, issued])):
                yield paragraph_xml("Imprint", runs_xml(paragraph.runs), IMPRINT_FRAME)
        else:
            for block in group:
                yield from self._block_xml(block)

    def _annex_list_xml(self, paragraphs: list[ParagraphBlock]) -> Iterable[str]:
        """Yield the lines, all on one page; in English the first has the word alone."""
        lines = arrange_annex_list(paragraphs) if self._lang == "zh" else paragraphs
        for at, paragraph in enumerate(lines):
            gap = _EMPTY_LINE if at == 0 else ""
            keeps = _KEEP if at < len(lines) - 1 or paragraphs[-1].keep else ""
            yield paragraph_xml("AnnexList", runs_xml(paragraph.runs), keeps + gap)

    def _block_xml(self, block: Block) -> Iterable[str]:
        if isinstance(block, HeadingBlock):
            yield from self._heading_xml(block)
        elif isinstance(block, ParagraphBlock):
            yield self._styled_paragraph_xml(_paragraph_style(block), block)
        elif isinstance(block, PictureBlock):
            yield paragraph_xml(
                "Picture", self._embed_picture_xml(block), self._pop_pending_page_break()
            )
        elif isinstance(block, TableBlock):
            if self._breaks:
                yield paragraph_xml("TableText", "", self._pop_pending_page_break() + _END)
            yield table_xml(block, self._page, self._embed_picture_xml)

    def _heading_xml(self, heading: HeadingBlock) -> Iterable[str]:
        if not heading.annex:
            styles = _LETTER_HEADINGS if heading.in_letter else _ANNEX_HEADINGS
            style = styles[min(heading.level, len(styles)) - 1]
            close = _LITTLE_GAP if heading.level == 1 and not heading.in_letter else ""
            properties = self._pop_pending_page_break() + close
            yield paragraph_xml(style, runs_xml(heading.runs, plain=True), properties)
            return
        number, _newline, title = "".join(run.text for run in heading.runs).partition("\n")
        if title:
            runs = runs_xml([TextRun(number.strip())])
            yield paragraph_xml("AnnexNumber", runs, self._pop_pending_page_break())
        text = title.strip() or number
        yield paragraph_xml("AnnexTitle", runs_xml([TextRun(text)]), self._pop_pending_page_break())

    def _signature_xml(self, paragraphs: list[ParagraphBlock]) -> Iterable[str]:
        signature = arrange_signature(paragraphs)
        rows = zip(signature.signatories, signature.signatories_right, strict=True)
        for at, (signatory, right) in enumerate(rows):
            gap = _EMPTY_LINE if at == 0 else ""
            properties = gap + indent_xml(self._lang, right=right)
            yield paragraph_xml("Signatory", runs_xml(signatory.runs), properties)
        indent = indent_xml(self._lang, right=signature.date_right)
        yield paragraph_xml("IssueDate", runs_xml(signature.date.runs), indent)

    def _styled_paragraph_xml(self, style: str, block: ParagraphBlock) -> str:
        align = align_xml(block.align) if style == "AnnexText" else ""
        place = (_KEEP if block.keep else "") + self._pop_pending_page_break()
        return paragraph_xml(style, runs_xml(block.runs), place + align)

    def _pop_pending_page_break(self) -> str:
        breaks, self._breaks = self._breaks, False
        return _BREAK if breaks else ""

    def _embed_picture_xml(self, picture: PictureBlock) -> str:
        try:
            relation, image = self._part.get_or_add_image(io.BytesIO(picture.data))
        except UnrecognizedImageError:
            return runs_xml([TextRun(picture.alternative)])
        self._pictures += 1
        width = picture.width or _THUMBNAIL
        height = width * image.px_height / max(image.px_width, 1)
        shrink = _compute_picture_scale(width, height, self._page)
        size = (round(side * shrink * EMU_PER_MM) for side in (width, height))
        return picture_xml(self._pictures, relation, picture.alternative, *size)


def _compute_picture_scale(width: float, height: float, page: PageSetup) -> float:
    """Return by what a picture must be multiplied to stand on a page below a heading."""
    return min(1, page.text_width / width, 0.9 * page.text_height / max(height, 1))


def _paragraph_style(block: ParagraphBlock) -> str:
    if block.role in _STYLE_OF_ROLE:
        return _STYLE_OF_ROLE[block.role]
    is_small = all(run.small for run in block.runs)
    return "Addressee" if block.in_letter and not is_small else "AnnexText"
