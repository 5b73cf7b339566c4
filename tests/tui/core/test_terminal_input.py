"""The terminal's input, from a real terminal device: keys by the parser, pastes past it."""

from __future__ import annotations

import asyncio
import os
import pty
import threading
import tty
from collections.abc import Iterator

import pytest
from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from assess.tui.app.key_queue import OrderedKeysApp
from assess.tui.core.pasting import END, START
from assess.tui.core.terminal_input import (
    PasteDriver,
    TextPaste,
    reads_from_fileno,
    substitute_paste_driver,
)

PATIENCE = 10.0


class Recorder(PasteDriver):
    """A driver whose messages are collected; `wanted` of them are waited for."""

    messages: list[Message]
    wanted: int
    complete: threading.Event

    def send_message(self, message: Message) -> None:
        """Collect a message."""
        self.messages.append(message)
        if len(self.messages) >= self.wanted:
            self.complete.set()


@pytest.fixture
def device() -> Iterator[tuple[int, int]]:
    """A terminal device: what types into it, and what the program reads."""
    typing, reading = pty.openpty()
    tty.setraw(reading)
    yield typing, reading
    for fileno in (typing, reading):
        os.close(fileno)


async def recorder(reading: int, wanted: int) -> Recorder:
    """Return a driver over a device; drivers want a loop and an app."""
    driver = Recorder(App[None](), mouse=False)
    driver.messages, driver.wanted, driver.complete = [], wanted, threading.Event()
    driver.fileno = reading
    return driver


def reading_from(device: int, wanted: int, sent: bytes, typing: int) -> list[Message]:
    """Run the thread that reads until so many messages came; return them."""
    driver = asyncio.run(recorder(device, wanted))
    thread = threading.Thread(target=driver.run_input_thread, daemon=True)
    thread.start()
    os.write(typing, sent)
    assert driver.complete.wait(PATIENCE)
    driver.exit_event.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    return driver.messages


def shown(message: Message) -> str:
    """Return a key's name, or a paste's text."""
    if isinstance(message, events.Key):
        return message.key
    assert isinstance(message, TextPaste)
    return f"<{message.pasted.text}>"


def test_keys_and_pastes_come_in_their_order(device: tuple[int, int]) -> None:
    """Between keys, a paste with escapes, line ends and digits is one text."""
    typing, reading = device
    sent = b"a" + START + b"log\x1b[0m33 end\r" + END + START + END + b"\x1b[A" + "网".encode()
    messages = reading_from(reading, 5, sent, typing)
    assert list(map(shown, messages)) == ["a", "<log\\u001b[0m33 end\n>", "<>", "up", "网"]


def test_escape_and_what_is_no_utf_8_are_keys(device: tuple[int, int]) -> None:
    """Neither is waited for longer than a moment, neither ends the program."""
    typing, reading = device
    messages = reading_from(reading, 3, b"\xff1\x1b", typing)
    assert list(map(shown, messages)) == ["replacement_character", "1", "escape"]


def test_a_terminal_that_is_gone_is_an_error(device: tuple[int, int]) -> None:
    """The thread that Textual watches raises it; the one that parses ends too."""
    typing, _reading = device
    driver = asyncio.run(recorder(os.dup(typing), 1))
    # No program holds the other end of such a device any more.
    alone, reading = pty.openpty()
    driver.fileno = alone
    os.close(reading)
    with pytest.raises(OSError, match=r"\[Errno 5\]"):
        driver.run_input_thread()
    os.close(alone)
    assert not [thread for thread in threading.enumerate() if thread.name == "assess-keys"]
    assert not driver.exit_event.is_set()


def test_an_input_that_has_ended_is_waited_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ready for ever, with nothing in it: looked at now and then, not without a pause."""
    pipe, into = os.pipe()
    os.close(into)
    driver = asyncio.run(recorder(pipe, 1))
    reads: list[int] = []
    real = os.read

    def read(fileno: int, size: int) -> bytes:
        reads.append(fileno)
        if reads.count(pipe) == 2:
            driver.exit_event.set()
        return real(fileno, size)

    monkeypatch.setattr(os, "read", read)
    driver.run_input_thread()
    assert reads.count(pipe) == 2
    os.close(pipe)


def test_what_goes_wrong_in_the_parser_is_raised(
    device: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the thread that Textual watches: the program ends with it instead of going deaf."""

    def fail(_driver: LinuxDriver) -> None:
        raise ValueError("no key")

    monkeypatch.setattr(LinuxDriver, "run_input_thread", fail)
    driver = asyncio.run(recorder(device[1], 1))
    with pytest.raises(ValueError, match="no key"):
        driver.run_input_thread()


def test_textual_reads_as_it_did() -> None:
    """The guard: this version of Textual has the method that is replaced, and it reads `fileno`.

    A version that fails here takes its own driver, and pastes with controls in them are refused.
    """
    assert reads_from_fileno(LinuxDriver)
    assert substitute_paste_driver(LinuxDriver) is PasteDriver
    assert OrderedKeysApp().driver_class is PasteDriver


def test_another_driver_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of a test, of another system, or of a version that reads otherwise."""
    assert substitute_paste_driver(HeadlessDriver) is HeadlessDriver
    assert not reads_from_fileno(HeadlessDriver)
    monkeypatch.setattr(LinuxDriver, "run_input_thread", lambda _driver: None)
    assert substitute_paste_driver(LinuxDriver) is LinuxDriver
