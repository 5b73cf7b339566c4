"""The profile as lines: what has no room at the right of a row is said below."""

from __future__ import annotations

import pytest

from assess.display.profile.lines import (
    ProfileGroup,
    ProfileRow,
    fact_definitions_of_round,
    full_hint_lines_if_cut,
    profile_lines,
)
from assess.display.text.styled import join_lines_without_styles
from assess.display.text.wrap import WIDEST
from assess.workspace import SheetName, find_library_file
from assess.workspace.core.library import read_checklist_file

HINT = "  ".join(f"role {number:02}" for number in range(20))


@pytest.mark.parametrize("width", [60, 80, 120, 160, 240])
def test_what_a_row_cuts_is_said_below(width: int) -> None:
    """Rows are no wider than `WIDEST`, on the widest terminal too; no part of a hint is lost."""
    row = ProfileRow("person", "wang-min", "王敏", HINT)
    shown = join_lines_without_styles(
        profile_lines([ProfileGroup("People", (row,))], 0, min(width, WIDEST)).lines
    )
    assert "role 00" in shown
    assert "role 19" not in shown
    assert HINT.split() == join_lines_without_styles(full_hint_lines_if_cut(row, width)[1:]).split()


def test_a_checklist_out_of_the_round_asks_no_facts() -> None:
    """It stays pinned, but neither its questions nor their number stand in the profile."""
    checklists = {
        name: read_checklist_file(find_library_file(name, "en"), "en")
        for name in ("egov-network", "annual-inspection")
    }
    sheets = [SheetName("annual-inspection", None)]
    asked = fact_definitions_of_round(checklists, sheets, for_systems=False)

    assert asked.keys() == checklists["annual-inspection"].profile.keys()
    assert not asked.keys() >= checklists["egov-network"].profile.keys()
    assert fact_definitions_of_round(checklists, [], for_systems=False) == {}
