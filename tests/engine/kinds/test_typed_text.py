"""Dates and numbers as people type them."""

from __future__ import annotations

import pytest

from assess.engine.kinds.typed_text import (
    COUNTING_UNITS,
    normalize_typed_date,
    parse_number_or_keep_text,
)
from assess.model.base import Number


@pytest.mark.parametrize(
    "typed",
    [
        "2026-3-8",
        "2026.3.8",
        "2026/03/08",
        "2026年3月8日",
        "20260308",
        "２０２６－３－８",
        " 2026。3。8 ",
        "2026年3月8号",
        "二〇二六年三月八日",
        "二○二六年三月八日",
        "二零二六年三月八号",
        "2026年3月8日前",
    ],
)
def test_dates_in_usual_forms(typed: str) -> None:
    """All of these are 8 March 2026."""
    assert normalize_typed_date(typed) == "2026-03-08"


@pytest.mark.parametrize("typed", ["2026-02-30", "soon", "", "2026-3", "123456789"])
def test_no_dates_stay_text(typed: str) -> None:
    """What is no date stays as typed, so that the check can name it."""
    assert normalize_typed_date(typed) == typed


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("23", 23),
        ("-1.5", Number("-1.5")),
        ("１２．５", Number("12.5")),
        ("1.", "1."),
        ("--1", "--1"),
        ("x", "x"),
        ("1,200", 1200),
        ("１，２００．５", Number("1200.5")),
        ("1,20", "1,20"),
        ("45台", "45台"),
    ],
)
def test_numbers(typed: str, value: object) -> None:
    """Numbers are exact, full-width digits and thousands count, the rest stays text."""
    assert parse_number_or_keep_text(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("45台", 45),
        ("1,200 个", 1200),
        ("３次", 3),
        ("3万", "3万"),
        ("45 天", "45 天"),
        ("台", "台"),
    ],
)
def test_counts_may_bear_what_was_counted(typed: str, value: object) -> None:
    """A word for what was counted changes no number; one that multiplies, or measures, would."""
    assert parse_number_or_keep_text(typed, COUNTING_UNITS) == value


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("二〇二六年十月十日", "2026-10-10"),
        ("二〇二六年十二月二十日", "2026-12-20"),
        ("二〇二六年一月三十一日", "2026-01-31"),
    ],
)
def test_tens_in_chinese_numerals(typed: str, day: str) -> None:
    """十 is ten, 十二 twelve, 二十 twenty, 三十一 thirty-one."""
    assert normalize_typed_date(typed) == day
