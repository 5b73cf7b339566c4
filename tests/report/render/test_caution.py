"""What the program says on each page stands there whatever the template."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest
import tinyhtml5
from msgspec.structs import replace
from pypdf import PdfReader

from assess.i18n import Lang
from assess.report.content.view.base import CautionView, ReservationView
from assess.report.render.caution import insert_caution, insert_caution_into_html
from assess.report.render.caution_check import find_hidden_caution
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.render import render_report
from report import factory, read_pdf

CAUTION = CautionView(
    title="保留事项",
    reservations=(ReservationView(id="date", short="日期", text="本文书的日期早于其历史。"),),
    foot="保留事项（见首页）：日期",
    notes=("另有一句说明。",),
)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>a</p>", "<body><i />!<p>a</p></body>"),
        ("a", "<body><i />!a</body>"),
        ("", "<body><i />!</body>"),
        ("<title>t</title><h1>a</h1>", "<body><i />!<h1>a</h1></body>"),
        ("<title><body><p></title><h1>a</h1>", "<body><i />!<h1>a</h1></body>"),
        ("<!-- <body> --><body><h1>a</h1>", "<body><i />!<h1>a</h1></body>"),
        ("<br data-running><p>a</p>", '<body><br data-running="" /><i />!<p>a</p></body>'),
        (
            '<div data-running="foot"><div>x</div></div>b<section>c<p>a</p></section>',
            (
                '<body><div data-running="foot"><div>x</div></div><i />!b'
                "<section>c<p>a</p></section></body>"
            ),
        ),
        (
            "<body><style>p{}</style><section>c<p>a</p></section>",
            "<body><style>p{}</style><section><i />!c<p>a</p></section></body>",
        ),
        ("<frameset><frame></frameset>", "<body><i />!</body>"),
    ],
)
def test_it_is_the_first_thing_of_the_text(page: str, shown: str) -> None:
    """Before the first text, in the first container, after heads and feet; in the parsed page."""
    root = tinyhtml5.parse(page, namespace_html_elements=False)
    styles = insert_caution(root, "<style>i{}</style><i></i>!")
    assert styles == "i{}"
    body = root.find("body")
    assert body is not None
    for element in root.iter():
        element.attrib.pop("data-caution-around", None)
    assert tostring(body, encoding="unicode").replace("<i />", "<i />!") == shown


def test_a_web_page_has_it_too() -> None:
    """With its styles in the head; drawings keep their links, and signs are escaped."""
    page = '<title>a &lt; b</title><p>x &amp; y<br><svg><use xlink:href="#a"></use></svg>'
    whole = insert_caution_into_html(page, "<style>i > b {}</style><i>!</i>")
    assert whole.startswith("<!doctype html>\n<html")
    assert "<style>i > b {}</style></head>" in whole
    assert '<i>!</i><p>x &amp; y<br><svg><use xlink:href="#a"></use></svg></p>' in whole
    assert "<title>a &lt; b</title>" in whole


def render_own_pdf(
    folder: Path, page: str, caution: CautionView = CAUTION, lang: Lang = "zh"
) -> bytes:
    """Return a document that a template of a workspace makes."""
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own/main.html").write_text(page, "utf-8")
    inputs = factory.inputs("workforce", template="own", lang=lang)
    job = factory.job(inputs, folders=(str(folder),))
    job = replace(job, view=replace(job.view, caution=caution))
    pdf, _pages = render_report(job, lambda _progress: None)
    return pdf


def render_own(folder: Path, page: str, caution: CautionView = CAUTION) -> list[str]:
    """Return the text of each page of such a document."""
    pdf = render_own_pdf(folder, page, caution)
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_template_of_a_workspace_can_not_leave_it_out(tmp_path: Path) -> None:
    """Not by a page without anything, nor by a file of the same name in the workspace."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/caution.html").write_text("", "utf-8")
    text = render_own(tmp_path, "<p>{{ report.title }}</p>")[0]
    assert "本文书的日期早于其历史。" in text
    assert "保留事项（见首页）：日期" in text


BODY = "<h1>报告</h1><p>正文。</p>"


@pytest.mark.parametrize(
    "page",
    [
        f"<title><body><p></title>{BODY}",
        f"<br data-running>{BODY}",
        f"<div data-running>{BODY}</div>{BODY}",
        f"<style>.caution{{display:none!important}}</style>{BODY}",
        f"<style>p{{color:#fff!important;font-size:0!important}}</style>{BODY}",
        f"<style>div{{position:absolute!important;left:-9999px!important}}</style>{BODY}",
        f"<style>body *{{visibility:hidden!important;opacity:0!important}}</style>{BODY}",
        f"<style>@layer a{{p,div{{color:#fff!important;display:none!important}}}}</style>{BODY}",
        f"<style>[data-caution]{{transform:scale(0)!important;clip-path:inset(50%)!important}}</style>{BODY}",
        f"<style>p::before{{content:'并非：'!important}}*{{letter-spacing:-1em!important}}</style>{BODY}",
        f"<style>body{{opacity:0!important;visibility:hidden;overflow:hidden;height:0}}</style>{BODY}",
        f"<style>div{{columns:9!important;max-height:0!important;overflow:hidden!important}}</style>{BODY}",
        f"<style>*{{text-transform:uppercase;direction:rtl!important;font-family:x!important}}</style>{BODY}",
        f"<style>@page{{@bottom-left-corner{{content:none!important}}}}</style>{BODY}",
        f"<style>div{{z-index:9!important;position:absolute;inset:0;background:#fff}}</style>{BODY}",
        "<frameset><frame></frameset>",
    ],
)
def test_what_a_template_tries_does_not_hide_it(tmp_path: Path, page: str) -> None:
    """Tags that are left open, styles that count as important, of a layer, of all elements."""
    text = render_own(tmp_path, page)[0]
    for words in (
        "保留事项",
        "本文书的日期早于其历史。",
        "保留事项（见首页）：日期",
        "另有一句说明。",
    ):
        assert words in text


WHITE = "background:#fff"
TOP = "position:absolute;z-index:99999999999;top:0;left:0"
OVER = f"{TOP};width:700px;height:900px"


@pytest.mark.parametrize(
    "page",
    [
        f"<style>body{{display:none}}</style>{BODY}",
        f"<div hidden>{BODY}</div>",
        f"<div style='display:none'>{BODY}</div>{BODY}",
        f"<div style='position:absolute;left:-300mm'>{BODY}</div>",
        f"<section style='margin-top:-300mm'>{BODY}</section>",
        f"<section style='margin-left:-120mm'>{BODY}</section>",
        f"<style>@page{{margin:-100mm}}</style>{BODY}",
        f"<style>@page{{margin:0}}</style>{BODY}",
        f"<style>@page{{size:9000mm 9000mm}}</style>{BODY}",
        f"<style>@page{{size:20mm 20mm;margin:0}}</style>{BODY}",
        f"<style>@page:first{{size:10mm 10mm;margin:0}}</style>{BODY}",
        f"{BODY}<div style='{OVER};{WHITE}'></div>",
        f"<p style='{TOP};margin:0;font-size:300pt'>█</p>{BODY}",
        (
            f"<svg style='{TOP}' width='700' height='700'>"
            f"<rect width='700' height='700' fill='#fff'/></svg>{BODY}"
        ),
        (
            f"<svg style='{TOP}' width='700' height='700'>"
            f"<path d='M0 50H700' stroke='#fff' stroke-width='300'/></svg>{BODY}"
        ),
        f"{BODY}<div style='{OVER};opacity:.9;{WHITE}'>",
        (f"{BODY}<div style='{OVER};background:linear-gradient(#fff,#fff)'></div>"),
        f"<style>@page{{@top-left{{content:'█';font-size:900pt;vertical-align:top}}}}</style>{BODY}",
        (
            f"<style>@page{{@left-top{{content:'█';font-size:400pt;transform:translate(50mm,-50mm)}}}}"
            f"</style>{BODY}"
        ),
        f"<style>p::first-letter{{font-size:0!important}}</style>{BODY}",
        "<i style='position:running(caution-foot)'></i><p>1<p style='break-before:page'>2",
        f"{BODY}<i style='position:running(caution-foot)'></i><p style='break-before:page'>2",
        f"<style>@page{{margin-bottom:5mm}}</style>{BODY}",
        (
            f"{BODY}<svg style='{TOP}' width='700' height='700'><path d='M0 50H700' "
            "fill-opacity='0' stroke='#fff' stroke-width='300'/></svg>"
        ),
        (
            f"{BODY}<svg style='{TOP}' width='700' height='700'><text y='100' fill='#fff' "
            "fill-opacity='0' stroke='#fff' stroke-width='400'>██████</text></svg>"
        ),
        (
            f"{BODY}<svg style='{TOP};overflow:visible' width='700' height='700'>"
            "<path d='M-300 48L-200 50L-300 52' fill='none' stroke='#fff' "
            "stroke-width='60' stroke-miterlimit='1000'/></svg>"
        ),
        f"{BODY}<p style='{TOP};margin:0;font-size:300pt;color:#fff;letter-spacing:-2em'>██",
        (
            f"{BODY}<svg style='{TOP}' width='700' height='700'><path d='M0 0H0' "
            "stroke='#fff' stroke-opacity='0'/><g opacity='.9'><path d='M0 50H700' "
            "stroke='#fff' stroke-width='300'/></g></svg>"
        ),
        f"<style>[data-running]{{line-height:0}}@page{{bleed:-30mm}}</style>{BODY}",
    ],
)
def test_what_hides_it_none_the_less_is_refused(tmp_path: Path, page: str) -> None:
    """Elements around it, pages, and what is drawn over it: the finished page is read back."""
    with pytest.raises(RenderRefusedError, match=r"^page \d+ does not show|^第 \d+ 页没有"):
        render_own(tmp_path, page)


@pytest.mark.parametrize(
    "page",
    [
        f"<style>@page{{border:3pt double #000;@top-center{{content:'x'}}}}</style>{BODY}",
        (
            f"<svg style='{TOP}' width='600' height='900'>"
            f"<rect width='600' height='900' fill='none' stroke='#000'/></svg>{BODY}"
        ),
        f"{BODY}<div style='{OVER};border:2pt solid'></div>",
        f"{BODY}<p style='position:absolute;top:0;font-size:90pt;color:rgba(0,0,0,.09)'>草稿",
        f"<section style='page:w'>{BODY}</section><style>@page w{{size:A3 landscape}}</style>",
        f"{BODY}<p style='opacity:.8'>1</p><p style='transform:rotate(3deg)'>2",
    ],
)
def test_what_hides_nothing_is_not_refused(tmp_path: Path, page: str) -> None:
    """Frames around the page, watermarks, pages of other sizes, what is transparent elsewhere."""
    assert "本文书的日期早于其历史。" in render_own(tmp_path, page)[0]


@pytest.mark.parametrize("place", ["html{", "@page{"])
def test_it_stands_on_white(tmp_path: Path, place: str) -> None:
    """The foot, too, where the template makes the page black."""
    page = f"<style>{place}background:#000}}</style>{BODY}<p style='break-before:page'>2"
    for text in render_own(tmp_path, page):
        assert "保留事项（见首页）：日期" in text


def test_black_on_black_does_not_show(tmp_path: Path) -> None:
    """What the page has beneath a text counts as much as what lies over it."""
    page = f"<p style='color:#000;background:#000'>黑底黑字</p><p>白底黑字</p>{BODY}"
    pdf = render_own_pdf(tmp_path, page, CAUTION)
    for words, place in (("黑底黑字", (1, "黑底黑字")), ("白底黑字", None)):
        assert find_hidden_caution(pdf, CautionView(title="", notes=(words,))) == place


def test_many_reservations_may_go_on_on_the_next_page(tmp_path: Path) -> None:
    """Each stands whole on one page."""
    texts = [f"第{number}条保留事项，写得很长。" * 20 for number in range(12)]
    reservations = tuple(ReservationView(id="date", short="日期", text=text) for text in texts)
    pages = render_own(tmp_path, BODY, replace(CAUTION, reservations=reservations))
    assert "第 11 条" not in pages[0]
    assert "第 11 条" in pages[1]


def test_a_template_brings_no_font(tmp_path: Path) -> None:
    """Under the name of a font of the machine it would set the box in signs of its own."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own/x.png").write_bytes(b"\0\1\0\0" + bytes(100))
    page = f"<style>@font-face{{font-family:x;src:url(x.png)}} p{{font-family:x}}</style>{BODY}"
    with pytest.raises(RenderRefusedError, match=r"own/x\.png"):
        render_own(tmp_path, page)


def test_a_foot_of_two_lines_stands_whole_on_every_page(tmp_path: Path) -> None:
    """Many reservations, in English above all, make a line that is longer than the page is wide."""
    words = [f"the reservation of number {number}" for number in range(7)]
    caution = replace(CAUTION, foot=f"Reservations (see the first page): {', '.join(words)}")
    pages = render_own(tmp_path, f"{BODY}<p style='break-before:page'>2", caution)
    assert [page.count("number 6") for page in pages] == [1, 1]


@pytest.mark.parametrize(("lang", "is_wide"), [("zh", True), ("en", False)])
def test_quotation_marks_are_those_of_the_language(
    tmp_path: Path, lang: Lang, *, is_wide: bool
) -> None:
    """They are as wide as a character in Chinese, and narrow in English, whatever the template."""
    notes = ("“" * 20,)
    pdf = render_own_pdf(tmp_path, BODY, replace(CAUTION, notes=notes), lang)
    marks = [word for word in read_pdf.pages(pdf)[0] if "“" in word.text]
    width = max(mark.right for mark in marks) - min(mark.left for mark in marks)
    assert (width > 20 * 9) is is_wide
