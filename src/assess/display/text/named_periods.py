"""The end of a month or a year as people name it: 月底, 3月底, 年底."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

from assess.engine.kinds.typed_text import tidy_typed_date

_MONTH_END: Final = re.compile(r"(?=.*[年月])(?:(\d{4})?年)?(?:(\d{1,2})月)?[底末]")
_YEAR_ENDS: Final = ("year end",)
_MONTH_ENDS: Final = ("月底", "月末", "本月底", "month end")


def end_of_named_period(text: str, today: date, *, is_past: bool) -> date | None:
    """Return the last day of the month or the year that a text names; None for any other text.

    A month without a year is the next one, or with `is_past` the last one; a year without a
    number is this one.
    """
    tidy = tidy_typed_date(text)
    if tidy in _MONTH_ENDS:
        return _last_day(today.year, today.month)
    match = _MONTH_END.fullmatch("年底" if tidy in _YEAR_ENDS else tidy)
    if match is None:
        return None
    year, month = int(match[1] or today.year), int(match[2] or 12)
    if not (MINYEAR <= year < MAXYEAR and 1 <= month <= 12):  # noqa: PLR2004  # months
        return None
    day = _last_day(year, month)
    if match[1] or match[2] is None or (day <= today if is_past else day >= today):
        return day
    return _last_day(year - 1 if is_past else year + 1, month)


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
