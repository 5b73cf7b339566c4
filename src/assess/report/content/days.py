"""The day that a report speaks of, and whether the answers and the history agree with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from assess.china_time import find_day_in_china
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.answer import Sheet

_SLACK: Final = 60 * 60
"""How many seconds the clocks of two machines may differ without a doubt."""


def find_newest_day_if_later(commit_seconds: int, newest_seconds: int) -> date | None:
    """Return the day of the newest time in a history; None where it is not after the commit's.

    `commit_seconds` is the time of the commit. Of a clock that is less than an hour slow nothing is
    said.
    """
    is_later = find_day_in_china(newest_seconds - _SLACK) > find_day_in_china(commit_seconds)
    return find_day_in_china(newest_seconds) if is_later else None


def refuse_impossible_day(day: date, sheets: Iterable[Sheet], today: date, lang: Lang) -> None:
    """Refuse a day set by hand on which the answers could not have been known.

    Raises:
        UsageError: it is after `today`, or before the day of the last answer or review.
    """
    _ = translator(lang)
    if day > today:
        message = _("{day} is after today: a report can't speak of the future")
        raise UsageError(message.format(day=day), f"--date {today}")
    last = find_day_of_last_answer_or_review(sheets)
    if last is not None and day < last:
        message = _("{day} is before the last answer or review, of {last}")
        raise UsageError(message.format(day=day, last=last), f"--date {last}")


def find_day_of_last_answer_or_review(sheets: Iterable[Sheet]) -> date | None:
    """Return the day, in China, of the last answer or review; None where none has a time."""
    return max(_iter_answer_and_review_days(sheets), default=None)


def _iter_answer_and_review_days(sheets: Iterable[Sheet]) -> Iterator[date]:
    for sheet in sheets:
        for answer in sheet.answers.values():
            for moment in (answer.at, answer.review.at if answer.review else None):
                if moment is not None:
                    yield find_day_in_china(moment)
