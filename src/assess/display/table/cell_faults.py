"""What is wrong with a cell of a table, and how it is worded on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from assess.engine.punctuation import colon_sign, enumeration_comma_sign
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator

_LONGEST_QUOTE: Final = 40
"""Characters of a wrong cell that its fault repeats."""


class CellFault(NamedTuple):
    """What is wrong with a cell, a row (`column` is '') or the whole table (`row` is 0)."""

    row: int
    column: str
    """The id of the column, or the words of a head."""
    title: str
    message: str


def quote_cell(words: str) -> str:
    """Return the words of a wrong cell on one line, and a long cell in short."""
    line = escape_as_single_line(words)
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + ".."


def fault_text(fault: CellFault, lang: Lang) -> str:
    """Return a fault on one line: row, column, what is wrong and what is expected."""
    _ = translator(lang)
    if not fault.row:
        return fault.message
    place = _("row {number}").format(number=fault.row)
    title = f" {escape_as_single_line(fault.title)}" if fault.title else ""
    return f"{place}{title}{colon_sign(lang)}{escape_as_single_line(fault.message)}"


def unknown_heads_text(heads: Sequence[str], lang: Lang) -> str:
    """Return a sentence about heads that are no column of the table."""
    _ = translator(lang)
    quoted = enumeration_comma_sign(lang).join(f"“{quote_cell(head)}”" for head in heads)
    return _("the table has no column {names}").format(names=quoted)
