"""A value as people type it, into the value a file holds."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from assess.engine.kinds.reading import MAX_DIGITS
from assess.model.base import Number
from assess.model.item import Choice, Choices, Item, NumberItem, Ratio

# No more digits than a file may hold: longer numbers stay text, and are said to be none.
_NUMBER = re.compile(rf"(?!(\D*\d){{{MAX_DIGITS + 1}}})[-+]?\d+(\.\d+)?")
_RATIO = re.compile(rf"\s*(\d{{1,{MAX_DIGITS}}})\s*/\s*(\d{{1,{MAX_DIGITS}}})\s*")


def parse_value(item: Item, words: str) -> Any:
    """Return what a file would hold for `words`, typed for `item`.

    Full-width digits and signs count as their narrow forms. Words that have no such form come back
    as text; `engine.values.check_value` then says what is wrong with them.
    """
    narrow = unicodedata.normalize("NFKC", words).strip()
    if isinstance(item, Ratio):
        match = _RATIO.fullmatch(narrow)
        return {"part": int(match[1]), "whole": int(match[2])} if match else words
    if isinstance(item, NumberItem):
        return number(narrow) if _NUMBER.fullmatch(narrow) else words
    if isinstance(item, Choices):
        known = {option.id for option in item.options}
        ticks = (tick.strip() for tick in re.split(r"[,、]", narrow))
        return [tick if tick in known else {"other": tick} for tick in ticks if tick]
    if isinstance(item, Choice):
        known = {option.id for option in item.options}
        return narrow if narrow in known or item.other is None else {"other": words}
    return words.strip()


def number(text: str) -> int | Number:
    """Return an integer where the text is one, else the exact decimal."""
    return Number(text) if "." in text else int(text)
