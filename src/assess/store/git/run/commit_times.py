"""Times of commits, whose text the author of a commit can choose freely.

An invalid time counts as the beginning of 1970, so that every history can be read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

EPOCH: Final = datetime.fromtimestamp(0, UTC)
_END: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Later times could be beyond the calendar of `datetime` in another time zone."""


def parse_seconds_or_zero(text: bytes) -> int:
    """Return the seconds since the epoch in a commit's text, 0 if the text is no time."""
    if not text.isdigit() or len(text) > len(str(int(_END.timestamp()))):
        return 0
    seconds = int(text)
    return seconds if seconds < _END.timestamp() else 0


def parse_time_or_epoch(text: str) -> datetime:
    """Return the time that git prints for a commit, the epoch if the text is no time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return EPOCH
    return replace_invalid_time_by_epoch(moment)


def replace_invalid_time_by_epoch(moment: datetime) -> datetime:
    """Return a time, the epoch in its place if it is earlier or beyond the calendar."""
    return moment if EPOCH.year <= moment.year < _END.year else EPOCH
