"""Only list items have markers, and nothing has notes, unless the page speaks of them."""

from __future__ import annotations

from collections import Counter

import pytest
from weasyprint import css

from assess.report.setting.thrift.styles import Page

LIST = "<p>one</p><ol><li>two<li>three</ol>"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str | None]:
    """Return how many styles are made for each kind of pseudo-element."""
    counted: Counter[str | None] = Counter()
    make = css.ComputedStyle.__init__

    def count(style: object, parent: object, cascaded: object, pseudo: str, *rest: object) -> None:
        counted[pseudo] += 1
        make(style, parent, cascaded, pseudo, *rest)

    monkeypatch.setattr(css.ComputedStyle, "__init__", count)
    return counted


def test_no_element_has_notes_that_has_none(made: Counter[str | None]) -> None:
    """Two list items, two markers, and nothing else."""
    css.get_all_computed_styles(Page(LIST))

    assert {name: count for name, count in made.items() if name} == {"marker": 2}


@pytest.mark.parametrize(
    "style",
    [
        "<style>i { float: footnote }</style>",
        "<style>p { display: list-item }</style>",
        '<link rel="stylesheet" href="data:text/css,i{float:footnote}">',
        "<style>@import url(data:text/css,i{float:footnote})</style>",
    ],
)
def test_a_page_that_may_need_them_has_them(made: Counter[str | None], style: str) -> None:
    """A word of its own style sheet, or one from elsewhere, brings all styles back."""
    css.get_all_computed_styles(Page(style + LIST))

    assert made["footnote-call"] == made["marker"] > 2


def test_markers_look_the_same() -> None:
    """A list in the lean page has the bytes of a list in the library's own."""
    lean = Page(LIST).write_pdf()

    assert lean == Page(f"{LIST}<!-- list-item -->").write_pdf()
