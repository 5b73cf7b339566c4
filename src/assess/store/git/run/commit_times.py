"""Times that commits bear: whoever writes a commit may write anything in the place of a time.

A time that no calendar has counts as the beginning of 1970, so that a commit of somebody else's
never keeps anybody from reading the history.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

EPOCH: Final = datetime.fromtimestamp(0, UTC)
_END: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""From then on a time might lie beyond the calendar in another time zone."""


def seconds_of(text: bytes) -> int:
    """Return the seconds since the epoch that a commit names; 0 where the text is no time."""
    if not text.isdigit() or len(text) > len(str(int(_END.timestamp()))):
        return 0
    seconds = int(text)
    return seconds if seconds < _END.timestamp() else 0


def moment_of(text: str) -> datetime:
    """Return the time that git prints for a commit; the epoch where the text is no time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return EPOCH
    return moment if EPOCH.year <= moment.year < _END.year else EPOCH
