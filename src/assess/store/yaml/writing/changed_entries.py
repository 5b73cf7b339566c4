"""Which entries of a list changed, so that only their lines are written anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

_MANY: Final = 1_000_000
"""Pairs of entries from which on those that occur often are not compared with each other."""


class ChangedEntries(NamedTuple):
    """The entries `start` to `end` of the old list become those from `new_start` to `new_end`."""

    start: int
    end: int
    new_start: int
    new_end: int


def find_changed_entries(old: Sequence[Any], new: Sequence[Any]) -> Iterator[ChangedEntries]:
    """Yield the changes of a list in order; entries between them are equal."""
    most = min(len(old), len(new))
    head = next((index for index in range(most) if old[index] != new[index]), most)
    most -= head
    tail = next((index for index in range(most) if old[-1 - index] != new[-1 - index]), most)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    for step in _find_changes(before, after):
        yield ChangedEntries(*(head + place for place in step))


def _find_changes(old: Sequence[Any], new: Sequence[Any]) -> Iterator[ChangedEntries]:
    if len(old) == len(new):
        yield from (
            ChangedEntries(index, index + 1, index, index + 1)
            for index in range(len(old))
            if old[index] != new[index]
        )
        return
    before, after = (
        [json.dumps(entry, default=str, sort_keys=True) for entry in side] for side in (old, new)
    )
    matcher = SequenceMatcher(None, before, after, autojunk=len(old) * len(new) > _MANY)
    for word, *places in matcher.get_opcodes():
        if word != "equal":
            yield ChangedEntries(*places)
