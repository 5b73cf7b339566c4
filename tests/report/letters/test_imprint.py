"""The imprint of a document as PDF: however long, it covers nothing."""

from __future__ import annotations

from datetime import date

import pytest

from assess.report.export.blocks import ParagraphBlock, TextRun
from assess.report.export.word.document import DocumentFrame
from assess.report.letters.office_document import OfficeDocument, document_to_pdf
from report.read_pdf import pages

LAST_WORDS = "正文末行"


@pytest.mark.parametrize(("lines", "count"), [(18, 2), (8, 1)])
def test_an_imprint_of_ten_lines_goes_to_a_new_page_where_the_text_leaves_no_room(
    lines: int, count: int
) -> None:
    """It ends where the type area ends, and begins below the last line of the text."""
    names = "，".join(f"示例市青溪区第{number:02}办公室" for number in range(22))
    texts = ["正文"] * (lines - 1) + [LAST_WORDS]
    rows = [
        *(ParagraphBlock((TextRun(text),), "body", in_letter=True) for text in texts),
        *(
            ParagraphBlock((TextRun(text),), "imprint", in_letter=True)
            for text in (f"抄送：{names}。", "示例市青溪区网信办", "2026年12月3日印发")
        ),
    ]
    document = OfficeDocument(tuple(rows), DocumentFrame("zh", "题", ""), date(2026, 12, 3))
    made = pages(document_to_pdf(document, "zh"))
    assert len(made) == count
    boxes = {box.text: box for box in made[-1]}
    (top,) = (box.top for text, box in boxes.items() if text.startswith("抄送"))
    if count == 1:
        assert boxes[LAST_WORDS].bottom < top
    assert boxes["示例市青溪区网信办"].bottom == pytest.approx((297 - 35) * 72 / 25.4, abs=12)
