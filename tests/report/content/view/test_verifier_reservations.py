"""Reservations of whoever verifies: the clock, and what the repository can't tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assess.report.content.view.verifier_reservations import list_reservations_of_verifier
from assess.workspace.history.history_before import HistoryBefore
from assess.workspace.history.later_state import LaterState
from report import factory
from report.content.test_reservations import inputs


def test_the_verifier_sees_the_future_and_other_branches() -> None:
    """A day after his, and a commit that is not in the history of his branch."""
    made, later = inputs(), LaterState(is_in_history=False, commits=3, sheets=())
    found = list_reservations_of_verifier(made, later, (), date(2026, 6, 1), "en")
    assert [one.kind for one in found] == ["date", "history"]


@pytest.mark.parametrize(
    ("in_history", "is_complete", "words"),
    [
        (True, True, ()),
        (None, True, ("git fetch --unshallow",)),
        ("unborn", True, ("has no commit",)),
        (True, False, ("dated after it",)),
        (None, False, ("in the history", "dated after it")),
    ],
)
def test_what_a_repository_can_not_tell(
    in_history: Any, is_complete: bool, words: tuple[str, ...]
) -> None:
    """A shallow clone and a branch without a commit prove no history: that is a reservation."""
    made = inputs()._replace(history=HistoryBefore(0, is_complete))
    later = LaterState(is_in_history=in_history, commits=0, sheets=())
    given = None if in_history == "unborn" else later
    found = list(list_reservations_of_verifier(made, given, (), factory.TODAY, "en"))
    assert [one.kind for one in found] == ["history"] * len(words)
    assert all(word in one.text for word, one in zip(words, found, strict=True))
