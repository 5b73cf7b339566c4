"""Blocks as the text of a page in HTML, from which the child sets a PDF; everything is escaped.

`block_parser` reads the same HTML back as the same blocks.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from math import ceil
from typing import Final

from assess.report.content.charts.drawing import estimate_width
from assess.report.content.charts.svg import SvgElement
from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    ParagraphBlock,
    PictureBlock,
    Role,
    TableBlock,
    TableCell,
    TextRun,
)
from assess.report.export.word.arrange import PageRun, split_into_sections

PagePart = str | SvgElement
"""A piece of HTML, or a drawing, which gets its font in the child."""

_GROUPS: Final[dict[Role, tuple[str, str]]] = {
    "organ": ('<div class="redhead">', "</div>"),
    "annex-list": ('<div class="annexes">', "</div>"),
    "signed": ('<div class="closing signed"><div class="who">', "</div></div>"),
}
"""What stands around neighbours of a role."""

_IMPRINT_LINE: Final = 27
"""Chinese characters of a line of the imprint, of 14 points in 156 mm."""

_IMPRINT_PITCH: Final = 22
"""Points from line to line there."""

_CLASSES: Final[dict[Role, str]] = {
    "body": "text",
    "subtitle": "under",
    "organ": "organ",
    "document-number": "document-number",
    "contact": "contact",
    "caution": "caution",
}
"""The classes of a paragraph alone; `ROLE_OF_CLASS` of `block_parser` is the other direction."""


def make_page_parts(blocks: Iterable[Block]) -> tuple[PagePart, ...]:
    """Return the text of a page; neighbouring pieces of HTML are joined."""
    parts: list[PagePart] = []
    markup: list[str] = []
    for piece in _write_pages(blocks):
        if isinstance(piece, str):
            markup.append(piece)
        else:
            parts += ["".join(markup), piece]
            markup.clear()
    return (*parts, "".join(markup))


def _write_pages(blocks: Iterable[Block]) -> Iterator[PagePart]:
    for section in split_into_sections(blocks):
        for run in section.runs:
            yield from _write_run(run)


def _write_run(run: PageRun) -> Iterator[PagePart]:
    yield f'<div class="run{" grid landscape" if run.landscape else ""}">'
    for in_letter, group in groupby(run.blocks, _is_in_letter):
        yield '<div class="letter">' if in_letter else '<div class="part">'
        for opening, blocks in groupby(group, _group_of_block):
            if opening == "imprint":
                yield _write_imprint([row for row in blocks if isinstance(row, ParagraphBlock)])
                continue
            before, after = _GROUPS.get(opening, ("", "")) if opening else ("", "")
            yield before
            for block in blocks:
                yield from _write_block(block)
            yield after
        yield "</div>\n"
    yield "</div>\n"


def _is_in_letter(block: Block) -> bool:
    return isinstance(block, HeadingBlock | ParagraphBlock) and block.in_letter


def _group_of_block(block: Block) -> Role | None:
    """Return the role that a block shares an element with; that of the red head has two roles."""
    role = block.role if isinstance(block, ParagraphBlock) else "plain"
    if role == "document-number":
        return "organ"
    return role if role in _GROUPS or role == "imprint" else None


def _write_imprint(paragraphs: Sequence[ParagraphBlock]) -> str:
    """Return who gets copies, and in a line below who issues the document and when it is printed.

    It stands at the foot of the last page; above it there is room for as many lines as it has.
    """
    *copies, issuer, printed = (_write_runs(paragraph.runs) for paragraph in paragraphs)
    lines = [ceil(estimate_width(text) / _IMPRINT_LINE) for text in copies]
    height = (sum(lines) + 2) * _IMPRINT_PITCH
    names = "".join(f'<p class="copies">{text}</p>' for text in copies)
    return (
        f'<div class="imprint-room" style="height: {height}pt"></div>'
        f'<div class="imprint">{names}'
        f'<div class="printed"><p>{issuer}</p><p>{printed}</p></div></div>'
    )


def _write_block(block: Block) -> Iterator[PagePart]:
    if isinstance(block, HeadingBlock):
        yield _write_heading(block)
    elif isinstance(block, ParagraphBlock):
        yield _write_paragraph(block)
    elif isinstance(block, PictureBlock):
        yield '<div class="chart">'
        yield _write_picture(block)
        yield "</div>\n"
    elif isinstance(block, TableBlock):
        yield from _write_table(block)


def _write_heading(block: HeadingBlock) -> str:
    level = min(block.level, 6)
    if not block.annex:
        return f"<h{level}>{_write_runs(block.runs, is_bold=True)}</h{level}>\n"
    number, _newline, title = "".join(run.text for run in block.runs).partition("\n")
    mark = f'<span class="annex-mark">{escape(number)}</span>'
    name = f'<span class="annex-title">{escape(title)}</span>'
    return f'<h{level} class="annex">{mark}{name}</h{level}>\n'


def _write_paragraph(block: ParagraphBlock) -> str:
    is_small = bool(block.runs) and all(run.small for run in block.runs)
    words = [_CLASSES.get(block.role, ""), "small" if is_small else "", block.align]
    words.append("keep" if block.keep else "")
    classes = " ".join(filter(None, words))
    named = f' class="{classes}"' if classes else ""
    if is_small:
        block = block._replace(runs=tuple(run._replace(small=False) for run in block.runs))
    return f"<p{named}>{_write_runs(block.runs)}</p>\n"


def _write_runs(runs: Iterable[TextRun], *, is_bold: bool = False) -> str:
    return "".join(_write_run_of_text(run, is_bold=is_bold) for run in runs)


def _write_run_of_text(run: TextRun, *, is_bold: bool) -> str:
    text = escape(run.text).replace("\n", "<br>")
    if run.small:
        text = f'<span class="small">{text}</span>'
    return f"<b>{text}</b>" if run.bold and not is_bold else text


def _write_picture(block: PictureBlock) -> PagePart:
    if block.drawing is not None:
        return block.drawing
    source = f"data:image/png;base64,{b64encode(block.data).decode()}"
    return f'<img src="{source}" alt="{escape(block.alternative)}">'


def _write_table(block: TableBlock) -> Iterator[PagePart]:
    size = f' style="font-size: {block.size:g}pt"' if block.size else ""
    yield f'<table class="rows"{size}>'
    if block.widths:
        whole = sum(block.widths)
        columns = (f'<col style="width: {width * 100 / whole:.3g}%">' for width in block.widths)
        yield f"<colgroup>{''.join(columns)}</colgroup>"
    yield "<thead>"
    for row in block.rows[: block.heads]:
        yield from _write_row(row)
    yield "</thead>\n<tbody>"
    for row in block.rows[block.heads :]:
        yield from _write_row(row)
    yield "</tbody></table>\n"


def _write_row(row: Sequence[TableCell]) -> Iterator[PagePart]:
    yield "<tr>"
    for cell in row:
        tag = "th" if cell.head else "td"
        reach = f' colspan="{cell.span}"' if cell.span > 1 else ""
        reach += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        yield f"<{tag}{reach}>"
        for part in cell.parts:
            if isinstance(part, PictureBlock):
                yield _write_picture(part)
            else:
                yield _write_paragraph(part)
        yield f"</{tag}>"
    yield "</tr>\n"
