"""The terminal's cursor follows the field in focus: input methods and screen readers look there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widgets import Input, TextArea


class TerminalCursor:
    """Puts the terminal's cursor into the field in focus, wherever the layout of `screen` is."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen

    def start_following_focus(self) -> None:
        """Follow the focus and the layout from now on."""
        screen = self._screen
        screen.screen_layout_refresh_signal.subscribe(
            screen, lambda _screen: self._place_cursor_after_layout()
        )
        screen.watch(screen, "focused", self._place_cursor_after_layout, init=False)

    def _place_cursor_after_layout(self) -> None:
        self._screen.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        """Put the cursor where one types; at a choice, to its beginning."""
        field = self._screen.focused
        if field is None or not self._screen.is_current:
            return
        place = field.content_region.offset
        if isinstance(field, Input | TextArea):
            place = field.cursor_screen_offset
        if field.app.cursor_position != place:
            field.app.cursor_position = place
            field.refresh()
