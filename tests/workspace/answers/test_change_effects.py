"""What a change of facts or of a grade would do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.model.base import Number
from assess.workspace import SheetName, Workspace
from assess.workspace.answers import change_effects
from tui.full_workspace import PORTAL, full_workspace
from tui.sample import SHEET

TODAY = date(2026, 6, 1)


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace with a system without facts."""
    return full_workspace(tmp_path / "w", "en")


def seen(here: Workspace, *names: SheetName) -> list[change_effects.Effect]:
    """Return the effects of taking out the unit's fact, and of few users of the system."""
    desks = {name: here.open_sheet(name, "2026") for name in names}
    config = change_effects.replace_or_remove_facts(
        here.read_config(), None, {"egov_access": False}
    )
    config = change_effects.replace_or_remove_facts(config, "portal", {"users": 5})
    return change_effects.find_items_whose_applicability_changes(desks, config, TODAY)


def test_items_that_go_and_whether_they_were_answered(here: Workspace) -> None:
    """Each sheet is weighed by its own facts."""
    assert seen(here, SHEET, PORTAL) == [
        change_effects.Effect(SHEET, "KND-01", comes=False, answered=True),
        change_effects.Effect(PORTAL, "SYS-02", comes=False, answered=False),
    ]


def test_written_facts_do_what_was_foretold(here: Workspace) -> None:
    """After writing, the same items apply; taking the fact out again brings them back."""
    here.edit_config(change_effects.make_edits_of_facts(None, {"egov_access": False}))
    here.edit_config(change_effects.make_edits_of_facts("portal", {"users": Number(5)}))
    assert here.read_config().systems["portal"].profile == {"users": 5}
    desks = {name: here.open_sheet(name, "2026") for name in (SHEET, PORTAL)}
    back = change_effects.replace_or_remove_facts(here.read_config(), "portal", {"users": None})
    [one] = change_effects.find_items_whose_applicability_changes(desks, back, TODAY)
    assert (one.item_id, one.comes) == ("SYS-02", True)


def test_a_grade_is_weighed_too(here: Workspace) -> None:
    """A system of level 2 leaves out what is asked of level 3."""
    grade = {"level": 2, "s": 2, "a": 2}
    config = change_effects.replace_system_fields(here.read_config(), "portal", {"grade": grade})
    [one] = change_effects.find_items_whose_applicability_changes(
        {PORTAL: here.open_sheet(PORTAL, "2026")}, config, TODAY
    )
    assert (one.item_id, one.comes) == ("SYS-01", False)
    assert (
        change_effects.replace_system_fields(config, "portal", {}).systems["portal"].grade is None
    )
