"""First letters of pinyin: `bjmr` finds 边界默认拒绝 without an input method.

The table has the letters of each character. It is read at the first search.
"""

from __future__ import annotations

from functools import cache
from itertools import product

from assess.locations import PROGRAM_DATA

_READINGS = 8
"""Maximum number of readings of a text: 行 and 重 have two letters each."""


@cache
def load_pinyin_letters() -> dict[str, str]:
    """Return the letters of each Han character, the usual letter first; the first call blocks."""
    letters: dict[str, str] = {}
    text = (PROGRAM_DATA / "pinyin.txt").read_text("utf-8")
    for row in text.splitlines():
        letter = row[0]
        for char in row[2:]:
            letters[char] = letters.get(char, "") + letter
    return letters


def pinyin_initials_of_all_readings(text: str) -> str:
    """Return the letters of `text`, a line for each reading; other characters stay.

    Spaces and punctuation are removed, so that a search finds the words around them as one word.
    """
    known = load_pinyin_letters()
    signs = [known.get(char, char.lower()) for char in text if char.isalnum()]
    readings, several = 1, []
    for letters in signs:
        fits = readings * len(letters) <= _READINGS
        readings *= len(letters) if fits else 1
        several.append(letters if fits else letters[:1])
    return "\n".join("".join(reading) for reading in product(*several))
