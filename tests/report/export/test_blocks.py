"""HTML becomes blocks, and blocks Markdown: text as it reads, nothing obeyed."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from assess.report.export.block_parser import parse_blocks
from assess.report.export.blocks import (
    HeadingBlock,
    PageStart,
    ParagraphBlock,
    PictureBlock,
    TableBlock,
    TableCell,
    TextRun,
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


STYLE = """<head><style>/* .x { break-before: page } */
@page wide { size: A4 landscape; @top-left { content: none } }
.cover, .annex { break-after: page } .turned { page: wide } h2.annex { break-before: page }
.cover p { text-align: center } .flag::before { content: "▲ " } .mark { display: block }
p:first-child { break-before: page } .x > p { text-align: right } html[lang=en] p { page: wide }
</style></head>"""


def test_pages_start_where_the_styles_say_so() -> None:
    """Breaks before and after, and another kind of page, are kept; the first page needs none."""
    html = f'{STYLE}<div class="cover"><p>a</p></div><p>b</p><h2 class="annex">c</h2><p>d</p>'
    html += '<div class="turned"><p>e</p><p class="x">f</p></div><p>g</p>'
    kinds = [one if isinstance(one, PageStart) else "" for one in parse_blocks(html)]
    new, turned = PageStart(), PageStart(landscape=True)
    assert kinds == ["", new, "", new, "", new, "", turned, "", "", new, ""]


def test_a_landscape_document_says_so_first() -> None:
    """A page that is landscape from the beginning begins with the word of it."""
    html = "<style>@page { margin: 0; size: A4 landscape }</style><p>a</p>"
    assert parse_blocks(html) == [PageStart(landscape=True), ParagraphBlock((TextRun("a"),))]


def test_alignment_signs_and_lines_of_the_styles() -> None:
    """Alignment is inherited, generated signs are text, a span of its own line ends in a break."""
    html = f'{STYLE}<div class="cover"><p class="flag">a</p></div>'
    html += '<h2 class="annex"><span class="mark">1</span> <span>t</span></h2>'
    assert parse_blocks(html)[::2] == [
        ParagraphBlock((TextRun("▲ a"),), align="center"),
        HeadingBlock(2, (TextRun("1\nt"),), annex=True),
    ]


def test_rules_with_other_selectors_have_no_effect() -> None:
    """Children, attributes and positions are not understood: such a rule changes nothing."""
    html = f'{STYLE}<html lang="en"><div class="x"><p>a</p></div><p>b</p></html>'
    assert parse_blocks(html) == [ParagraphBlock((TextRun(one),)) for one in "ab"]


def test_the_more_special_rule_wins() -> None:
    """Of two rules the one with more classes counts, of equals the last."""
    html = "<style>.a .b { text-align: right } .b { text-align: center } p { text-align: left }"
    html += '.c { text-align: left } .c { text-align: right }</style><div class="a">'
    html += '<p class="b">1</p></div><p class="b">2</p><p class="c">3</p><p>4</p>'
    found = [one.align for one in parse_blocks(html) if isinstance(one, ParagraphBlock)]
    assert found == ["right", "center", "right", "left"]


def test_roles_of_paragraphs() -> None:
    """The innermost class that names one counts; what stands in a letter knows it."""
    html = '<div class="letter"><p class="text">a</p><p>b</p><div class="closing"><p>c</p>'
    html += '<div class="code"><p>d</p></div></div>'
    html += '<table class="ledger"><tr><td>e</td></tr></table>'
    found = parse_blocks(f"{html}</div><p>f</p>")
    roles = [
        (one.role, one.in_letter) if isinstance(one, ParagraphBlock) else one.ledger
        for one in found
        if isinstance(one, ParagraphBlock | TableBlock)
    ]
    letter = [("body", True), ("plain", True), ("signed", True), ("code", True)]
    assert roles == [*letter, True, ("plain", False)]


def test_cells_that_reach_down() -> None:
    """A cell over several rows says over how many; nonsense counts as one."""
    html = '<table><tr><td rowspan="2">a</td><td colspan="0">b</td></tr><tr><td rowspan="x">c'
    found = parse_blocks(f"{html}</td></tr></table>")
    assert isinstance(found[0], TableBlock)
    assert [[(one.rows, one.span) for one in row] for row in found[0].rows] == [
        [(2, 1), (1, 1)],
        [(1, 1)],
    ]


@pytest.mark.parametrize("part", ["/*", "@page", "p {", "a", "}", '"', "<p>", "<style>", "{"])
def test_styles_of_strangers_end_soon(part: str) -> None:
    """However long and broken the styles are, reading them takes time in proportion."""
    for html in (f"<style>{part * 100_000}</style><p>x</p>", part * 5_000):
        parse_blocks(html)
