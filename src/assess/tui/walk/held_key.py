"""The pause of the walk when a key is held down: a book on the keyboard answers no checklist.

A terminal does not tell a held key from a pressed one; its pace does. Keyboards repeat a held key
fifteen times a second and more, evenly; nobody presses a key as often. Keys that arrive at once
were typed while the line stood still, and count each.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise

MOST_ANSWERS = 8
"""Number of answers at the pace of a held key after which the walk pauses."""
_SHORTEST, _LONGEST = 0.1, 0.6
"""Seconds between the first and the last of these answers."""
_APART = 0.01
"""Seconds between two keys that did not arrive together; a line may join one pair of them."""


class HeldKeyGuard:
    """Notices from the times of answers that a key is held down."""

    def __init__(self) -> None:
        self.is_paused = False
        """Whether keys answer nothing until another key than the held one is pressed."""
        self.has_ended_pause = False
        """Whether the key that was seen last ended a pause."""
        self._key = ""
        self._pressed_at = 0.0
        self._answered_at: deque[float] = deque(maxlen=MOST_ANSWERS)

    def record_key_and_end_pause(self, key: str, seconds: float) -> None:
        """Take note of a key and when it arrived; another one than the held key ends the pause."""
        self.has_ended_pause = self.is_paused and key != self._key
        if key != self._key:
            self._answered_at.clear()
            self.is_paused = False
        self._key, self._pressed_at = key, seconds

    def count_answer_and_pause_if_repeated(self) -> None:
        """Count the answer of the key that was seen last; pause where it is held down."""
        self._answered_at.append(self._pressed_at)
        if is_pace_of_repeating_key(list(self._answered_at)):
            self.is_paused = True
            self._answered_at.clear()


def is_pace_of_repeating_key(times: list[float]) -> bool:
    """Return whether keys with these times, in seconds, came from one that is held down."""
    if len(times) < MOST_ANSWERS or not _SHORTEST <= times[-1] - times[0] <= _LONGEST:
        return False
    joined = sum(later - earlier < _APART for earlier, later in pairwise(times))
    return joined <= 1
