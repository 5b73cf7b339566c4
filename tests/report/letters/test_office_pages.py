"""Documents of an office as pages: the list of annexes, the imprint."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

import docx
import pytest

from assess.report.export.blocks import ParagraphBlock, Role, TextRun
from assess.report.export.word.document import DocumentFrame
from assess.report.letters.letter import LetterTable, make_table_block
from assess.report.letters.office_document import (
    OfficeDocument,
    document_to_docx,
    document_to_pdf,
)
from report.read_pdf import pages

LAST_WORDS = "正文末行"


def make_rows(lines: int, role: Role, texts: Iterable[str]) -> list[ParagraphBlock]:
    """Return so many lines of text, and paragraphs of a role behind them."""
    body = ["正文"] * (lines - 1) + [LAST_WORDS]
    return [
        *(ParagraphBlock((TextRun(text),), "body", in_letter=True) for text in body),
        *(ParagraphBlock((TextRun(text),), role, in_letter=True) for text in texts),
    ]


def make_document(rows: Iterable[ParagraphBlock]) -> OfficeDocument:
    """Return a document of these paragraphs."""
    return OfficeDocument(tuple(rows), DocumentFrame("zh", "题", ""), date(2026, 12, 3))


@pytest.mark.parametrize(("lines", "count"), [(17, 2), (8, 1)])
def test_a_list_of_annexes_stands_on_one_page(lines: int, count: int) -> None:
    """In Word each of its lines but the last is kept with the next."""
    names = ["附件：", *(f"{number}. 报送情况" for number in range(1, 9))]
    document = make_document(make_rows(lines, "annex-list", names))
    made = pages(document_to_pdf(document, "zh"))
    assert len(made) == count
    words = [box.text for box in made[-1]]
    assert any(word.startswith("附件：") for word in words)
    assert words.count("报送情况") == 8
    opened = docx.Document(io.BytesIO(document_to_docx(document)))
    listed = [row for row in opened.paragraphs if row.text.endswith("报送情况")]
    kept = [row.paragraph_format.keep_with_next for row in listed]
    assert kept == [True] * 7 + [None]


@pytest.mark.parametrize(("lines", "count"), [(18, 2), (8, 1)])
def test_an_imprint_of_ten_lines_goes_to_a_new_page_where_the_text_leaves_no_room(
    lines: int, count: int
) -> None:
    """It ends where the type area ends, and begins below the last line of the text."""
    names = "，".join(f"示例市青溪区第{number:02}办公室" for number in range(22))
    texts = (f"抄送：{names}。", "示例市青溪区网信办", "2026年12月3日印发")
    document = make_document(make_rows(lines, "imprint", texts))
    made = pages(document_to_pdf(document, "zh"))
    assert len(made) == count
    boxes = {box.text: box for box in made[-1]}
    (top,) = (box.top for text, box in boxes.items() if text.startswith("抄送"))
    if count == 1:
        assert boxes[LAST_WORDS].bottom < top
    assert boxes["示例市青溪区网信办"].bottom == pytest.approx((297 - 35) * 72 / 25.4, abs=12)


@pytest.mark.parametrize("lines", [19, 20])
def test_the_paragraph_above_a_table_stands_on_its_page(lines: int) -> None:
    """It goes to the next page with the table."""
    table = make_table_block(LetterTable(("序号", "问题"), tuple((f"{n}", "甲") for n in range(9))))
    body = make_rows(lines, "body", ["说明如下："])
    document = make_document(body)
    document = document._replace(blocks=(*document.blocks, table))
    first, second = pages(document_to_pdf(document, "zh"))
    assert LAST_WORDS in [box.text for box in first]
    words = [box.text for box in second]
    assert words.index("说明如下：") < words.index("序号")
