"""The zone in which the whole program counts its days: China's, wherever the machine stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))
"""China's time; it has one zone and no summer time (decision 0044)."""


def convert_to_china_time(moment: datetime) -> datetime:
    """Return a time as China's clocks show it; a time without a zone is China's already.

    At an end of the calendar, where China's time would lie beyond it, the time is taken as UTC.
    """
    if moment.tzinfo is None:
        return moment.replace(tzinfo=CHINA)
    try:
        return moment.astimezone(CHINA)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def find_day_in_china(moment: datetime | float) -> date:
    """Return the day of a time in China; a number counts the seconds since 1970."""
    if isinstance(moment, datetime):
        return convert_to_china_time(moment).date()
    return datetime.fromtimestamp(moment, CHINA).date()


def count_seconds_since_1970(moment: datetime) -> float:
    """Return the seconds of a time since 1970; a time without a zone is China's."""
    return convert_to_china_time(moment).timestamp()


def format_china_time(moment: datetime) -> str:
    """Return day and time as China's clocks show them, to the minute."""
    return f"{convert_to_china_time(moment):%Y-%m-%d %H:%M}"
