"""Dates and numbers as people type them: full-width signs, units, usual notations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from assess.engine.kinds.reading import MAX_DIGITS, parse_exact_number
from assess.model.base import Number

_FULL_WIDTH: Final = 0xFEE0
"""Offset from an ASCII sign to its full-width form."""
_DIGITS_BY_SIGN: Final = {"○": "0", "零": "0"} | {
    sign: str(n) for n, sign in enumerate("〇一二三四五六七八九")
}
_NUMERAL: Final = re.compile(f"[{''.join(_DIGITS_BY_SIGN)}十]+(?=[年月日号])")
_THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
COUNTING_UNITS: Final = tuple("台个人名次项份条套处家件张部块户座")
"""Units that people write after what they counted; none of them changes the number."""


def convert_full_width_to_ascii(text: str) -> str:
    """Return `text` with full-width digits, signs and spaces as ASCII, stripped."""
    return "".join(map(_convert_full_width_char, text)).strip()


def _convert_full_width_char(char: str) -> str:
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - _FULL_WIDTH)
    return {"\u3000": " ", "。": ".", "、": ","}.get(char, char)


def tidy_typed_date(text: str) -> str:
    """Return a typed date with ASCII digits, 日 for 号, and without 前 at its end."""
    tidy = convert_full_width_to_ascii(text)
    tidy = _NUMERAL.sub(lambda match: _number_of_numeral(match[0]), tidy)
    return re.sub("号$", "日", tidy.removesuffix("前"))


def _number_of_numeral(numeral: str) -> str:
    """Return 十二 as 12, 二十 as 20, 二〇二七 as 2027."""
    tens, has_tens, ones = numeral.partition("十")
    digits = [_DIGITS_BY_SIGN.get(sign, "") for sign in (ones if has_tens else numeral)]
    if not has_tens:
        return "".join(digits)
    return (_DIGITS_BY_SIGN.get(tens, "") or "1") + ("".join(digits) or "0")


def normalize_typed_date(text: str) -> str:
    """Return the ISO form of a date in a usual notation; any other text unchanged.

    2026-3-8, 2026.3.8, 2026/3/8, 2026年3月8日, 二〇二六年三月八日 and 20260308 are understood,
    full-width too.
    """
    tidy = tidy_typed_date(text)
    for sign in "./年月":
        tidy = tidy.replace(sign, "-")
    parts = tidy.rstrip("日").split("-")
    if len(parts) == 1 and len(tidy) == len("20260308") and tidy.isdigit():
        parts = [tidy[:4], tidy[4:6], tidy[6:]]
    try:
        year, month, day = map(int, parts)
        return date(year, month, day).isoformat()
    except ValueError:
        return text.strip()


def parse_number_or_keep_text(text: str, units: Sequence[str] = ()) -> int | Number | str:
    """Return the number that `text` stands for; any other text, also a longer one, unchanged.

    Digits may be full-width or grouped by thousands; one of the `units` may follow.
    """
    tidy = convert_full_width_to_ascii(text)
    unit = next(
        (unit for unit in map(convert_full_width_to_ascii, units) if tidy.endswith(unit)), ""
    )
    tidy = tidy.removesuffix(unit).rstrip()
    if _THOUSANDS.fullmatch(tidy):
        tidy = tidy.replace(",", "")
    digits = tidy.lstrip("+-")
    whole, point, rest = digits.partition(".")
    if len(digits) > MAX_DIGITS + len(point):
        return text.strip()
    if whole.isdecimal() and (rest.isdecimal() if point else True) and len(tidy) - len(digits) <= 1:
        return parse_exact_number(tidy)
    return text.strip()
