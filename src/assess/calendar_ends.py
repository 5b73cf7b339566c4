"""Times that stand at an end of the calendar, where another zone would lie beyond it."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def convert_to_zone(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """Return a time in a zone, the machine's for None; at an end of the calendar, taken as UTC."""
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError):
        return moment.replace(tzinfo=UTC)


def seconds_since_epoch(moment: datetime) -> float:
    """Return the seconds of a time since 1970; a time without zone is the machine's."""
    return convert_to_zone(moment).timestamp()
