"""Blocks as HTML: what the page says is read back as the same blocks, and nothing is markup."""

from __future__ import annotations

from assess.report.content.charts.svg import SvgElement
from assess.report.export.block_page import make_page_parts
from assess.report.export.block_parser import parse_blocks
from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    PageStart,
    ParagraphBlock,
    PictureBlock,
    TableBlock,
    TableCell,
    TextRun,
)

HOSTILE = "</p><script>alert(1)</script> & <b>甲</b>"


def line(text: str, **fields: object) -> ParagraphBlock:
    """Return a paragraph."""
    return ParagraphBlock((TextRun(text),), **fields)  # type: ignore[arg-type]  # fields by name


BLOCKS: tuple[Block, ...] = (
    line("示例市青溪区网信办文件", role="organ", in_letter=True),
    line("〔2026〕1号", role="document-number", in_letter=True),
    HeadingBlock(1, (TextRun("关于自查的通报"),), in_letter=True),
    line("各单位：", in_letter=True),
    line(HOSTILE, role="body", in_letter=True),
    HeadingBlock(2, (TextRun("一、情况"),), in_letter=True),
    line("附件：", role="annex-list", in_letter=True),
    line("1. 甲", role="annex-list", in_letter=True),
    line("示例市青溪区网信办", role="signed", in_letter=True),
    line("2026年12月2日", role="signed", in_letter=True),
)
TABLE = TableBlock(
    (
        tuple(
            TableCell((ParagraphBlock((TextRun(title, bold=True),)),), head=True)
            for title in ("名称", "数值")
        ),
        (TableCell((line(HOSTILE),)), TableCell((line("7"),))),
    ),
    1,
    (75, 25),
    size=8.5,
)


def test_a_page_reads_back_as_its_blocks() -> None:
    """Red head, text, annexes and signature; what looks like markup is text."""
    (page,) = make_page_parts(BLOCKS)
    assert isinstance(page, str)
    assert "<script" not in page
    assert parse_blocks(page) == list(BLOCKS)


def test_annexes_tables_and_drawings() -> None:
    """An annex begins a page; a drawing stays a drawing; a picture has its alternative."""
    drawing = SvgElement("svg", {}, (SvgElement("title", {}, ("图",)),))
    blocks = (
        *BLOCKS,
        PageStart(landscape=True),
        HeadingBlock(2, (TextRun("附件1\n报送情况"),), annex=True),
        TABLE,
        PictureBlock(b"", "图", drawing=drawing),
        PictureBlock(b"PNG", "甲<乙"),
    )
    before, shown, after = make_page_parts(blocks)
    assert shown is drawing
    assert isinstance(before, str)
    assert '<div class="run grid landscape">' in before
    assert '<h2 class="annex">' in before
    *_letter, table = parse_blocks(before)
    assert table == TABLE
    assert 'alt="甲&lt;乙"' in str(after)
