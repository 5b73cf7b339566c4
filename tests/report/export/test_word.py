"""A Word document has the styles, pages and pictures of an official document."""

from __future__ import annotations

import base64
import io
import zipfile
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import docx
import msgspec
import pytest
from docx.oxml.ns import qn
from PIL import Image

from assess.i18n import LANGS, Lang
from assess.report.content.inputs import midnight_of_report_day
from assess.report.content.view.build import build_report_view
from assess.report.content.view.model import Report
from assess.report.export.block_parser import parse_blocks
from assess.report.export.word.document import write_docx
from report import factory

MOMENT = midnight_of_report_day(factory.TODAY)
PAGE = "<head><style>@page wide { size: A4 landscape } h2.annex { break-before: page } .annex-mark "
PAGE += "{ display: block } .figure { text-align: center }</style></head>"
LETTER = """<div class="letter"><div class="redhead"><p class="organ">示例市青溪区数据局文件</p>
<div class="document-number"><p>青数〔2026〕1号</p><p>签发人：赵云</p></div></div>
<h1>关于自查情况的报告</h1><p>区委网信办：</p><p class="text">正文一段。</p><h2>一、情况</h2>
<h3>（一）单位</h3>
<div class="annexes"><p>附件：</p><div><p>1. 问题清单</p><p>2. 台账</p></div></div>
<div class="closing"><div class="code"><p>核验</p></div><div class="who"><p>示例市青溪区数据局</p>
<p>2026年7月1日</p></div></div><p class="contact">（联系人：王敏）</p></div>
<div class="imprint"><p>抄送：区政府办。</p><div><p>数据局</p><p>2026年7月1日印发</p></div></div>"""
ANNEX = """<h2 class="annex"><span class="annex-mark">附件1</span> <span>整改台账</span></h2>
<table class="ledger"><thead><tr><th>序号</th><th>问题</th></tr></thead><tbody><tr>
<td class="figure">1</td>
<th scope="row">甲 <span class="small">EGN-1</span></th></tr></tbody></table>
<h2 class="annex"><span class="annex-mark">附件2</span> <span>依据</span></h2><p>丙</p>"""


def report(lang: Lang = "zh") -> Report:
    """Return the view of a report."""
    return build_report_view(factory.inputs("egov-network", lang=lang))


def package(html: str, lang: Lang = "zh") -> bytes:
    """Return the Word document of a page."""
    return write_docx(parse_blocks(PAGE + html), report(lang), MOMENT)


def word(html: str, lang: Lang = "zh") -> Any:
    """Return the Word document of a page, opened."""
    return docx.Document(io.BytesIO(package(html, lang)))


def shown(document: Any) -> list[tuple[str, str]]:
    """Return style and text of the paragraphs of the body."""
    rows = [(one.style.style_id, one.text) for one in document.paragraphs]
    return [(style, text) for style, text in rows if text]


def test_each_part_of_a_letter_has_its_style() -> None:
    """From the red head to the imprint; the code is left out, the date is told from the unit."""
    assert shown(word(LETTER)) == [
        ("Organ", "示例市青溪区数据局文件"),
        ("DocumentNumber", "青数〔2026〕1号\t签发人：赵云"),
        ("DocumentTitle", "关于自查情况的报告"),
        ("Addressee", "区委网信办："),
        ("Normal", "正文一段。"),
        ("Heading1", "一、情况"),
        ("Heading2", "（一）单位"),
        ("AnnexList", "附件：1. 问题清单"),
        ("AnnexList", "\t2. 台账"),
        ("Signatory", "示例市青溪区数据局"),
        ("IssueDate", "2026年7月1日"),
        ("Contact", "（联系人：王敏）"),
        ("Imprint", "抄送：区政府办。"),
        ("Imprint", "数据局\t2026年7月1日印发"),
    ]


@pytest.mark.parametrize(
    ("style", "name", "font", "points"),
    [
        ("Normal", "Normal", "仿宋_GB2312", 16),
        ("DocumentTitle", "公文标题", "方正小标宋简体", 22),
        ("Heading1", "heading 1", "黑体", 16),
        ("Heading2", "heading 2", "楷体_GB2312", 16),
        ("Signatory", "署名", "仿宋_GB2312", 16),
        ("IssueDate", "成文日期", "仿宋_GB2312", 16),
        ("Addressee", "主送机关", "仿宋_GB2312", 16),
        ("AnnexList", "附件说明", "仿宋_GB2312", 16),
        ("PageNumberRight", "单页页码", "宋体", 14),
    ],
)
def test_styles_are_those_of_an_official_document(
    style: str, name: str, font: str, points: float
) -> None:
    """Name, typeface and size of each; 正文 is what Word calls Normal."""
    found = style_of(package(LETTER), style)
    assert value(found, "name") == name
    fonts = element(found, "rFonts")
    assert fonts.get(qn("w:eastAsia")) == font
    assert fonts.get(qn("w:ascii")) == "Times New Roman"
    assert value(found, "sz") == str(round(2 * points))


def style_of(data: bytes, style_id: str) -> ET.Element:
    """Return a style of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        root = ET.fromstring(members.read("word/styles.xml"))  # noqa: S314  # our own file
    return next(one for one in root if one.get(qn("w:styleId")) == style_id)


def element(parent: ET.Element, name: str) -> ET.Element:
    """Return the first element of a name below another one."""
    return next(parent.iter(qn(f"w:{name}")))


def value(parent: ET.Element, name: str) -> str | None:
    """Return the value of that element."""
    return element(parent, name).get(qn("w:val"))


def test_the_body_is_indented_and_pitched() -> None:
    """正文: two characters in the first line, 28.95 points from line to line, both edges even."""
    normal = style_of(package(LETTER), "Normal")
    indent, spacing = element(normal, "ind"), element(normal, "spacing")
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert value(normal, "jc") == "both"


def test_headings_are_in_the_list_of_headings() -> None:
    """Headings and titles of annexes have a level, aliases tell their Chinese names."""
    data = package(LETTER + ANNEX)
    levels = {"Heading1": "0", "Heading2": "1", "AnnexTitle": "0", "AnnexHeading2": "1"}
    assert {name: value(style_of(data, name), "outlineLvl") for name in levels} == levels
    assert value(style_of(data, "Heading1"), "aliases") == "一级标题"
    assert value(style_of(data, "Heading2"), "aliases") == "二级标题"


def test_the_ledger_is_a_landscape_section_of_its_own() -> None:
    """The annex with the ledger is turned with its margins; what follows is upright again."""
    sections = word(LETTER + ANNEX).sections
    sizes = [(round(one.page_width.mm), round(one.page_height.mm)) for one in sections]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    margins = [
        [round(getattr(one, f"{side}_margin").mm) for side in ("top", "right", "bottom", "left")]
        for one in sections[:2]
    ]
    assert margins == [[37, 26, 35, 28], [28, 35, 26, 37]]


def test_annexes_begin_a_page() -> None:
    """Annexes that are turned alike have a break between; the number stands over the title."""
    document = word(f"<p>a</p>{ANNEX.replace('ledger', 'plain')}")
    breaks = [
        one.text
        for one in document.paragraphs
        if one.paragraph_format.element.find(f".//{qn('w:pageBreakBefore')}") is not None
    ]
    assert breaks == ["附件1", "附件2"]
    assert ("AnnexTitle", "整改台账") in shown(document)


def test_a_page_that_begins_with_a_table_begins_there() -> None:
    """The break stands in an empty paragraph: a table has none."""
    html = "<style>.x { break-before: page }</style><p>a</p>"
    html += '<table class="x"><tr><td>1</td></tr></table>'
    found = word(html).paragraphs[1].paragraph_format.element
    assert found.find(f".//{qn('w:pageBreakBefore')}") is not None


@pytest.mark.parametrize("lang", LANGS)
def test_word_takes_chinese_for_chinese(lang: Lang) -> None:
    """Texts, theme and properties name the language; no other one is left anywhere."""
    data = package(LETTER, lang)
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        texts = {name: members.read(name).decode("utf-8", "replace") for name in members.namelist()}
    assert not [name for name in texts if "thumbnail" in name or "WithEffects" in name]
    assert "ja-JP" not in "".join(texts.values())
    assert 'w:eastAsia="zh-CN"' in texts["word/styles.xml"]
    assert ("en-US" in texts["word/styles.xml"]) is (lang == "en")
    wanted = "zh-CN" if lang == "zh" else "en-US"
    assert wanted in texts["docProps/core.xml"]
    assert f'themeFontLang w:val="{wanted}" w:eastAsia="zh-CN"' in texts["word/settings.xml"]


def test_fonts_that_are_missing_have_stand_ins() -> None:
    """A machine with 仿宋 and without 仿宋_GB2312 takes it."""
    with zipfile.ZipFile(io.BytesIO(package(LETTER))) as members:
        table = members.read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="FangSong_GB2312,仿宋,FangSong"' in table


def test_signatories_are_centred_over_the_date() -> None:
    """The date ends four characters from the edge; a longer unit has two, the date follows it."""
    short, long = "<p>区数据局</p>", "<p>示例市青溪区政务服务和大数据管理局</p>"
    rights = []
    for unit in (short, long):
        html = f'<div class="letter"><div class="signed">{unit}<p>2026年7月1日</p></div></div>'
        found = word(html).paragraphs
        rights.append([one_right(one) for one in found if one.style.style_id in DATED])
    assert rights[0][1] == 400
    assert rights[0][0] > 400
    assert rights[1][0] == 200
    assert rights[1][1] > 400


DATED = ("Signatory", "IssueDate")


def one_right(paragraph: Any) -> int:
    """Return the distance of a paragraph from the right, in hundredths of a character."""
    return int(paragraph.paragraph_format.element.pPr.ind.get(qn("w:rightChars")))


def test_tables_keep_rows_heads_and_reach() -> None:
    """Rows stay whole, heads are repeated, cells over rows and columns are one cell, sizes fit."""
    html = '<div class="signatures"><table><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead>'
    html += '<tbody><tr><td colspan="2">1</td><td rowspan="2">2</td></tr><tr><td>3</td><td>4</td>'
    table = word(f"{html}</tr><tr><td>5</td></tr></tbody></table></div>").tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["a", "b", "c"],
        ["1", "1", "2"],
        ["3", "4", "2"],
        ["5", "", ""],
    ]
    xml = table.rows[0].cells[0]._tc.getparent().xml
    assert "w:cantSplit" in xml
    assert "w:tblHeader" in xml
    heights = [round(row.height.mm) if row.height else 0 for row in table.rows]
    assert heights == [0, 10, 10, 10]


def test_pictures_have_their_words() -> None:
    """A picture has its alternative and size; what is none is told by the alternative."""
    out = io.BytesIO()
    Image.new("L", (400, 200)).save(out, "PNG")
    sources = [base64.b64encode(data).decode() for data in (out.getvalue(), b"<svg/>")]
    html = "".join(
        f'<img src="data:image/png;base64,{one}" alt="&quot;图&quot;" style="width: {width}mm">'
        for one, width in zip(sources, (100, 100), strict=True)
    )
    document = word(html)
    [shape] = document.inline_shapes
    assert (round(shape.width.mm), round(shape.height.mm)) == (100, 50)
    assert (
        'descr="&quot;图&quot;"' in document.element.xml or "descr='\"图\"'" in document.element.xml
    )
    assert ("Picture", '"图"') in shown(document)
    wide = word(html.replace("100mm", "900mm")).inline_shapes[0]
    assert round(wide.width.mm) == 156


def test_what_xml_can_not_hold_is_left_out() -> None:
    """Control characters of a template break no file; markup in a text is text."""
    assert shown(word("<p>a\x08&lt;w:b/&gt;&amp;</p>")) == [("AnnexText", "a<w:b/>&")]


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_of_pages_stand_at_the_outer_side(lang: Lang) -> None:
    """Odd pages have it right, even ones left, between dashes; head and digest are on both."""
    section = word(LETTER, lang).sections[0]
    feet = section.footer, section.even_page_footer
    assert [foot.paragraphs[0].text for foot in feet] == ["—  —"] * 2
    assert [foot.paragraphs[0].style.style_id[-5:] for foot in feet] == ["Right", "rLeft"]
    assert all(report(lang).digest in foot.paragraphs[1].text for foot in feet)
    heads = [head.paragraphs[0].text for head in (section.header, section.even_page_header)]
    assert heads[0] == heads[1] != ""


def test_two_tables_are_two() -> None:
    """Tables that follow each other do not grow together."""
    table = "<table><tr><td>1</td></tr></table>"
    body = word(table * 2).element.body
    kinds = [one.tag for one in body if one.tag != qn("w:sectPr")]
    assert all(pair != (qn("w:tbl"), qn("w:tbl")) for pair in pairwise(kinds))
    assert len(word(table * 2).tables) == 2


@pytest.mark.parametrize(
    "html", ["<p>x</p>", "<style>@page { size: A4 landscape }</style><p>x</p>"]
)
def test_a_draft_says_so_first(html: str) -> None:
    """Whatever the template has: the words stand first, and only once."""
    view = build_report_view(factory.inputs("egov-network", commit=None))
    words = view.label["draft_cover"]
    for page in (html, html.replace("x", words)):
        data = write_docx(parse_blocks(page), view, MOMENT)
        texts = [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
        assert texts[0] == words
        assert texts.count(words) == 1


def test_a_template_that_is_no_page_makes_a_document() -> None:
    """Without a block the document is empty, and can be opened."""
    assert shown(word("")) == []


def test_reservations_stand_on_the_first_page_and_in_every_foot() -> None:
    """What the program says about the document is small text, and the foot has it."""
    html = '<div class="letter"><div class="caution"><p>保留：模板为自制</p></div><h1>t</h1></div>'
    view = report()
    caution = msgspec.structs.replace(view.caution, foot="自制模板")
    data = write_docx(parse_blocks(html), msgspec.structs.replace(view, caution=caution), MOMENT)
    document = docx.Document(io.BytesIO(data))
    assert shown(document)[0] == ("AnnexText", "保留：模板为自制")
    section = document.sections[0]
    feet = [foot.paragraphs[-1].text for foot in (section.footer, section.even_page_footer)]
    assert feet == ["自制模板"] * 2
