"""Passages in which two texts differ are shown, and nothing else is."""

from __future__ import annotations

from assess.errors import EnvironmentLacksError
from assess.i18n import Lang
from assess.report.proof.compare import TextDifferences, find_text_differences, read_page_texts
from assess.report.proof.pdf.job import PdfAnswer, PdfRefused, PdfTexts, ReadPdfTextsTask

PAGES = (
    "内部资料\n得分 86.7 分，结论为基本\n符合。\n第 1 页 共 2 页",
    "内部资料\n问题 3 个。\n第 2 页 共 2 页",
)


def test_other_lines_and_pages_are_no_difference() -> None:
    """Lines and pages that break elsewhere, and heads and feet, are no difference."""
    other = (
        "内部资料\n得分 86.7 分，结论\n为基本符合。\n第 1 页 共 3 页",
        "内部资料\n问题\n第 2 页 共 3 页",
        "内部资料\n3 个。\n第 3 页 共 3 页",
    )
    assert find_text_differences(PAGES, other) == TextDifferences()


def test_another_figure_is_shown_on_both_sides() -> None:
    """The passage with the figure stands on both sides."""
    other = (PAGES[0].replace("86.7", "96.7"), PAGES[1])
    expected = TextDifferences(("得分96.7分",), ("得分86.7分",))
    assert find_text_differences(other, PAGES) == expected


def test_many_and_long_passages_are_cut() -> None:
    """At most twenty passages of eighty characters are shown."""
    pages = ("，".join(f"{number}{'长' * 100}" for number in range(30)),)
    shown = find_text_differences(pages, ("",)).only_theirs
    assert len(shown) == 20
    assert {len(passage) for passage in shown} == {80}


def test_texts_that_do_not_come_soon_are_done_without() -> None:
    """They only help a reader; the verdict does not wait for them."""

    def fail(_task: ReadPdfTextsTask, _lang: Lang) -> PdfAnswer:
        raise EnvironmentLacksError("too long")

    assert read_page_texts(fail, b"", "en") == ()
    assert read_page_texts(lambda _task, _lang: PdfTexts(pages=("a",)), b"", "en") == ("a",)
    assert read_page_texts(lambda _task, _lang: PdfRefused(code="unreadable"), b"", "en") == ()
