"""Pages of a kind have their styles once; what can tell pages apart still does."""

from __future__ import annotations

from collections import Counter

import pytest
import weasyprint
from weasyprint.layout import page

from assess.report.setting.thrift.page_styles import share_page_styles

PAGES = "".join(f"<p style='break-before: page'>{at}" for at in range(9))
SIDES = "@page :left { margin-left: 3cm } @page :first { margin-top: 5cm } @page { size: A5 }"


@pytest.fixture
def made(untouched: None, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often styles of pages are made."""
    counted: Counter[str] = Counter()
    make = page.set_page_type_computed_styles

    def count(page_type: page.PageType, html: object, style_for: object) -> None:
        counted[page_type.side] += 1
        make(page_type, html, style_for)

    monkeypatch.setattr(page, "set_page_type_computed_styles", count)
    return counted


def written(css: str) -> bytes:
    """Return the PDF of nine pages."""
    html = weasyprint.HTML(string=f"<html lang=en><style>{css}</style>{PAGES}")
    pdf: bytes = html.write_pdf(pdf_identifier=b"x")
    return pdf


def test_once_for_each_kind(made: Counter[str]) -> None:
    """The first page, left ones and right ones: three kinds, and the same file."""
    before = written(SIDES)
    made.clear()

    share_page_styles()

    assert written(SIDES) == before
    assert made.total() == 3


def test_for_each_page_where_they_are_counted(made: Counter[str]) -> None:
    """A style sheet may ask for the fourth page."""
    css = "@page :nth(4) { margin: 5cm }"
    before = written(css)
    made.clear()

    share_page_styles()

    assert written(css) == before
    assert made.total() == 9
