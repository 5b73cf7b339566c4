"""Keys are processed in their order, each by the screen that the key before it opened."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.screen import Screen

from assess.tui.app import key_queue
from assess.tui.app.key_queue import OrderedKeysApp


class SlowScreen(Screen[None]):
    """A screen that opens a dialog with `g`, late; it counts its other keys."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.dialog = Dialog()

    async def key_g(self) -> None:
        """Open the dialog after a while, as on a busy machine."""
        await asyncio.sleep(0.1)
        self.app.push_screen(self.dialog)

    def on_key(self, event: events.Key) -> None:
        """Count a key that reaches this screen."""
        self.keys.append(event.key)


class Dialog(Screen[None]):
    """A screen that counts its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.ready = True

    async def on_key(self, event: events.Key) -> None:
        """Count a key; escape closes the dialog and takes long."""
        self.keys.append(event.key)
        if event.key == "escape":
            self.app.pop_screen()
            await asyncio.sleep(0.1)


class SlowApp(OrderedKeysApp):
    """An app whose first screen is slow."""

    def __init__(self) -> None:
        super().__init__()
        self.first = SlowScreen()

    def on_mount(self) -> None:
        """Show the first screen."""
        self.push_screen(self.first)


async def send_keys(app: SlowApp, *keys: str) -> None:
    """Send keys as the terminal does: each after the time of patience of the one before."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
        await asyncio.sleep(0.04)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every key one that takes long."""
    monkeypatch.setattr(key_queue, "_PATIENCE", 0.01)


async def test_a_key_that_takes_long_is_waited_for() -> None:
    """The digit typed for the dialog never answers an item on the screen below."""
    app = SlowApp()
    async with app.run_test():
        await send_keys(app, "g", "3", "4")
        await app.wait_until_keys_done()
        assert app.first.keys == ["g"]
        assert app.first.dialog.keys == ["3", "4"]


async def test_a_screen_that_is_not_ready_gets_each_key_once() -> None:
    """Keys that come while it is not ready are processed one by one, in their order."""
    app = SlowApp()
    async with app.run_test():
        app.first.dialog.ready = False
        await send_keys(app, "g", "1", "2", "3")
        await asyncio.sleep(0.1)
        app.first.dialog.ready = True
        await app.wait_until_keys_done()
        assert app.first.dialog.keys == ["1", "2", "3"]


async def test_a_key_whose_screen_closed_holds_nothing_up() -> None:
    """What follows reaches the screen below."""
    app = SlowApp()
    async with app.run_test():
        await send_keys(app, "g")
        await app.wait_until_keys_done()
        await send_keys(app, "escape", "5", "6", "7")
        await asyncio.sleep(0.2)
        await send_keys(app, "8")
        await app.wait_until_keys_done()
        assert app.first.keys == ["g", "5", "6", "7", "8"]
