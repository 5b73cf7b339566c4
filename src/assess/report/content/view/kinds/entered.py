"""Values that were entered in the fields of a form, and how dates are read in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assess.engine.kinds.reading import normalize_width_and_strip
from assess.i18n import Lang, translator

EnteredTexts = Mapping[tuple[str, ...], str]
"""The values of an item's fields, by what each field is for; empty ones are left out."""

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class EntryError(Exception):
    """What was entered can't be taken: the reason, a text to be translated, and its values."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self._reason = reason
        self._values = values

    def reason_text(self, lang: Lang) -> str:
        """Return the reason in a language."""
        return translator(lang)(self._reason).format(**self._values)


def normalize_date(text: str) -> str:
    """Return a date in ISO form where it is written in one of the usual ways, else the text."""
    match = _DATE.fullmatch(normalize_width_and_strip(text))
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text
