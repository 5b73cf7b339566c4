"""Names of people, compared as a reader of a page sees them."""

from __future__ import annotations

import unicodedata
from typing import Final

from assess.engine.kinds.reading import fold_text

_SEEN: Final = ("L", "M", "N", "Co")
"""Categories of Unicode that names are made of, with the private signs of rare Hanzi."""

_UNSEEN: Final = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)
"""Joiners, fillers of Hangul and selectors of variants: letters or marks that show nothing."""


def keep_letters_of_name(name: str) -> str:
    """Return what tells a name from another one, '' where nobody could read it as a name.

    Blanks, points and signs that show nothing make no other name; neither do wide forms and case.
    """
    plain = fold_text(name)
    return "".join(
        sign
        for sign in plain
        if unicodedata.category(sign).startswith(_SEEN) and sign not in _UNSEEN
    )
