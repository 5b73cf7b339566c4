"""Lines are made for the width that they have in the end."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.screen import Screen

from assess.display.text.styled import DrawnLines, styled_line
from assess.tui.core.widgets.lines import LINE_STYLE_CLASSES, LinesView


class StyledScreen(Screen[None]):
    """A screen with the styles of lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*LINE_STYLE_CLASSES}


class Growing(App[None]):
    """A view that takes the height of its lines, up to a part of the screen."""

    CSS = "LinesView { max-height: 70%; }"

    def get_default_screen(self) -> StyledScreen:
        """Return the screen with the styles."""
        return StyledScreen()

    def compose(self) -> ComposeResult:
        """Only the view."""
        self.view = LinesView(grows=True)
        yield self.view


async def test_a_bar_that_comes_for_a_moment_costs_no_column() -> None:
    """More lines than there was room for, and then room for all of them: the bar goes again."""
    app, widths = Growing(), []

    def make(width: int) -> DrawnLines:
        widths.append(width)
        return DrawnLines([styled_line("x" * width, "plain") for _line in range(count)])

    async with app.run_test(size=(40, 20)) as pilot:
        for count in (1, 6, 30, 6):
            app.view.draw_lines(make)
            await pilot.pause(0.1)
            bar = count == 30
            assert app.view.show_vertical_scrollbar is bar
            assert widths[-1] == 40 - 2 * bar


async def test_a_hidden_view_shows_the_lines_that_it_got_last() -> None:
    """The line of proposals is hidden where nothing is proposed; later it has other words."""
    app = Growing()

    def make(_width: int) -> DrawnLines:
        return DrawnLines([styled_line(text)])

    async with app.run_test(size=(40, 20)) as pilot:
        for text in ("first", "second"):
            app.view.draw_lines(make)
            app.view.display = True
            await pilot.pause(0.1)
            assert app.view.text == text
            app.view.display = False
            await pilot.pause(0.1)
