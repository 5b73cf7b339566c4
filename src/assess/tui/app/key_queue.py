"""A queue for keys: the next key waits until the last one is processed.

Textual passes keys on as they arrive. A key that opens a form takes a few milliseconds. Keys that
arrive in that time would reach the screen below, or be lost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from textual import events, on
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.message import Message

from assess.tui.core.pasting import parse_paste_refusing_controls
from assess.tui.core.terminal_input import TextPaste, substitute_paste_driver
from assess.tui.core.themes import set_few_colours_class
from assess.tui.core.widgets.shell_screen import ShellScreen

_PATIENCE = 2.0
"""Seconds after which a key is lost if the widget that it went to is closed."""

_PAUSE = 0.01
"""Seconds until a screen that was not ready is checked again."""

_ALWAYS = ("ctrl+c", "ctrl+q")
"""Keys that wait neither until a screen is ready nor for a key that takes long."""


class KeyDone(Message):
    """Follows a key up the widgets: at the app, all widgets have seen the key."""

    def __init__(self, serial: int) -> None:
        super().__init__()
        self.serial = serial


class KeyQueue:
    """Passes keys and pasted text of `app` to `process`, strictly in their order."""

    def __init__(self, app: App[None], process: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._process = process
        self._waiting_keys: deque[events.Key | events.Paste] = deque()
        self._busy = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._since = 0.0
        self._target: DOMNode | None = None
        """The widget that the key being processed went to; none while a screen is not ready."""
        self._serial = 0
        self._messaged: ShellScreen[Any] | None = None
        """The screen that shows a message about a paste."""

    @property
    def keys_done(self) -> bool:
        """Whether no key is being processed."""
        return not self._busy

    async def wait_until_keys_done(self) -> None:
        """Wait until no key is being processed."""
        await self._idle.wait()

    async def process_or_queue_event(self, event: events.Event) -> None:
        """Put a key into the queue; mark a key that comes back up as processed."""
        if not isinstance(event, events.Key | events.Paste):
            await self._process(event)
        elif event.is_forwarded:
            await self._process(event)
            self.mark_key_done_and_process_next(self._serial)
        elif isinstance(event, events.Key) and event.key in _ALWAYS and self._must_wait:
            await self._process(event)
        else:
            self._waiting_keys.append(event)
            if not self._busy or self._is_current_key_lost:
                await self._process_next_key()

    def mark_key_done_and_process_next(self, serial: int) -> None:
        """Process the next key: all widgets have seen the key with this number."""
        if serial == self._serial and self._busy:
            self._serial += 1  # the key counts as processed only once
            self._app.call_next(self._process_next_key)

    @property
    def _screen_ready(self) -> bool:
        """Whether the top screen is laid out and has its data."""
        screen = self._app.screen
        return screen.is_mounted and getattr(screen, "ready", True)

    @property
    def _must_wait(self) -> bool:
        """Whether a key that comes now waits for a screen, or for a key that takes long."""
        return not self._screen_ready or (self._busy and self._is_current_key_slow)

    @property
    def _is_current_key_slow(self) -> bool:
        return monotonic() - self._since > _PATIENCE

    @property
    def _is_current_key_lost(self) -> bool:
        """Whether the key being processed never comes up: its widget is closed.

        A key that only takes long is not lost. What comes after it would reach the screen below.
        """
        return (
            self._target is not None and not self._target.is_attached and self._is_current_key_slow
        )

    async def _process_next_key(self) -> None:
        self._busy = bool(self._waiting_keys)
        if not self._busy:
            self._idle.set()
            return
        self._idle.clear()
        self._since = monotonic()
        self._target = None
        if not self._screen_ready:
            self._app.set_timer(_PAUSE, self._process_next_key)
            return
        event = self._waiting_keys.popleft()
        self._serial += 1
        self._clear_paste_message()
        if isinstance(event, events.Paste):
            text = self._text_for_focused_field(event)
            if not text:
                self.mark_key_done_and_process_next(self._serial)
                return
            event = events.Paste(text)
        self._target = target = self._app.focused or self._app.screen
        await self._process(event)
        if event.is_forwarded:
            target.post_message(KeyDone(self._serial))
        else:
            self.mark_key_done_and_process_next(self._serial)

    def _clear_paste_message(self) -> None:
        if self._messaged is not None and self._messaged.is_attached:
            self._messaged.show_message("")
        self._messaged = None

    def _text_for_focused_field(self, paste: events.Paste) -> str:
        """Return a pasted text as the focused field takes it; '' if it is refused."""
        screen = self._app.screen
        if not isinstance(screen, ShellScreen):
            return ""
        taken = (
            paste.pasted
            if isinstance(paste, TextPaste)
            else parse_paste_refusing_controls(paste.text)
        )
        self._messaged = screen
        return screen.accept_or_refuse_paste(taken) or ""


class OrderedKeysApp(App[None], inherit_bindings=False):
    """An app that gives its keys and pastes to a `KeyQueue`, and knows what its terminal draws."""

    def __init__(self) -> None:
        super().__init__()
        self._key_queue = KeyQueue(self, super().on_event)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver; its pastes are text if Textual's driver works as expected."""
        return substitute_paste_driver(super().get_driver_class())

    @on(events.Mount)
    def set_few_colours_class_on_mount(self) -> None:
        """Choose how grounds are drawn, once the terminal is known."""
        set_few_colours_class(self)

    async def on_event(self, event: events.Event) -> None:
        """Give an event to the queue of keys."""
        await self._key_queue.process_or_queue_event(event)

    def on_key_done(self, message: KeyDone) -> None:
        """Process the next key, unless this key came back up itself."""
        self._key_queue.mark_key_done_and_process_next(message.serial)

    @property
    def keys_done(self) -> bool:
        """Whether no key is being processed."""
        return self._key_queue.keys_done

    async def wait_until_keys_done(self) -> None:
        """Wait until no key is being processed: keys come before work in the background."""
        await self._key_queue.wait_until_keys_done()
