"""The answer of the last round beside the item."""

from __future__ import annotations

from assess.tui.walk.last_round import PastSheet, last_round_answer_texts
from engine.proposals.contexts import earlier_sheet
from factories import conformity, met


def test_an_item_that_stands_for_an_older_one_shows_its_answer() -> None:
    """As its proposal does; of several older items there is no one answer."""
    past = PastSheet(earlier_sheet((conformity("A-1"),), {"A-1": met(note="n")}))
    head, note = last_round_answer_texts(past, conformity("B-1", supersedes=("A-1",)), "zh")
    assert (head, note) == ("2025 年自查：符合", "n")
    assert last_round_answer_texts(past, conformity("A-1"), "zh") == [head, note]
    assert last_round_answer_texts(past, conformity("B-2", supersedes=("A-1", "A-2")), "zh") == []
    assert last_round_answer_texts(None, conformity("A-1"), "zh") == []
