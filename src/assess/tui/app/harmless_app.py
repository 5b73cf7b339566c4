"""The base of the apps with full screens: nothing a terminal would obey, no traceback, no mouse."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from textual import events
from textual.filter import LineFilter
from textual.keys import _character_to_key
from textual.scrollbar import ScrollBar

from assess.tui.app.key_queue import OrderedKeysApp
from assess.tui.core.widgets.harmless import Harmless
from assess.tui.core.widgets.plain_scrollbar import PlainScrollBar


class HarmlessApp(OrderedKeysApp, inherit_bindings=False):
    """An app whose screens show what strangers wrote, and whose end prints none of it."""

    CSS_PATH = "../styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it as an instance variable
        (0, "-narrow"),
        (72, "-normal"),
        (100, "-roomy"),
        (120, "-wide"),
        (160, "-vast"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        self._control_characters = Harmless()

    def on_load(self) -> None:
        """Draw scrollbars without signs that are two cells wide in some terminals."""
        ScrollBar.renderer = PlainScrollBar

    def type_keys(self, typed: str) -> None:
        """Process keys that were typed before the app started."""
        for char in typed:
            key = {"\r": "enter", "\n": "enter"}.get(char) or _character_to_key(char)
            self.post_message(events.Key(key, char))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Remove everything that a terminal would obey."""
        return [*super().get_line_filters(), self._control_characters]

    @property
    def ending_exception(self) -> BaseException | None:
        """The exception that ended the app."""
        error = self._exception
        return getattr(error, "error", error)

    def _fatal_error(self) -> None:
        """End without printing: Textual's traceback shows local variables, and so answers."""
        self._close_messages_no_wait()

    def panic(self, *_renderables: object) -> None:
        """End without printing, for the same reason."""
        self._close_messages_no_wait()

    def run_to_end(self, *, headless: bool = False, size: tuple[int, int] | None = None) -> None:
        """Run until the user leaves the app.

        Raises:
            Exception: a failure inside the app; the caller handles it.
        """
        gc.freeze()  # imported modules stay: the collector can skip them
        # A key must not wait while a thread reads or saves a large sheet.
        sys.setswitchinterval(0.0005)
        self.run(mouse=False, headless=headless, size=size)
        if self.ending_exception is not None:
            raise self.ending_exception
