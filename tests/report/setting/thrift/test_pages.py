"""A page that was painted at once is the page that WeasyPrint would have painted at the end."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from importlib.resources import files
from typing import Any
from urllib.parse import quote_from_bytes

import pikepdf
import pytest
import weasyprint
from PIL import Image

from assess.report.setting.thrift.pages import paint_at_once

pytestmark = pytest.mark.usefixtures("untouched")

STYLE = """
<style>
@page { size: 9cm 8cm; margin: 2cm 1cm;
  @top-left { content: element(head) } @bottom-right { content: counter(page) "/" counter(pages) } }
.head { position: running(head) }
body { background: #eef }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #00f }
.box { opacity: .9999999999; border: 2px dashed rgb(10 20 30 / 50%); border-radius: 3px }
.over { position: absolute; top: 1mm; right: 1mm; text-decoration: underline }
</style>
"""
ROWS = "".join(
    f"<tr><th scope=row>row {at}<td>cell<td><a href='#end'>to the end</a>" for at in range(9)
)
BODY = f"""
<div class=head>head</div>
words in no <b>paragraph</b>
<h1 id=begin>One <i>title</i></h1>
<ol><li>first<li>second<ul><li>inner</ul></ol>
<h2 style="font-size: 40px">Words that run over a page, {"so many " * 9}</h2>
<div style="position: relative"><p class=over>over</p><p>under it, 中文</p></div>
<table><thead><tr><th>a<th colspan=2>b<tbody>{ROWS}</table>
<p>noted<span style="float: footnote">the note</span></p>
<p id=end><a href="https://example.org/">away</a> <a href="#begin">back</a></p>
"""

SHADED = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><linearGradient id='g'>"
    "<stop stop-color='red'/><stop offset='1'/></linearGradient>"
    "<rect fill='url(#g)' width='9' height='9'/></svg>"
)
MARK = "data:image/svg+xml;base64," + base64.b64encode(SHADED.encode()).decode()
FIXED = "<b style='position: fixed; top: 0'>everywhere</b>"
PROFILE = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
COLOURED = (
    f"<style>@color-profile --own {{ src: url(data:,{quote_from_bytes(PROFILE)});"
    f" components: r, g, b }} p {{ color: color(--own 1 0 0) }}</style>"
)


def picture() -> str:
    """Return an image as a URL."""
    held = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(held, "PNG")
    return "data:image/png;base64," + base64.b64encode(held.getvalue()).decode()


def drawing(inside: str) -> str:
    """Return a drawing with something in it."""
    return f'<svg xmlns="http://www.w3.org/2000/svg"><title>s</title>{inside}</svg>'


def told(value: Any, seen: dict[Any, int]) -> Iterator[str]:
    """Yield all that can be reached from a value of a PDF.

    The numbers of objects, and the order in which a font lists its characters, follow from what is
    painted first.
    """
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            yield f"again {seen[value.objgen]}"
            return
        seen[value.objgen] = len(seen)
    if isinstance(value, pikepdf.Stream):
        data = value.read_bytes()
        yield repr(sorted(data.splitlines()) if b"beginbfchar" in data else data)
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for name in sorted(value.keys()):
            if name not in ("/Length", "/Filter"):
                yield name
                yield from told(value[name], seen)
    elif isinstance(value, pikepdf.Array):
        yield "["
        for one in value:
            yield from told(one, seen)
        yield "]"
    else:
        yield str(value)


def set_both_ways(html: str, **options: Any) -> tuple[list[str], list[str], int]:
    """Return what a PDF holds as the library makes it, and painted at once; how many pages were."""
    options = {"pdf_variant": "pdf/a-3a", "pdf_identifier": b"x"} | options
    found = []
    painted = 0
    for pages_at_once in (False, True):
        if pages_at_once:
            paint_at_once()
        made = weasyprint.HTML(string=f"<html lang=en>{STYLE}{html}").render(**options)
        if pages_at_once:
            painted = sum(hasattr(one._page_box.children[0], "painted") for one in made.pages)
        with pikepdf.open(io.BytesIO(made.write_pdf(**options))) as pdf:
            found.append(list(told(pdf.Root, {})))
    return found[0], found[1], painted


def test_all_that_a_page_has_comes_out_the_same() -> None:
    """Text, lines, notes, structure tree, links, bookmarks, backgrounds, in the same place."""
    before, after, painted = set_both_ways(BODY)

    assert painted > 3
    assert after == before


@pytest.mark.parametrize(
    "part",
    [
        f'<img alt=red src="{picture()}">',
        drawing("<rect width=9 height=9 />"),
        drawing(f'<image href="{picture()}" />'),
        "<img alt=gone>",
        "<p style='opacity: .5'>half seen</p>",
        "<p style='background: linear-gradient(red, blue)'>coloured</p>",
        "<p style='mix-blend-mode: multiply'>mixed</p>",
        "<form><label>name <input name=n></label></form>",
        "<p style='string-set: here content()'>set</p>",
    ],
)
def test_a_page_with_more_than_text_keeps_its_boxes(part: str) -> None:
    """It comes out the same too, and so do the pages before and after."""
    part = f"<div style='break-before: page; break-after: page'>Words: {part}</div>"
    pages = f"{part}{BODY}{part}{BODY}"

    before, after, painted = set_both_ways(pages.replace("id=", "class="), pdf_forms=True)

    assert painted > 6
    assert after == before


@pytest.mark.parametrize("where", ["z-index: -1", "z-index: 1"])
def test_what_is_fixed_stands_on_every_page(where: str) -> None:
    """Nothing is painted before all such boxes are known."""
    before, after, painted = set_both_ways(f"{BODY}<p style='position: fixed; {where}'>fixed</p>")

    assert painted == 0
    assert after == before


def test_a_page_that_refers_to_others_is_made_again() -> None:
    """The number of a later page is not known when the page is first laid out."""
    style = "<style>a[href='#end']::after { content: target-counter(attr(href), page) }</style>"

    before, after, painted = set_both_ways(style + BODY)

    assert painted > 3
    assert after == before


@pytest.mark.parametrize(
    "part",
    [
        "",
        "<p style='position: relative'>at <a style='position: absolute' href='#last'>once</a></p>",
        "<a style='display: block' href='#last'><table><col><tr><td>a</table></a>",
        "<table><caption>of what</caption><tr><td>a</table>",
        f"<p>noted<span style='float: footnote'>{FIXED}</span></p>",
        "<p>noted<i id=a style='float: footnote'>note</i><b id=a>again</b><a href='#a'>there</a>",
        f"<style>i::before {{ content: url({MARK}) }}</style><i>marked</i>",
        f"<style>i {{ border: 5px solid; border-image: url({MARK}) 1 }}</style><i>framed</i>",
        f"<p style='line-clamp: 1; hyphens: auto'>{'extraordinarily ' * 50}<hr style='opacity: 0'>",
        COLOURED,
        "<style>p { break-before: right } body { background: none }</style><p>a</p><p>b</p>",
        "<style>@page { transform: rotate(9deg) }</style>",
        "<style>@page { @left-middle { content: 'under all'; z-index: -1 } }</style>",
        "<style>html { bookmark-level: 1; bookmark-label: 'all'; -weasy-link: url(#last) }</style>",
        "<style>p::first-line, body::first-line { font-weight: bold }</style>words",
        f"<p>\u4e00<img alt=red src='{picture()}'></p><p style='break-before: page'>\u2f00",
    ],
)
def test_whatever_a_template_may_ask_for(part: str) -> None:
    """Each part, before and after text that runs over pages, comes out the same."""
    text = "Some words of text that run on. " * 40

    before, after, _ = set_both_ways(f"{part}<p>{text}</p><p id=last><a href='#last'>last</a>")

    assert after == before


def test_a_document_without_content() -> None:
    """Nothing is drawn, so nothing is added."""
    before, after, _ = set_both_ways("")

    assert after == before


def test_without_tags() -> None:
    """A file without a structure tree can be made of painted pages too."""
    paint_at_once()

    made = weasyprint.HTML(string=STYLE + BODY).write_pdf()

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert len(pdf.pages) > 3
