"""Cells of a table in words: what a person types or a spreadsheet shows, as a file holds it."""

from __future__ import annotations

import re
from typing import Any, Final

from assess.engine.kinds.reading import fold_width_case_drop_spaces, normalize_width_and_strip
from assess.engine.kinds.typed_text import normalize_typed_date, parse_number_or_keep_text
from assess.engine.punctuation import enumeration_comma_sign
from assess.i18n import LANGS, Lang, translator
from assess.model.base import pick_text
from assess.model.item_parts import Column

_EMPTY: Final = frozenset({"", "-", "--", "—", "——", "/"})
"""What stands in a cell that is left empty, in tables on paper and in spreadsheets."""
_YES: Final = frozenset({"true", "yes", "y", "是", "有", "√", "✓", "✔"})
_NO: Final = frozenset({"false", "no", "n", "否", "无", "×", "✗", "✘"})
_MIDNIGHT: Final = frozenset({"0:00", "00:00", "0:00:00", "00:00:00"})
"""The time that spreadsheets add to a date."""
_FIRST_YEAR: Final = "1900"
"""The year 26 of `26-3-8` is none that anybody means."""
_BREAKS: Final = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
"""Tabs and line breaks of Unicode."""


def parse_cell_value(column: Column, cell_text: str) -> Any:
    """Return the value of a cell; '' for an empty one, and words that do not fit unchanged.

    Options may be written by their id or by their words in either language. Digits may be
    full-width or grouped by thousands, and bear the unit of the column. A text has one line: line
    breaks and tabs in it become a space.
    """
    text = " ".join(part.strip() for part in _BREAKS.split(cell_text) if part.strip())
    narrow = normalize_width_and_strip(text)
    if column.type == "text" or narrow in _EMPTY:
        return "" if column.type != "text" and narrow in _EMPTY else text
    if column.type == "choice":
        return _find_option_id_or_keep_text(column, text)
    if column.type == "boolean":
        plain = narrow.casefold()
        return True if plain in _YES else False if plain in _NO else text
    if column.type == "date":
        return _parse_date_cell(text, narrow)
    return _parse_number_cell(column, text, narrow)


def _find_option_id_or_keep_text(column: Column, text: str) -> str:
    if any(text == option.id for option in column.options):
        return text
    typed = fold_width_case_drop_spaces(text)
    same = [
        option.id
        for option in column.options
        if typed in {fold_width_case_drop_spaces(pick_text(option.text, lang)) for lang in LANGS}
    ]
    return same[0] if len(same) == 1 else text


def _parse_date_cell(text: str, normalized: str) -> str:
    day, _blank, time = normalized.partition(" ")
    date_text = normalize_typed_date(day if time.strip() in _MIDNIGHT else text)
    return date_text if date_text >= _FIRST_YEAR else text


def _parse_number_cell(column: Column, text: str, normalized: str) -> Any:
    for lang in LANGS:
        unit = normalize_width_and_strip(pick_text(column.unit, lang))
        normalized = normalized.removesuffix(unit).rstrip() if unit else normalized
    number = parse_number_or_keep_text(normalized)
    return text if isinstance(number, str) else number


def expected_cell_text(column: Column, lang: Lang) -> str:
    """Return what a cell of the column takes, as people write it."""
    _ = translator(lang)
    if column.type == "choice":
        return enumeration_comma_sign(lang).join(
            pick_text(option.text, lang) for option in column.options
        )
    return {
        "text": _("a text"),
        "integer": _("a whole number, such as 12"),
        "number": _("a number, such as 12.5"),
        "boolean": _("yes or no"),
        "date": _("a date, such as 2026-03-18"),
    }[column.type]
