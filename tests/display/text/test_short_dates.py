"""Dates as people type them: without the year, as days from today, as the end of the month."""

from __future__ import annotations

from datetime import date

import pytest

from assess.display.text.forms import complete_short_date

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("typed", "due", "day"),
    [
        ("12-31", "2026-12-31", "2025-12-31"),
        ("12.31", "2026-12-31", "2025-12-31"),
        ("3/1", "2027-03-01", "2026-03-01"),
        ("6月15日", "2026-06-15", "2026-06-15"),
        ("１２．３１", "2026-12-31", "2025-12-31"),
        ("+30", "2026-07-15", "2026-07-15"),
        ("月底", "2026-06-30", "2026-06-30"),
        ("month end", "2026-06-30", "2026-06-30"),
        ("3月底", "2027-03-31", "2026-03-31"),
        ("六月末", "2026-06-30", "2025-06-30"),
        ("3月底前", "2027-03-31", "2026-03-31"),
        ("２０２７年２月底", "2027-02-28", "2027-02-28"),
        ("年底", "2026-12-31", "2026-12-31"),
        ("year end", "2026-12-31", "2026-12-31"),
        ("2027年底", "2027-12-31", "2027-12-31"),
        ("12月31号", "2026-12-31", "2025-12-31"),
        ("十二月三十一日前", "2026-12-31", "2025-12-31"),
    ],
)
def test_a_short_date_is_completed(typed: str, due: str, day: str) -> None:
    """A due day is the next such one, any other the last."""
    assert complete_short_date(typed, TODAY, is_past=False) == due
    assert complete_short_date(typed, TODAY, is_past=True) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2026-12-31",
        "13-40",
        "soon",
        "20261231",
        "+",
        "+99999",
        "明年",
        "2-30",
        "12",
        "13月底",
        "9999年底",
        "0000年底",
        "三月",
        "底",
    ],
)
def test_anything_else_stays(typed: str) -> None:
    """A whole date and what is none are left as they are."""
    assert complete_short_date(typed, TODAY, is_past=False) == typed


def test_the_end_of_a_short_and_of_the_last_month() -> None:
    """February and December end where they end."""
    assert complete_short_date("月底", date(2028, 2, 29), is_past=False) == "2028-02-29"
    assert complete_short_date("月底", date(2026, 12, 1), is_past=False) == "2026-12-31"
    assert complete_short_date("2-29", date(2026, 6, 1), is_past=False) == "2-29"
