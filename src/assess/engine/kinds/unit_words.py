"""Units behind numbers: checklists write English ones in the plural, and one of them is none."""

from __future__ import annotations

import re
from typing import Any, Final

from assess.engine.kinds.reading import read_number
from assess.i18n import Lang
from assess.model.base import Text, pick_text

_ENDINGS: Final = (
    (re.compile(r"people$"), "person"),
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=ch|sh|ss)es$|(?<=[xz])es$"), ""),
    (re.compile(r"(?<![siu])s$"), ""),
)
"""Regular endings of the plural with those of the singular; the first that fits is taken."""
_WORDS: Final = re.compile(r"[a-z -]+")
"""What is inflected: `Mbps` and `10,000 yuan` are not."""


def unit_text(unit: Text, value: Any, lang: Lang) -> str:
    """Return the unit of a number; in English in the singular behind 1."""
    text = pick_text(unit, lang)
    if lang != "en" or read_number(value) != 1 or not _WORDS.fullmatch(text):
        return text
    for plural, singular in _ENDINGS:
        if plural.search(text):
            return plural.sub(singular, text)
    return text
