"""Settling conflicts."""

from __future__ import annotations

import pytest

from assess.engine.settle import can_settle, settlement
from assess.model.conflict import ABSENT

SAID = {"field": "value", "theirs": 3, "fingerprint": "f", "by": "li", "at": "t"}
NOTE = {"field": "note", "by": "li"}


def test_ours_stands_already() -> None:
    """Only the row goes; the last one takes `conflict` along."""
    assert settlement([SAID, NOTE], 0, theirs=False) == {"conflict": [NOTE]}
    assert settlement([NOTE], 0, theirs=False) == {"conflict": ABSENT}


def test_theirs_is_taken_with_all_that_it_says() -> None:
    """Nothing of our answer is mixed into theirs; who said it when comes along."""
    assert settlement([SAID, NOTE], 0, theirs=True) == {
        "status": ABSENT,
        "value": 3,
        "fingerprint": "f",
        "mitigation": ABSENT,
        "risk": ABSENT,
        "by": "li",
        "at": "t",
        "conflict": [NOTE],
    }


def test_a_field_that_theirs_removed_goes() -> None:
    """And only that field: the stamp stays that of the answer."""
    assert settlement([NOTE], 0, theirs=True) == {"note": ABSENT, "conflict": ABSENT}


@pytest.mark.parametrize(
    ("field", "can"), [("note", True), ("rungs[a]", False), ("items[]", False)]
)
def test_rows_about_lists_are_for_an_editor(field: str, can: bool) -> None:
    """A key press can't put an entry where it belongs."""
    assert can_settle(field) is can
