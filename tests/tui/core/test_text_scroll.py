"""The text of a dialog scrolls by a line and by a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assess.display.walk.sides import TextPair
from assess.tui.core.widgets.lines import LinesView
from tui.driver import Driver, driving

LONG = "\n".join(map(str, range(99)))


def show_confirmation(driver: Driver) -> None:
    """Ask to confirm a long text."""
    driver.app.dialogs.ask_confirmation("T", LONG, lambda: None)


def show_text(driver: Driver) -> None:
    """Show a long text."""
    driver.app.dialogs.show_text("T", LONG)


def show_sides(driver: Driver) -> None:
    """Show two long versions."""
    driver.app.dialogs.choose_side("T", ("A", "B"), [TextPair("P", LONG, LONG)], lambda _side: None)


def show_help(driver: Driver) -> None:
    """Show the keys of the walk."""
    driver.app.navigation.show_help("walk")


@pytest.mark.parametrize("show", [show_confirmation, show_text, show_sides, show_help])
async def test_arrows_scroll_by_a_line_and_page_keys_by_a_page(
    tmp_path: Path, show: Callable[[Driver], None]
) -> None:
    """A long text does not jump when it is read line by line."""
    async with driving(tmp_path / "w", size=(60, 20)) as driver:
        show(driver)
        await driver.settle()
        view = driver.app.screen.query_one("#rows", LinesView)
        await driver.press("down", "j")
        assert view.scroll_offset.y == 2
        await driver.press("pagedown")
        assert view.scroll_offset.y == min(view.max_scroll_y, 2 + view.size.height)
        await driver.press("pageup")
        assert view.scroll_offset.y <= 2
        await driver.press("pagedown", "up", "k")
        assert view.scroll_offset.y == min(view.max_scroll_y, 2 + view.size.height) - 2
