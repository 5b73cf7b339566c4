"""The day that a report speaks of, and whether the answers and the history agree with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from assess.calendar_ends import convert_to_zone_or_utc
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.workspace.core.provenance import CHINA

_SLACK: Final = timedelta(hours=1)
"""How far the clocks of two machines may differ without a doubt."""


def find_newest_day_if_later(seconds: int, newest_seconds: int) -> date | None:
    """Return the day of the newest time in a history; None where it is not after the commit's.

    `seconds` is the time of the commit. Of a clock that is less than an hour slow nothing is said.
    """
    made, newest = (datetime.fromtimestamp(each, CHINA) for each in (seconds, newest_seconds))
    is_later = (newest - _SLACK).date() > made.date()
    return newest.date() if is_later else None


def refuse_impossible_day(day: date, sheets: Iterable[Sheet], today: date, lang: Lang) -> None:
    """Refuse a day set by hand on which the answers could not have been known.

    Raises:
        UsageError: it is after `today`, or before the day of the last answer or review.
    """
    _ = translator(lang)
    if day > today:
        message = _("{day} is after today: a report can't speak of the future")
        raise UsageError(message.format(day=day), f"--date {today}")
    last = find_day_of_last_answer(sheets)
    if last is not None and day < last:
        message = _("{day} is before the last answer or review, of {last}")
        raise UsageError(message.format(day=day, last=last), f"--date {last}")


def find_day_of_last_answer(sheets: Iterable[Sheet]) -> date | None:
    """Return the day, in China, of the last answer or review; None where none has a time."""
    return max(_days_of_answers(sheets), default=None)


def _days_of_answers(sheets: Iterable[Sheet]) -> Iterator[date]:
    for sheet in sheets:
        for answer in sheet.answers.values():
            for moment in (answer.at, answer.review.at if answer.review else None):
                if moment is not None:
                    yield (
                        convert_to_zone_or_utc(moment, CHINA) if moment.tzinfo else moment
                    ).date()
