"""Times at the ends of the calendar, which no zone may carry beyond it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from assess.calendar_ends import convert_to_zone, seconds_since_epoch

CHINA = timezone(timedelta(hours=8))


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
    for zone in (None, CHINA):
        assert convert_to_zone(moment, zone).tzinfo is not None
    assert (seconds_since_epoch(moment) > 0) == text.startswith("9")


def test_other_times_are_converted() -> None:
    """As ever."""
    moment = datetime(2026, 12, 1, 20, tzinfo=UTC)
    assert convert_to_zone(moment, CHINA).isoformat() == "2026-12-02T04:00:00+08:00"
    assert seconds_since_epoch(moment) == moment.timestamp()
