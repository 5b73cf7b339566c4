"""The digits of a choice mean what they say."""

from __future__ import annotations

from pathlib import Path

from assess.tui.core.widgets.pick import ChoiceWidget
from tui.full_workspace import driving_full_workspace


async def test_a_digit_is_the_grade(tmp_path: Path) -> None:
    """Key 3 is grade 3; 0 and - are none; a digit past the last does nothing."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await driver.press(*["down"] * 4, "+", "tab", "tab", "3")
        grade = driver.app.screen.query_one("#field-s", ChoiceWidget)
        assert grade.value == "3"
        assert "0 - " in driver.screen
        assert "[3 grade 3]" in driver.screen
        for none in ("0", "minus"):
            await driver.press("2", none)
            assert grade.value == ""
        await driver.press("2", "5")
        assert grade.value == "2"
        await driver.press("tab", "\uff13")
        assert driver.app.screen.query_one("#field-a", ChoiceWidget).value == "3"


async def test_where_something_is_always_given_digits_start_at_one(tmp_path: Path) -> None:
    """1 is the first choice; 0 does nothing."""
    async with driving_full_workspace(tmp_path / "w", "f4") as driver:
        await driver.press("m")
        state = driver.app.screen.query_one("#field-state", ChoiceWidget)
        state.focus()
        await driver.press("2", "0")
        assert state.value == "in_progress"
        await driver.press("1", "minus")
        assert state.value == "planned"
