"""The digits of a choice mean what they say."""

from __future__ import annotations

from pathlib import Path

from assess.tui.core.widgets.pick import ChoiceWidget
from tui.driver import driving
from tui.full_workspace import driving_full_workspace


async def test_a_digit_is_the_grade(tmp_path: Path) -> None:
    """Key 3 is grade 3; 0 and - are none; a digit past the last does nothing."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await driver.press(*["down"] * 4, "+", "tab", "tab", "3")
        grade = driver.app.screen.query_one("#field-s", ChoiceWidget)
        assert grade.value == "3"
        assert "0 not given" in driver.screen
        assert "[3 grade 3]" in driver.screen
        for none in ("0", "minus"):
            await driver.press("up", "2", "up", none)
            assert grade.value == ""
        await driver.press("up", "2", "up", "5")
        assert grade.value == "2"
        assert driver.app.focused is grade
        await driver.press("tab", "\uff13")
        assert driver.app.screen.query_one("#field-a", ChoiceWidget).value == "3"


async def test_where_something_is_always_given_digits_start_at_one(tmp_path: Path) -> None:
    """1 is the first choice; 0 does nothing."""
    async with driving_full_workspace(tmp_path / "w", "f4") as driver:
        await driver.press("m")
        state = driver.app.screen.query_one("#field-state", ChoiceWidget)
        state.focus()
        await driver.press("2", "up", "0")
        assert state.value == "in_progress"
        await driver.press("1", "up", "minus")
        assert state.value == "planned"


async def test_a_digit_leads_on_in_the_form_of_a_system(tmp_path: Path) -> None:
    """As in the form of facts: `3 2 1 2` chooses both grades, exposure and place."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await driver.press(*["down"] * 4, "+", *"OA", "tab", "tab")
        await driver.type("321")
        assert "Tab next field" in driver.screen
        assert "1-9 choose, and go to the next field" in driver.screen
        assert driver.app.focused is driver.app.screen.query_one("#field-hosting")
        await driver.press("2", "ctrl+s")
        system = driver.workspace.read_config().systems["oa"]
        assert system.grade is not None
        assert (system.grade.s, system.grade.a) == (3, 2)
        assert system.exposure == "internet"
        assert system.hosting == "egov_cloud"


async def test_a_digit_leads_on_in_a_row_of_a_table(tmp_path: Path) -> None:
    """After the choice of yes or no the next column is in focus."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("g", *"09", "enter", "enter", "+")
        await driver.press(*"A", "tab", *"100", "tab", "1")
        assert driver.app.focused is driver.app.screen.query_one("#field-since")
        await driver.type("2026-01-02")
        await driver.press("enter", "ctrl+s")
        rows = driver.on_disk("KND-09").value
        assert (rows[0]["backup"], str(rows[0]["since"])) == (True, "2026-01-02")
