"""The cells of a roll-up as they are printed in texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from assess.engine.number_text import decimal_text
from assess.model.rollup import ColumnKind

NOTHING: Final = "—"
"""What stands for a cell in which there is nothing to say; never 0."""

LONGEST_PRINTED: Final = 500
"""Characters of a unit's text that a document for people has; workbook and data have all."""


def shorten_printed_text(text: str) -> str:
    """Return a text as documents for people have it: one unit can't fill them with its words."""
    return text if len(text) <= LONGEST_PRINTED else f"{text[:LONGEST_PRINTED]}…"


def format_cell(value: Any, kind: ColumnKind) -> str:
    """Return a cell as it is printed."""
    if value is None:
        return NOTHING
    if kind == "percent":
        return format_percent(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def format_percent(share: Decimal) -> str:
    """Return a share from 0 to 1 as a percentage with one decimal."""
    return f"{Decimal(share) * 100:.1f}%"
