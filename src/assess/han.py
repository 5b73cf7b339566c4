"""Han characters: one set of them for keys, for the texts of checklists and for pages."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The Han characters, with 々 and 〇, as a regular expression has them between brackets."""

EAST_ASIAN: Final = "\u2e80-\uffef\U00020000-\U0003ffff"
"""The characters of East Asia, between which a line may break, likewise."""


@cache
def _han_pattern() -> re.Pattern[str]:
    """Return the pattern of one Han character; compiling it takes too long for every start."""
    return re.compile(f"[{HAN}]")


def is_han(char: str) -> bool:
    """Return whether `char` is one Han character."""
    return _han_pattern().fullmatch(char) is not None


def has_han(text: str) -> bool:
    """Return whether a text has a Han character."""
    return _han_pattern().search(text) is not None
