"""Names of people, compared as a reader of a page sees them."""

from __future__ import annotations

import unicodedata
from typing import Final

from assess.engine.kinds.reading import fold_text
from assess.harmless import is_visible_character

_SEEN: Final = ("L", "M", "N", "Co")
"""Categories of Unicode that names are made of, with the private signs of rare Hanzi."""


def normalize_person_name(name: str) -> str:
    """Return what tells a name from another one, '' where nobody could read it as a name.

    Blanks, points and signs that show nothing make no other name; neither do wide forms and case.
    """
    plain = fold_text(name)
    return "".join(
        sign
        for sign in plain
        if unicodedata.category(sign).startswith(_SEEN) and is_visible_character(sign)
    )
