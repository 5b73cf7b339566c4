"""What the parts of a screen need of it: the app, messages, workers, the way back."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from assess.i18n import Lang
from assess.tui.core.shell import AppShell
from assess.tui.core.widgets.frame import AppScreen


class ScreenContext:
    """The services of a screen for the parts that it is made of."""

    def __init__(self, screen: AppScreen) -> None:
        self._screen = screen
        self._awaited_count = 0

    @property
    def is_awaiting_worker(self) -> bool:
        """Whether the next key waits for a coroutine."""
        return self._awaited_count > 0

    @property
    def shell(self) -> AppShell:
        """The app, as screens see it."""
        return self._screen.shell

    @property
    def lang(self) -> Lang:
        """The language of the interface."""
        return self._screen.lang

    @property
    def is_screen_open(self) -> bool:
        """Whether the screen is still open."""
        return self._screen.is_attached

    def show_message(self, message: str) -> None:
        """Show a message until the next key."""
        self._screen.show_message(message)

    def read_again(self) -> None:
        """Read the data of the screen again."""
        self._screen.read_again()

    def close_screen(self) -> None:
        """Go back to the screen below."""
        self._screen.app.pop_screen()

    def show_overview(self) -> None:
        """Show the overview."""
        self.shell.navigation.show_overview()

    def start_worker(
        self, work: Coroutine[Any, Any, None], group: str, *, exclusive: bool = False
    ) -> None:
        """Run a coroutine beside the keys; it ends with the screen.

        `exclusive`: it replaces the coroutine of the same group that still runs.
        """
        self._screen.run_worker(work, group=group, exclusive=exclusive)

    def start_awaited_worker(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine; the next key waits for its end, so it meets what is shown then."""
        self._awaited_count += 1
        self._screen.run_worker(self._run_awaited(work), group="awaited")

    async def _run_awaited(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            self._awaited_count -= 1

    def start_background_job(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine beside the keys; it goes on when the screen is closed."""
        self._screen.app.run_worker(work, group="work")
