"""Which sheets of a round a report can be of."""

from __future__ import annotations

import pytest

from assess.report.proof.sheet_selections import is_possible_selection, list_possible_selections
from assess.workspace import SheetName

LISTED = [SheetName.parse_name(name) for name in ("a", "b", "a@x", "b@x", "b@y")]


@pytest.mark.parametrize("names", ["a b a@x b@x b@y", "a a@x", "b b@x b@y", "a@x b@x", "b@y", "a"])
def test_what_commands_choose(names: str) -> None:
    """All sheets, those of a checklist or a system, or one."""
    assert is_possible_selection([SheetName.parse_name(name) for name in names.split()], LISTED)


@pytest.mark.parametrize("names", ["", "a a", "a@x a", "a b", "a b@x", "c", "b b@y", "a a@x a@x"])
def test_what_no_command_chooses(names: str) -> None:
    """A sheet twice, another order, a sheet left out, and one that the round does not have."""
    sheets = [SheetName.parse_name(name) for name in names.split()]
    assert not is_possible_selection(sheets, LISTED)


def test_a_round_without_sheets() -> None:
    """It has the empty selection alone."""
    assert list_possible_selections([]) == [()]
