"""Exceptions carry what to do."""

from __future__ import annotations

from assess.errors import AssessError, UnknownIdError, find_nearest_names


def test_message_and_hint() -> None:
    """Both stand on one line."""
    assert str(AssessError("it is locked", "wait")) == "it is locked (wait)"
    assert str(AssessError("it is locked")) == "it is locked"


def test_nearest_names() -> None:
    """Slips of letters and of case are recognised; something else names nothing."""
    known = ["EGN-BND-01", "EGN-BND-02", "SBS-PRJ-01"]

    assert find_nearest_names("egn-bnd-1", known)[0] == "EGN-BND-01"
    assert find_nearest_names("xyz", known) == []
    assert UnknownIdError("no item", "egn-bnd-01", known).nearest[0] == "EGN-BND-01"
