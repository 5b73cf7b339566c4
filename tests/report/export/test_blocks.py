"""HTML becomes blocks, and blocks Markdown: text as it reads, nothing obeyed."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from assess.report.export.blocks import (
    HeadingBlock,
    ParagraphBlock,
    PictureBlock,
    TableBlock,
    TableCell,
    TextRun,
    parse_blocks,
)
from assess.report.export.markdown import format_markdown


def test_headings_paragraphs_and_breaks() -> None:
    """Levels, bold runs and line breaks inside a text are kept; white space of the page is not."""
    html = "<body>\n<h2>一、<b>甲</b></h2>\n<p>\n first\nsecond <b>bold</b>\n</p><div>x<br>y</div>"
    assert parse_blocks(html) == [
        HeadingBlock(2, (TextRun("一、"), TextRun("甲", True))),
        ParagraphBlock((TextRun("first\nsecond "), TextRun("bold", True))),
        ParagraphBlock((TextRun("x\ny"),)),
    ]


def test_what_is_not_read_is_left_out() -> None:
    """Styles, scripts and running heads are; a chart is told by its title."""
    html = (
        "<head><title>t</title><style>p{}</style></head><script>x</script>"
        '<div data-running="head">every page<p>p</p></div>'
        "<svg><title>bars</title><text>71</text></svg><p>left</p>"
    )
    assert parse_blocks(html) == [
        ParagraphBlock((TextRun("bars"),)),
        ParagraphBlock((TextRun("left"),)),
    ]


def test_tables() -> None:
    """Heads, widths and reach of the cells are kept; headings in a cell are text of it."""
    html = (
        '<table><colgroup><col style="width: 30%"><col></colgroup><thead><tr><th>a</th><th>b</th>'
        '</tr></thead><tbody><tr><td colspan="2"><p>1</p><h4>2</h4></td></tr></tbody></table>'
    )
    head = tuple(TableCell((ParagraphBlock((TextRun(one, True),)),), 1, True) for one in "ab")
    cell = TableCell((ParagraphBlock((TextRun("1"),)), ParagraphBlock((TextRun("2"),))), 2)
    assert parse_blocks(html) == [TableBlock((head, (cell,)), 1, (30.0, 0))]
    assert format_markdown(parse_blocks(html)) == "| a | b |\n| --- | --- |\n| 1<br>2 |  |\n"


def test_tables_without_a_head_get_an_empty_one() -> None:
    """Markdown knows no table without one."""
    html = "<table><tr><th>k</th><td>v</td></tr></table>"
    assert format_markdown(parse_blocks(html)) == "|  |  |\n| --- | --- |\n| k | v |\n"


def test_pictures() -> None:
    """A picture comes from inside the page, or not at all."""
    data = base64.b64encode(b"jpeg").decode()
    html = f'<img src="data:image/jpeg;base64,{data}" alt="a proof"><img src="x.png">'
    html += '<img src=";base64,?">'
    assert parse_blocks(html) == [PictureBlock(b"jpeg", "a proof")]
    assert format_markdown(parse_blocks(html)) == "\\[a proof\\]\n"
    inside = parse_blocks(f"<table><tr><td>{html}</td></tr></table>")
    assert format_markdown(inside) == "|  |\n| --- |\n| a proof |\n"


def test_markdown_means_what_the_text_says() -> None:
    """Signs of Markdown in a text are escaped, also at the beginning of a line."""
    html = "<p>- a *b* |c| &lt;i&gt; # 1. </p><h1>x <b>y </b>z</h1>"
    assert format_markdown(parse_blocks(html)) == (
        "\\- a \\*b\\* \\|c\\| \\<i\\> \\# 1.\n\n# x **y** z\n"
    )


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("a<br>---", "a  \n\\---"),
        ("a<br>===", "a  \n\\==="),
        ("1. x<br>2) y", "1\\. x  \n2\\) y"),
        ("+ a", "\\+ a"),
        ("1.5 x", "1.5 x"),
    ],
)
def test_lines_of_a_text_are_lines_of_it(html: str, wanted: str) -> None:
    """No line of a note becomes a heading, a list or a block of code."""
    assert format_markdown(parse_blocks(f"<p>{html}</p>")) == wanted + "\n"
    pre = [ParagraphBlock((TextRun("a\n    b"),))]
    assert format_markdown(pre) == "a  \nb\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_is_lost(text: str) -> None:
    """What a template escapes comes out as the text it was."""
    (wanted,) = [text.strip()] if text.strip() else [""]
    found = parse_blocks(f"<p>{escape(text)}</p>")
    said = "".join(run.text for one in found if isinstance(one, ParagraphBlock) for run in one.runs)
    assert said.split() == wanted.split()
