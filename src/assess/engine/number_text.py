"""Decimals as text."""

from __future__ import annotations

from decimal import Decimal


def decimal_text(number: Decimal) -> str:
    """Return a decimal in plain digits without needless zeros: 0.50 is `0.5`, 1E+1 is `10`."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
