"""The suite `office`: circulars, letters and pages of units as Word documents in LibreOffice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.i18n import LANGS, Lang
from assess.report.content.charts.drawing import draw_line, make_svg_drawing
from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    PageStart,
    ParagraphBlock,
    PictureBlock,
    Role,
    TextRun,
)
from assess.report.export.word.document import DocumentFrame
from assess.report.letters.letter import LetterTable, make_table_block
from assess.report.letters.office_document import OfficeDocument, document_to_docx
from report.in_libreoffice import converted
from report.read_pdf import Box
from report.read_pdf import pages as pages_of_boxes

MM = 72 / 25.4

pytestmark = pytest.mark.office


def make_line(text: str, role: Role = "body") -> ParagraphBlock:
    """Return a paragraph of a letter."""
    return ParagraphBlock((TextRun(text),), role, in_letter=True)


def convert_document(
    profile: Path, folder: Path, blocks: list[Block], lang: Lang = "zh"
) -> list[list[Box]]:
    """Return the pages that LibreOffice makes of a document."""
    frame = DocumentFrame(lang, "题", "", header="内部", foot="提示")
    document = OfficeDocument(tuple(blocks), frame, date(2026, 12, 3))
    [path] = converted(profile, folder, "office.docx", document_to_docx(document), "pdf")
    return pages_of_boxes(path.read_bytes())


def find_box(page: list[Box], start: str) -> Box:
    """Return the first word on a page that begins so."""
    return next(box for box in page if box.text.startswith(start))


def has_word(page: list[Box], start: str) -> bool:
    """Return whether a page has a word that begins so."""
    return any(box.text.startswith(start) for box in page)


@pytest.mark.parametrize("lines", [15, 16, 17, 18, 19])
def test_a_signature_stands_on_a_page_with_text(profile: Path, tmp_path: Path, lines: int) -> None:
    """However many lines are above it; with the list of annexes, too."""
    blocks: list[Block] = [make_line("正文") for _line in range(lines)]
    blocks += [make_line("附件：", "annex-list"), make_line("清单", "annex-list")]
    blocks += [make_line("示例市网信办", "signed"), make_line("2026年12月3日", "signed")]
    *_others, last = convert_document(profile, tmp_path, blocks)
    assert all(has_word(last, word) for word in ("正文", "附件", "示例市", "2026"))


@pytest.mark.parametrize("lines", [17, 18, 19, 20])
def test_the_paragraph_above_a_table_stands_on_its_page(
    profile: Path, tmp_path: Path, lines: int
) -> None:
    """And a heading with the paragraph."""
    table = make_table_block(LetterTable(("序号", "问题"), tuple((f"{n}", "甲") for n in range(9))))
    heading = HeadingBlock(2, (TextRun("一、标题"),), in_letter=True)
    body = [make_line("正文") for _line in range(lines)]
    pages = convert_document(profile, tmp_path, [*body, heading, make_line("说明如下"), table])
    (page,) = (page for page in pages if has_word(page, "说明"))
    assert has_word(page, "序号")
    assert has_word(page, "一、标题")


def test_the_head_of_a_page_on_its_side_keeps_its_distance(profile: Path, tmp_path: Path) -> None:
    """As on an upright page: the text begins below it."""
    heading = HeadingBlock(2, (TextRun("附件1\n图表"),), annex=True)
    upright, turned = convert_document(
        profile, tmp_path, [make_line("正文"), PageStart(landscape=True), heading]
    )
    for page, text in ((upright, "正文"), (turned, "附件")):
        distance = find_box(page, text).top - find_box(page, "内部").bottom
        assert distance > 4 * MM


def test_no_sign_is_lost_at_the_end_of_a_line(profile: Path, tmp_path: Path) -> None:
    """LibreOffice hangs commas and points beyond the line unless it is told not to."""
    start = "4. 青溪区公共交通有限公司：没有弱口令（高风险判例 6.4.1.1），整改期限2027年1月29日。"
    texts = [f"{start[:3]}{'乙' * count}{start[3:]}" for count in range(8)]
    pages = convert_document(profile, tmp_path, list(map(make_line, texts)))
    printed = "".join(box.text for page in pages for box in page)
    assert [text for text in texts if text.replace(" ", "") not in printed] == []


@pytest.mark.parametrize("lang", LANGS)
def test_annexes_and_imprint(profile: Path, tmp_path: Path, lang: Lang) -> None:
    """In English the word stands on a line of its own; the imprint ends with the type area."""
    word, copies = ("附件：", "抄送：甲") if lang == "zh" else ("Annexes:", "Copies to: x")
    names = [make_line(text, "annex-list") for text in (word, "1. Alpha", "2. Beta")]
    imprint = [make_line(text, "imprint") for text in (copies, "Office", "2026")]
    (page,) = convert_document(profile, tmp_path, [make_line("x"), *names, *imprint], lang)
    first, second = find_box(page, "Alpha"), find_box(page, "Beta")
    assert first.left == pytest.approx(second.left, abs=3)
    is_beside = abs(find_box(page, word[:2]).top - first.top) < 3
    assert is_beside == (lang == "zh")
    assert find_box(page, "Office").bottom == pytest.approx((297 - 35) * MM, abs=12)


def test_a_chart_stands_below_its_heading(profile: Path, tmp_path: Path) -> None:
    """A picture that does not fit takes heading and note to the next page."""
    drawing = make_svg_drawing("图", 400, 300, draw_line([(0, 0), (400, 300)]))
    chart: list[Block] = [
        HeadingBlock(3, (TextRun("热力图"),)),
        ParagraphBlock((TextRun("说明", small=True),)),
        PictureBlock(b"", "图", 156, drawing=drawing),
    ]
    body = [make_line("正文") for _line in range(14)]
    first, second = convert_document(profile, tmp_path, [*body, *chart])
    assert not has_word(first, "热力图")
    assert has_word(second, "热力图")
    assert has_word(second, "说明")
