"""The statuses of a sheet's answers, taken from its lines: much faster than decoding the file."""

from __future__ import annotations

import re
from typing import Final

_ANSWERS: Final = re.compile(r"^answers:\n((?:[ \n].*\n?|\n)*)", re.MULTILINE)
_ENTRY: Final = re.compile(r"^  ([^\s:]+):$|^    status: ([a-z_]+)$", re.MULTILINE)
"""The first line of an answer, or its status, in the form that the program writes."""


def read_probable_statuses_by_item(text: str) -> dict[str, str]:
    """Return the statuses of answers by item, as far as lines of the usual form show them.

    A file that was written in another form gives fewer, or none: the result is good for refusing
    what is too large before anything is decoded, and for nothing else.
    """
    statuses: dict[str, str] = {}
    block = _ANSWERS.search(text)
    item_id = None
    for entry, status in _ENTRY.findall(block[1]) if block else ():
        if entry:
            item_id = entry
        elif item_id is not None:
            statuses[item_id] = status
    return statuses
