"""Symbols that fonts of documents seldom have: emoji, flags, signs of rare scripts."""

from __future__ import annotations

import re
from typing import Final

_UNCOMMON_SYMBOL: Final = re.compile("[\U00010000-\U0001ffff]")
"""The second plane of Unicode; the Han characters beyond the first plane begin after it."""

_MOST_SHOWN: Final = 5


def uncommon_symbols_text(text: str) -> str:
    """Return the uncommon symbols of a text with their codes, the first ones; '' for none."""
    symbols = list(dict.fromkeys(_UNCOMMON_SYMBOL.findall(text)))
    shown = ", ".join(f"{symbol} U+{ord(symbol):04X}" for symbol in symbols[:_MOST_SHOWN])
    return shown + " …" if len(symbols) > _MOST_SHOWN else shown
