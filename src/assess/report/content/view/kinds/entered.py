"""Values that were entered in the fields of a form, and how dates are read in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assess.engine.kinds.reading import normalize_width_and_strip

EnteredTexts = Mapping[tuple[str, ...], str]
"""The values of an item's fields, by what each field is for; empty ones are left out."""

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class EntryError(Exception):
    """What was entered contradicts itself; the message is a text to be translated."""


def normalize_date(text: str) -> str:
    """Return a date in ISO form where it is written in one of the usual ways, else the text."""
    match = _DATE.fullmatch(normalize_width_and_strip(text))
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text
