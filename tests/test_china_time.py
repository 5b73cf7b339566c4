"""The time of China, in which the program counts its days; the ends of the calendar stay."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assess.china_time import convert_to_china_time, count_seconds_since_1970, find_day_in_china


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59",
    ],
)
def test_an_end_of_the_calendar_stays(text: str) -> None:
    """It is a time all the same, with a zone and a place in order."""
    moment = datetime.fromisoformat(text)
    assert convert_to_china_time(moment).tzinfo is not None
    assert (count_seconds_since_1970(moment) > 0) == text.startswith("9")


def test_an_evening_of_utc_is_the_next_day_in_china() -> None:
    """So it is for a time with its zone, and for the seconds that git knows."""
    moment = datetime(2026, 12, 1, 20, tzinfo=UTC)
    assert convert_to_china_time(moment).isoformat() == "2026-12-02T04:00:00+08:00"
    assert count_seconds_since_1970(moment) == moment.timestamp()
    for each in (moment, moment.timestamp()):
        assert find_day_in_china(each) == date(2026, 12, 2)


def test_a_time_without_a_zone_is_china_s() -> None:
    """The machine's zone decides nothing."""
    moment = datetime(2026, 12, 1, 20)  # noqa: DTZ001  # what a hand-written file may hold
    assert find_day_in_china(moment) == date(2026, 12, 1)
