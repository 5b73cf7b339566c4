"""How dates, figures and enumerations are written."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assess.i18n import LANGS
from assess.model.results import Counts
from assess.report.content.view.words import (
    format_chinese_number,
    format_heading_number,
    format_long_date,
    format_rounded_number,
    format_short_date,
    join_enumeration,
    translate_all_labels,
)


def test_dates_as_documents_write_them() -> None:
    """Arabic numerals without leading zeros in Chinese, the month's name in English."""
    assert format_long_date(date(2026, 6, 3), "zh") == "2026年6月3日"
    assert format_long_date(date(2026, 6, 3), "en") == "3 June 2026"
    assert format_long_date(None, "zh") == format_short_date(None) == ""
    assert format_short_date(date(2026, 6, 3)) == "2026-06-03"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (211, "二百一十一"),
    ],
)
def test_chinese_numerals(number: int, said: str) -> None:
    """Also beyond 99: a comparison of 200 systems has a heading for each."""
    assert format_chinese_number(number) == said
    assert format_heading_number(number, "zh") == f"{said}、"
    assert format_heading_number(number, "en") == f"{number}. "


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(10), "10"),
        (Fraction(100), "100"),
        (Fraction(1, 3), "0.33"),
        (Fraction(5, 2), "2.5"),
    ],
)
def test_figures_lose_needless_zeros(value: Fraction, said: str) -> None:
    """At most two decimals; whole tens keep their zeros."""
    assert format_rounded_number(value) == said


def test_headings_are_numbered_by_level() -> None:
    """一、（一）1.（1）, as GB/T 9704 has them; deeper levels as the fourth."""
    assert [format_heading_number(2, "zh", level) for level in range(1, 6)] == [
        "二、",
        "（二）",
        "2. ",
        "（2）",
        "（2）",
    ]
    assert [format_heading_number(2, "en", level) for level in range(1, 5)] == [
        "2. ",
        "(2) ",
        "(b) ",
        "2) ",
    ]


def test_enumerations() -> None:
    """顿号 in Chinese, commas in English."""
    assert join_enumeration(["a", "b"], "zh") == "a、b"
    assert join_enumeration(["a", "b"], "en") == "a, b"


def test_what_stands_beside_each_other_is_told_apart() -> None:
    """A blank of a Han character's width in Chinese; Latin letters need a mark."""
    heads = {lang: translate_all_labels(lang, Counts(met=1))["gap"] for lang in LANGS}
    assert heads == {"zh": "　", "en": " · "}
