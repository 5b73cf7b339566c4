"""How a number of a workbook is shown: as a number, a share, a day or a time.

A workbook holds days and times as numbers, and only the format of the cell tells. The numbers of
the formats are those of ECMA-376, part 1, 18.8.30.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from assess.display.table.workbook.parts import ElementReader
from assess.engine.number_text import decimal_text

_GENERAL: Final = "general"
_BUILT_IN: Final[Mapping[int, str]] = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, *range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    16: "m-d",
    17: "yyyy-mm",
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 46, 47, 55, 56), "h:mm"),
    22: "yyyy-mm-dd h:mm",
}
"""The formats that have a number only; those of China and Japan are days and times, too."""

_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]')
_WORDS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""What a spreadsheet writes; Python takes more for numbers."""
_HALF_DAY: Final = re.compile("am/pm|a/p")
_ZEROS: Final = re.compile("0{2,}")
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001  # a day, at no place
_FIRST_DAY_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001  # as above
_NO_DAY: Final = 60
"""The 29 February 1900, which spreadsheets count and no calendar has."""
_MOST_DIGITS: Final = 8
"""Digits of the number of a format or a style."""
_LONGEST_NUMBER: Final = 64
_LONGEST_FORMAT: Final = 255
"""Characters; spreadsheets write numbers with 17 digits at most, and take no longer format."""
_REPEATED: Final = re.compile(r"(.)\1+")
_MOST_DAYS: Final = 2_958_466
"""Up to the year 9999."""


class FormatReader(ElementReader):
    """The formats of cells, by the number that a cell cites."""

    def __init__(self) -> None:
        self._custom: dict[int, str] = {}
        self._cited: list[int] = []
        self._in_cell_formats = False

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take a format of the workbook's own, or a citation of a format."""
        if name == "numFmt":
            number = _parse_whole_number_or_zero(attributes.get("numFmtId", ""))
            self._custom[number] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cell_formats = True
        elif name == "xf" and self._in_cell_formats:
            self._cited.append(_parse_whole_number_or_zero(attributes.get("numFmtId", "")))

    def end_element(self, name: str) -> None:
        """Take the end of the citations."""
        if name == "cellXfs":
            self._in_cell_formats = False

    def format_of_style(self, style: str) -> str:
        """Return the format of a cell; `general` where it names none."""
        index = _parse_whole_number_or_zero(style)
        number = self._cited[index] if index < len(self._cited) else 0
        return self._custom.get(number) or _BUILT_IN.get(number, _GENERAL)


def _parse_whole_number_or_zero(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else 0


def format_cell_number(stored_text: str, cell_format: str, *, from_1904: bool) -> str:
    """Return a number as its cell shows it: in full, and a day in ISO form.

    A day without its year or its day of the month lacks them here, too.

    Raises:
        ValueError, ArithmeticError: it is no number, or number or format are too long.
    """
    if len(stored_text) > _LONGEST_NUMBER or len(cell_format) > _LONGEST_FORMAT:
        raise ValueError(stored_text[:_LONGEST_NUMBER])
    if not _NUMBER.fullmatch(stored_text.strip()):
        raise ValueError(stored_text)
    value = (
        Decimal(stored_text)
        if stored_text.lstrip("-").isdecimal()
        else Decimal(f"{float(stored_text):.15g}")
    )
    if not value.is_finite():
        raise ValueError(stored_text)
    letters = _strip_format_to_letters(cell_format)
    if _counts_on_beyond_a_day(cell_format) and value >= 0:
        return _format_elapsed_time(value)
    if any(sign in letters for sign in "ymdhs"):
        return _format_date_or_time(value, letters, from_1904=from_1904)
    if "%" in letters:
        return f"{decimal_text(value * 100)}%"
    text = decimal_text(value)
    return text.zfill(len(letters)) if _ZEROS.fullmatch(letters) and text.isdecimal() else text


def _strip_format_to_letters(cell_format: str) -> str:
    """Return the signs of a format for positive numbers, without words; '' for `general`."""
    bare = _HALF_DAY.sub("", _QUOTED.sub("", _ELAPSED.sub(r"\1", cell_format.lower())))
    letters = bare.partition(";")[0]
    return "" if letters == _GENERAL else letters


def _counts_on_beyond_a_day(cell_format: str) -> bool:
    """Return whether a format shows a duration: `[h]:mm` shows a day and a half as 36:00."""
    bare = _WORDS.sub("", cell_format.lower()).partition(";")[0]
    return _ELAPSED.search(bare) is not None


def _format_elapsed_time(value: Decimal) -> str:
    minutes, seconds = divmod(round(value * 86400), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def _format_date_or_time(value: Decimal, letters: str, *, from_1904: bool) -> str:
    if not 0 <= value < _MOST_DAYS:
        return decimal_text(value)
    start = _FIRST_DAY_1904 if from_1904 else _FIRST_DAY
    days = value + 1 if not from_1904 and value < _NO_DAY else value
    moment = start + timedelta(seconds=round(days * 86400))
    has_month = "m" in _remove_minute_letters(letters)
    signs = (("y", "%Y"), ("m", "%m"), ("d", "%d"))
    shown = [code for sign, code in signs if (has_month if sign == "m" else sign in letters)]
    time = f"{moment:%H:%M:%S}"
    parts = [moment.strftime("-".join(shown))] if shown else []
    if not shown or time != "00:00:00":
        parts.append(time)
    return " ".join(parts)


def _remove_minute_letters(letters: str) -> str:
    """Return a format without the `m` of minutes: those beside hours or seconds."""
    return re.sub("h[^a-z]*m|m[^a-z]*s", "", _REPEATED.sub(r"\1", letters))
