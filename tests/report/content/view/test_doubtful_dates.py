"""Dates that answers or the history contradict are a reservation."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from assess.model.answer import Answer
from assess.model.item import Item
from assess.workspace.history.history_before import HistoryBefore
from report import factory
from report.content.test_reservations import accepted, inputs, kinds


def test_a_date_by_hand() -> None:
    """Any day but that of the commit."""
    assert kinds(inputs(usual_day=factory.TODAY)) == []
    assert kinds(inputs(usual_day=date(2026, 6, 1))) == ["date"]


def test_a_commit_that_is_dated_before_its_answers() -> None:
    """Whoever commits can set the clock back; the answers still say when they were given."""

    def late(index: int, item: Item) -> Answer | None:
        answer: Answer = accepted()(index, item)
        return replace(answer, at=datetime(2026, 7, 2, 9, tzinfo=UTC))

    assert kinds(inputs(late, usual_day=factory.TODAY)) == ["date"]


@pytest.mark.parametrize(
    ("day", "found"), [(date(2026, 11, 4), ["date"]), (factory.TODAY, []), (date(2026, 1, 5), [])]
)
def test_a_commit_that_is_dated_before_its_history(day: date, found: list[str]) -> None:
    """The times may be left out of the answers; the commits before still bear theirs."""
    newest = int(datetime(day.year, day.month, day.day, 10, tzinfo=UTC).timestamp())
    assert kinds(inputs(usual_day=factory.TODAY, history=HistoryBefore(newest))) == found
