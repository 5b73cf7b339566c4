"""Words of the other language are marked, on the page and in the structure tree of the PDF."""

from __future__ import annotations

import io
from typing import Any
from xml.etree.ElementTree import tostring

import pikepdf
import pytest
import weasyprint

from assess.report.render import library_patches
from assess.report.render.languages import mark_words_of_other_language

MANY = "many words " * 4


def marked(body: str, lang: str) -> str:
    """Return the inside of a page's body once its languages are marked."""
    root = weasyprint.HTML(string=f"<html lang={lang}><body>{body}</body>").etree_element
    mark_words_of_other_language(root)
    html = tostring(root.find("body"), encoding="unicode", method="html")
    return html.removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>words only, 12</p>", "<p>words only, 12</p>"),
        ("<p>“未改”，共 3 台。</p>", '<p lang="zh-CN">“未改”，共 3 台。</p>'),
        (
            "<p>Evidence: 台账（2026 年）；no more</p>",
            '<p>Evidence: <span lang="zh-CN">台账（2026 年）；</span>no more</p>',
        ),
        (
            "<p>a <b>甲</b> 乙, <i>c</i></p>",
            '<p>a <b lang="zh-CN">甲</b> <span lang="zh-CN">乙</span>, <i>c</i></p>',
        ),
        (
            f"<p>甲 and {MANY}乙</p>",
            f'<p><span lang="zh-CN">甲</span> and {MANY}<span lang="zh-CN">乙</span></p>',
        ),
        ('<p lang="ja">日本</p>', '<p lang="ja">日本</p>'),
        ('<p lang="zh">已标</p>', '<p lang="zh">已标</p>'),
        ("<textarea>已填</textarea>", "<textarea>已填</textarea>"),
        ("甲", '<span lang="zh-CN">甲</span>'),
    ],
)
def test_chinese_on_an_english_page(body: str, expected: str) -> None:
    """An element that is all Chinese says so itself; else each run is an element."""
    assert marked(body, "en") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>用 IPv6 登录 Open VPN，GB/T 22239</p>", "<p>用 IPv6 登录 Open VPN，GB/T 22239</p>"),
        ("<p>The head of unit.</p>", '<p lang="en">The head of unit.</p>'),
        (
            "<p>登记为 Qingxi Data Bureau，不改</p>",
            '<p>登记为 <span lang="en">Qingxi Data Bureau</span>，不改</p>',
        ),
    ],
)
def test_english_on_a_chinese_page(body: str, expected: str) -> None:
    """Three words are English; fewer are names, which stand in Chinese sentences."""
    assert marked(body, "zh-CN") == expected


def test_a_page_without_a_language_has_nothing_marked() -> None:
    """Which language is the other one is not known."""
    root = weasyprint.HTML(string="<p>甲 and</p>").etree_element

    mark_words_of_other_language(root)

    assert "span" not in tostring(root, encoding="unicode")


def languages(pdf: bytes) -> dict[str, str]:
    """Return the language of the elements of a tree that name one, by the kind of element."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        elements: list[Any] = [
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
        ]
        return {str(one.S): str(one.Lang) for one in elements if "/Lang" in one}


@pytest.mark.usefixtures("untouched")
def test_the_structure_tree_tells() -> None:
    """An element has the language of its HTML element; the document has that of the page."""
    library_patches._patch_language_tags()
    library_patches._patch_language_tags()

    pdf = weasyprint.HTML(
        string="<html lang=en><body>all <p lang=zh>甲<ul><li lang=ja>日</ul><p>b<p lang=''>c"
    ).write_pdf(pdf_variant="pdf/ua-1")

    assert languages(pdf) == {"/P": "zh", "/LI": "ja", "/Lbl": "ja", "/LBody": "ja"}
