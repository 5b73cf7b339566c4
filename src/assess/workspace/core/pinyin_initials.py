"""First letters of pinyin: `bjmr` finds 边界默认拒绝, typed without an input method.

The table is one letter a character, read when the first search is made.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import product

_READINGS = 8
"""At most so many ways to read one text: 行 and 重 have two letters each."""


@cache
def table() -> dict[str, str]:
    """Return the letters of each Han character, the usual one first; blocks at its first call."""
    found: dict[str, str] = {}
    text = resources.files("assess.data").joinpath("pinyin.txt").read_text("utf-8")
    for row in text.splitlines():
        letter = row[0]
        for char in row[2:]:
            found[char] = found.get(char, "") + letter
    return found


def initials(text: str) -> str:
    """Return the letters of `text`, each way to read it on a line; other signs as they are.

    Spaces and punctuation go, so that what stands at both sides is found as one word.
    """
    known = table()
    signs = [known.get(char, char.lower()) for char in text if char.isalnum()]
    readings, several = 1, []
    for letters in signs:
        fits = readings * len(letters) <= _READINGS
        readings *= len(letters) if fits else 1
        several.append(letters if fits else letters[:1])
    return "\n".join("".join(one) for one in product(*several))
