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


def test_numbers_of_pages_at_the_outer_side_are_no_difference() -> None:
    """The foot has the number left on even pages: none of its two forms is on most of the pages."""
    feet = ("校验码 {0:012x} 共 {1} 页 — {2} —", "— {2} — 校验码 {0:012x} 共 {1} 页")
    pages = [f"第{'一二三四'[at]}章。\n{feet[at % 2].format(11, 4, at + 1)}" for at in range(4)]
    more = [f"第{'一二三四'[at]}章。\n{feet[at % 2].format(12, 5, at + 1)}" for at in range(4)]
    more.append(f"附件\n{feet[0].format(12, 5, 5)}")
    assert find_text_differences(pages, pages[:3]).only_theirs == ("第四章",)
    assert find_text_differences(pages, more).only_ours == ("附件",)


def test_a_line_on_half_of_the_pages_is_no_difference() -> None:
    """It stands on most pages of the one report, and on half of those of a report with one less."""
    pages = ("概况。", "附件 1\n问题。", "附件 2\n台账。")
    assert find_text_differences(pages[:2], pages) == TextDifferences((), ("台账",))


def test_a_report_that_ends_within_a_passage_shows_the_whole_one() -> None:
    """Where the last page was taken out; with as many pages another end is another text."""
    pages = ("概况。依据", "来源。")
    assert find_text_differences(pages[:1], pages) == TextDifferences((), ("依据来源",))
    assert find_text_differences(("概况。", "来。"), pages) == TextDifferences(
        ("来",), ("依据来源",)
    )
    assert find_text_differences(("概况。", "依据。"), pages).only_theirs == ("依据",)
    assert find_text_differences((), pages).only_theirs == ()


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
