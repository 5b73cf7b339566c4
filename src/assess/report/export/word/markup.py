"""Paragraphs, tables, pictures and sections as WordprocessingML; texts are escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from assess.report.export.blocks import (
    ParagraphBlock,
    PictureBlock,
    TableBlock,
    TableCell,
    TextRun,
)

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML can not hold."""

_MANY_COLUMNS = 9
"""Columns from which a table is set small."""

EMU_PER_MM = 36_000
"""English metric units, in which Word measures pictures."""

_NARROW_CELLS = (
    '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
)

_HEADER_ABOVE_TEXT = 12
"""Millimetres from the line at the head of a page to the text."""

_SIGNING_HEIGHT = 567
"""Twips of a row in which somebody signs: 10 mm."""

JUSTIFICATION = {"center": "center", "right": "right", "left": "left", "justify": "both"}

PictureWriter = Callable[[PictureBlock], str]
"""Returns the run that shows a picture, or its alternative where the picture is none."""


class PageSetup(NamedTuple):
    """A page in millimetres: its size and its margins, as GB/T 9704-2012 has them."""

    width: int = 210
    height: int = 297
    top: int = 37
    right: int = 26
    bottom: int = 35
    left: int = 28

    @property
    def text_width(self) -> int:
        """Millimetres of a line."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Millimetres between the margins."""
        return self.height - self.top - self.bottom


PORTRAIT = PageSetup()
LANDSCAPE = PageSetup(297, 210, 28, 35, 26, 37)
"""A page that is turned takes its margins with it."""


def to_twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres / 25.4 * 72 * 20)


def paragraph_xml(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph; `properties` follow its style, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def align_xml(align: str) -> str:
    """Return the alignment of a paragraph that differs from its style; '' for none."""
    return f'<w:jc w:val="{JUSTIFICATION[align]}"/>' if align in JUSTIFICATION else ""


def runs_xml(runs: Iterable[TextRun], *, plain: bool = False, size: float = 0) -> str:
    r"""Return the runs of a paragraph, `\n` and `\t` as breaks and tabs; `plain` drops bold.

    `size` is in points; with 0 it is that of the paragraph's style.
    """
    return "".join(_run_xml(run, bold=run.bold and not plain, size=size) for run in runs)


def _run_xml(run: TextRun, *, bold: bool, size: float) -> str:
    properties = f"{'<w:rStyle w:val=' + quoteattr('SmallText') + '/>' if run.small else ''}"
    properties += "<w:b/>" if bold else ""
    if size:
        properties += f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>'
    text = _UNWRITABLE.sub("", run.text)
    parts = (_run_part_xml(part) for part in re.split(r"([\n\t])", text) if part)
    return f"<w:r><w:rPr>{properties}</w:rPr>{''.join(parts)}</w:r>"


def _run_part_xml(part: str) -> str:
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return marks.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'


def picture_xml(number: int, relation: str, alternative: str, width: int, height: int) -> str:
    """Return a run with a picture; width and height in English metric units."""
    named = f'id="{number}" name="Picture {number}" descr={_quote_attribute(alternative)}'
    return (
        "<w:r><w:drawing><wp:inline distT='0' distB='0' distL='0' distR='0'>"
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {named}/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f"<pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/>"
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _quote_attribute(text: str) -> str:
    return quoteattr(_UNWRITABLE.sub("", text))


def section_xml(references: str, page: PageSetup) -> str:
    """Return the properties of a section: its page, its heads and feet."""
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    sides = " ".join(
        f'w:{side}="{to_twips(getattr(page, side))}"' for side in ("top", "right", "bottom", "left")
    )
    header = to_twips(page.top - _HEADER_ABOVE_TEXT)
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{to_twips(page.width)}" w:h="{to_twips(page.height)}"{turned}/>'
        f'<w:pgMar {sides} w:header="{header}" w:footer="{to_twips(14)}" w:gutter="0"/>'
        "</w:sectPr>"
    )


def table_xml(table: TableBlock, page: PageSetup, write_picture: PictureWriter) -> str:
    """Return a table as wide as the text; rows stay whole, heads are repeated on each page."""
    columns = max(sum(cell.span for cell in row) for row in table.rows)
    widths = _column_widths(table, columns, to_twips(page.text_width))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    height = f'<w:trHeight w:val="{_SIGNING_HEIGHT}" w:hRule="atLeast"/>'
    writer = _TableWriter(widths, write_picture, small=columns >= _MANY_COLUMNS)
    writer.height = height if table.signatures else ""
    writer.size = table.size
    rows = "".join(writer.row_xml(row, head=at < table.heads) for at, row in enumerate(table.rows))
    narrow = _NARROW_CELLS if columns >= _MANY_COLUMNS else ""
    whole = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{narrow}'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{whole}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _column_widths(table: TableBlock, columns: int, whole: int) -> list[int]:
    shares = table.widths if len(table.widths) == columns and all(table.widths) else [1] * columns
    return [round(whole * share / sum(shares)) for share in shares]


class _TableWriter:
    """Writes the rows of a table; knows which cells reach down into the next one."""

    def __init__(self, widths: Sequence[int], write_picture: PictureWriter, *, small: bool) -> None:
        self._widths = widths
        self._write_picture = write_picture
        self._head_style = "TableSmallHead" if small else "TableHead"
        self._text_style = "TableSmall" if small else "TableText"
        self.height = ""
        """The least height of the rows that are no heads."""
        self.size: float = 0
        """Points of type; 0: as the styles of tables have it."""
        self._reaching: dict[int, tuple[int, int]] = {}
        """By column, the rows that the cell above still reaches over, and its columns."""

    def row_xml(self, row: Sequence[TableCell], *, head: bool) -> str:
        """Return a row of the table."""
        cells = []
        left, waiting = 0, list(reversed(row))
        while left < len(self._widths):
            rows, span = self._reaching.pop(left, (0, 0))
            if rows:
                merged = "<w:vMerge/>"
                cells.append(
                    self._cell_xml(left, span, merged, paragraph_xml(self._text_style, ""))
                )
            elif waiting:
                cell = waiting.pop()
                rows, span = cell.rows, min(cell.span, len(self._widths) - left)
                cells.append(self._content_cell_xml(left, cell._replace(span=span), head=head))
            else:
                cells.append(self._cell_xml(left, 1, "", paragraph_xml(self._text_style, "")))
                span = 1
            if rows > 1:
                self._reaching[left] = rows - 1, span
            left += span
        repeated = "<w:tblHeader/>" if head else self.height
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"

    def _content_cell_xml(self, left: int, cell: TableCell, *, head: bool) -> str:
        merged = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        middle = '<w:vAlign w:val="center"/>' if self.height or head else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="EFEFEF"/>' if head else ""
        style = self._head_style if head else self._text_style
        content = "".join(self._cell_part_xml(part, style, cell) for part in cell.parts)
        return self._cell_xml(
            left, cell.span, merged + shade + middle, content or paragraph_xml(style, "")
        )

    def _cell_part_xml(
        self, part: ParagraphBlock | PictureBlock, style: str, cell: TableCell
    ) -> str:
        if isinstance(part, PictureBlock):
            return paragraph_xml("Picture", self._write_picture(part))
        runs = runs_xml(part.runs, plain=cell.head, size=self.size)
        return paragraph_xml(style, runs, align_xml(part.align))

    def _cell_xml(self, left: int, span: int, properties: str, content: str) -> str:
        width = sum(self._widths[left : left + span])
        reach = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{reach}{properties}</w:tcPr>'
            f"{content}</w:tc>"
        )
