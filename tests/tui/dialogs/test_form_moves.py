"""Moving through the fields of a form, and the words of its keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tui.driver import Driver, driving
from tui.full_workspace import driving_full_workspace


async def test_arrows_stay_at_the_ends_of_a_form(tmp_path: Path) -> None:
    """Up at the first field stays there, Down at the last; Tab goes round."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await driver.press("down", "down", "enter")
        for keys, focused in (
            (("up",), "field-addressee"),
            (("down", "down", "down"), "field-marking"),
            (("tab",), "field-addressee"),
        ):
            await driver.press(*keys)
            assert driver.app.focused is not None
            assert driver.app.focused.id == focused


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("g",), ("Ctrl+S 跳到", "Esc 关闭  ")),
        (("p", "2"), ("Ctrl+S 生成", "Esc 关闭  ")),
        (("enter", "a"), ("Ctrl+S 保存", "Esc 关闭，留草稿")),
    ],
)
async def test_the_keys_say_what_they_do_there(
    tmp_path: Path, keys: tuple[str, ...], words: tuple[str, str]
) -> None:
    """A form that saves nothing does not say so, nor one without a draft that it leaves one."""
    async with driving(tmp_path / "w", "zh", start=None) as driver:
        await driver.press(*keys)
        for text in words:
            assert text in driver.screen


def place_of_cursor(driver: Driver) -> tuple[int, int]:
    """Return where the field in focus has its cursor."""
    field = driver.app.focused
    assert isinstance(field, Input | TextArea)
    return field.cursor_screen_offset


@pytest.mark.parametrize("keys", [("g",), ("a",), ("e",), ("m",), ("g", *"03", "enter", "4")])
async def test_the_terminal_s_cursor_stands_in_the_field(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    """From the moment a form opens: input methods and screen readers look there."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press(*keys)
        x, y = place_of_cursor(driver)
        assert y > 0
        assert driver.app.cursor_position == (x, y)
        await driver.press("tab")
        if isinstance(driver.app.focused, Input):
            assert driver.app.cursor_position == place_of_cursor(driver)


async def test_the_terminal_s_cursor_stands_at_the_end_of_a_long_text(tmp_path: Path) -> None:
    """A text that is wrapped when the form opens: the cursor is in its last line."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("a", *"一行又一行。" * 20, "ctrl+s", "a")
        x, y = place_of_cursor(driver)
        assert x < 79
        assert driver.app.cursor_position == (x, y)
