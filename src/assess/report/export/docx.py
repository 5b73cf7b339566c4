"""Blocks as a Word document, for those who must edit: page and type as the PDF has them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assess.report.content.view.model import Report
from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    ParagraphBlock,
    PictureBlock,
    TableBlock,
    TableCell,
    TextRun,
)

_BODY, _HEADING = "仿宋", "黑体"
_LATIN = "Times New Roman"
_PICTURE = 38
"""Millimetres of a thumbnail's width."""

_SIZES = {1: 22, 2: 16, 3: 14, 4: 12, 5: 10.5, 6: 10.5}
_CELL = 10.5
_MARGINS = (37, 26, 35, 28)
"""Top, right, bottom, left, in millimetres (GB/T 9704-2012)."""


def write_docx(
    blocks: Iterable[Block], report: Report, moment: datetime, *, landscape: bool
) -> bytes:
    """Return the document; the same bytes each time."""
    document = Document()
    _set_page_size(document, landscape=landscape)
    _set_styles(document, report)
    _write_header_and_footer(document, report)
    if report.draft:
        document.add_paragraph().add_run(report.label["draft_cover"]).bold = True
    for block in blocks:
        _add_block(document, block)
    facts = document.core_properties
    facts.title, facts.author = report.title, report.organization
    facts.comments, facts.language = report.unclassified, report.lang
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


def _set_page_size(document: Any, *, landscape: bool) -> None:
    section = document.sections[0]
    size = (297, 210) if landscape else (210, 297)
    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    # A page that is turned takes its margins with it.
    top, right, bottom, left = (28, 35, 26, 37) if landscape else _MARGINS
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)


def _set_styles(document: Any, report: Report) -> None:
    _set_font(document.styles["Normal"], _BODY, 12 if report.lang == "zh" else 11)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for level, size in _SIZES.items():
        style = document.styles[f"Heading {level}"]
        _set_font(style, _HEADING, size)
        style.font.color.rgb = None
        style.font.bold = level == 1
        style.font.italic = False


def _set_font(style: Any, family: str, size: float) -> None:
    style.font.name, style.font.size = _LATIN, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), family)


def _write_header_and_footer(document: Any, report: Report) -> None:
    """Write the header (unclassified) and the footer (digest and page number)."""
    section = document.sections[0]
    top = section.header.paragraphs[0]
    mark = f"{report.label['draft']} " if report.draft else ""
    parts = (f"{mark}{report.classification}", report.marking)
    top.text = report.label["gap"].join(part for part in parts if part)
    foot = section.footer.paragraphs[0]
    foot.text = f"{report.label['digest']} {report.digest}\t\t"
    start, middle, end = _split_at_placeholders(report.label["page"])
    foot.add_run(start)
    _add_field_code(foot, "PAGE")
    foot.add_run(middle)
    _add_field_code(foot, "NUMPAGES")
    foot.add_run(end)


def _split_at_placeholders(text: str) -> tuple[str, str, str]:
    start, _, rest = text.partition("{page}")
    middle, _, end = rest.partition("{pages}")
    return start, middle, end


def _add_field_code(paragraph: Any, code: str) -> None:
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), code)
    paragraph._p.append(element)  # noqa: SLF001  # python-docx has no fields


def _add_block(document: Any, block: Block) -> None:
    if isinstance(block, HeadingBlock):
        _add_runs(document.add_heading(level=block.level), block.runs)
    elif isinstance(block, ParagraphBlock):
        _add_runs(document.add_paragraph(), block.runs)
    elif isinstance(block, PictureBlock):
        _add_picture(document.add_paragraph(), block)
    else:
        _add_table(document, block)


def _add_runs(paragraph: Any, runs: Sequence[TextRun], size: float | None = None) -> None:
    for run in runs:
        for at, text in enumerate(run.text.split("\n")):
            made = paragraph.add_run()
            if at:
                made.add_break(WD_BREAK.LINE)
            made.add_text(text)
            made.bold = run.bold or None
            if size is not None:
                made.font.size = Pt(size)


def _add_picture(paragraph: Any, picture: PictureBlock) -> None:
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.data), width=Mm(_PICTURE))
    shape._inline.docPr.set("descr", picture.alternative)  # noqa: SLF001  # the same for alternatives


def _add_table(document: Any, table: TableBlock) -> None:
    column_count = max(sum(cell.span for cell in row) for row in table.rows)
    word_table = document.add_table(rows=len(table.rows), cols=column_count)
    word_table.style, word_table.autofit = "Table Grid", False
    text_width = _page_text_width(document)
    shares = (
        table.widths
        if len(table.widths) == column_count and all(table.widths)
        else [100 / column_count] * column_count
    )
    for column, share in zip(word_table.columns, shares, strict=True):
        column.width = int(text_width * share / 100)
    for at, row in enumerate(table.rows):
        target = word_table.rows[at]
        _set_row_properties(target, repeated=at < table.heads)
        cells, left = target.cells, 0
        for cell in row:
            _fill_cell(cells[left], cell)
            if cell.span > 1:
                cells[left].merge(cells[left + cell.span - 1])
            left += cell.span
    document.add_paragraph()


def _page_text_width(document: Any) -> int:
    section = document.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _set_row_properties(row: Any, *, repeated: bool) -> None:
    """Keep a row on one page, and repeat head rows on each page."""
    rules = row._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has neither rule
    rules.append(OxmlElement("w:cantSplit"))
    if repeated:
        rules.append(OxmlElement("w:tblHeader"))


def _fill_cell(target: Any, cell: TableCell) -> None:
    for at, part in enumerate(cell.parts):
        paragraph = target.add_paragraph() if at else target.paragraphs[0]
        if isinstance(part, PictureBlock):
            _add_picture(paragraph, part)
        else:
            _add_runs(paragraph, part.runs, _CELL)
