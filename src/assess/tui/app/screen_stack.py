"""What is done to all screens of the app that are open."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App
from textual.screen import Screen

from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.frame import AppModal, AppScreen
from assess.workspace import SheetName


def push_full_screen(app: App[None], screen: Screen[None]) -> None:
    """Show a screen with the class for the app's width, which Textual sets at the first layout.

    Without it all widgets of the screen are styled and laid out twice.
    """
    width = app.size.width
    fitting = [row for row in app.HORIZONTAL_BREAKPOINTS or () if row[0] <= width]
    screen.add_class(max(fitting)[1], update=False)
    app.push_screen(screen)


class ScreenStack:
    """The open screens and dialogs of `app`, the topmost last."""

    def __init__(self, app: App[None]) -> None:
        self._app = app

    @property
    def full_screens(self) -> list[AppScreen]:
        """The full screens, without dialogs."""
        return [screen for screen in self._app.screen_stack if isinstance(screen, AppScreen)]

    @property
    def is_app_running(self) -> bool:
        """Whether the app runs."""
        return self._app.is_running

    def close_screens(self) -> None:
        """Close all screens and dialogs."""
        while len(self._app.screen_stack) > 1:
            self._app.pop_screen()

    def reread_screens(self) -> None:
        """Read the sheets again on all screens."""
        self._call_screens(lambda screen: screen.read_again())

    def redraw_saving_state(self) -> None:
        """Show the progress of saving on all screens."""
        self._call_screens(lambda screen: screen.redraw_saving_state())

    def show_saved_sheet(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show a sheet as it is now on disk on all screens."""
        self._call_screens(lambda screen: screen.show_saved_sheet(sheet, opened))

    def show_unwritten_drafts(self) -> None:
        """Show on all screens and dialogs whether a draft is in memory only."""
        for screen in self._app.screen_stack:
            if isinstance(screen, AppModal):
                screen.show_or_hide_draft_warning()
            elif isinstance(screen, AppScreen):
                screen.redraw_saving_state()

    def save_unsaved_input(self) -> None:
        """Save what is typed or ticked on all screens and dialogs."""
        for screen in self._app.screen_stack:
            if isinstance(screen, AppScreen | AppModal):
                screen.save_unsaved_input()

    def show_message(self, message: str) -> None:
        """Show a message on the visible screen and on the dialogs over it."""
        for screen in reversed(self._app.screen_stack):
            if isinstance(screen, AppScreen | AppModal):
                screen.show_message(message)
            if isinstance(screen, AppScreen):
                return

    def _call_screens(self, act: Callable[[AppScreen], None]) -> None:
        for screen in self.full_screens:
            act(screen)
