"""Terminal input: pasted text bypasses Textual's parser, keys pass through it.

Textual's driver reads from its `fileno`. In its thread that is the end of a pipe. This module reads
the terminal and writes what `PasteFilter` lets through into the pipe.
"""

from __future__ import annotations

import os
import selectors
import threading
import time
from collections import deque
from typing import Any

from textual import events
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from assess.tui.core.pasting import ParsedPaste, PasteFilter

_LOOK = 0.1
"""Seconds between two checks whether the program ends."""
_CHUNK = 4096


class TextPaste(events.Paste):
    """A paste that bypassed the parser: complete, in order, without controls."""

    def __init__(self, pasted: ParsedPaste) -> None:
        super().__init__(pasted.text)
        self.pasted = pasted


class PasteDriver(LinuxDriver):
    """A driver whose pastes are text, whatever they contain."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        self._parsed = threading.local()
        self._pastes: deque[ParsedPaste] = deque()
        self._trouble: BaseException | None = None
        self._paste_filter = PasteFilter()
        """One for all reading threads: a paste may continue after an editor had the terminal."""
        super().__init__(*args, **settings)

    @property
    def fileno(self) -> int:
        """The file descriptor that is read: the pipe in the parser's thread, else the terminal."""
        return getattr(self._parsed, "pipe", self._terminal)

    @fileno.setter
    def fileno(self, fileno: int) -> None:
        self._terminal = fileno

    def run_input_thread(self) -> None:
        """Read the terminal until the program ends.

        Raises:
            OSError: the terminal is closed.
            Exception: a failure of the parser.
        """
        pipe, into = os.pipe()
        parsing = threading.Thread(target=self._parse_pipe, args=(pipe,), name="assess-keys")
        parsing.start()
        ending = False
        try:
            self._read_terminal(into)
            ending = self.exit_event.is_set()
        finally:
            self.exit_event.set()
            parsing.join()
            if not ending:
                self.exit_event.clear()
            os.close(into)
            os.close(pipe)
        if self._trouble is not None:
            raise self._trouble

    def _parse_pipe(self, pipe: int) -> None:
        self._parsed.pipe = pipe
        try:
            super().run_input_thread()
        except BaseException as error:  # noqa: BLE001  # raised in the thread that Textual observes
            self._trouble = error

    def _read_terminal(self, pipe: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._terminal, selectors.EVENT_READ)
            while not self.exit_event.is_set() and self._trouble is None:
                until = self._paste_filter.deadline
                wait = _LOOK if until is None else min(_LOOK, max(0, until - time.monotonic()))
                self._copy_filtered_input_to_pipe(pipe, ready=bool(selector.select(wait)))

    def _copy_filtered_input_to_pipe(self, pipe: int, *, ready: bool) -> None:
        """Read what the terminal sent, or handle that it sent nothing."""
        paste_filter = self._paste_filter
        data = os.read(self._terminal, _CHUNK) if ready else b""
        if ready and not data:
            self.exit_event.wait(_LOOK)  # a closed input is always ready
        now = time.monotonic()
        output = (
            paste_filter.filter_input(data, now) if data else paste_filter.filter_after_silence(now)
        )
        self._pastes.extend(paste_filter.pastes)
        paste_filter.pastes.clear()
        while output:
            output = output[os.write(pipe, output) :]

    def process_message(self, message: Message) -> None:
        """Replace the parser's stand-in by the pasted text."""
        if isinstance(message, events.Paste):
            message = TextPaste(self._pastes.popleft())
        super().process_message(message)


def substitute_paste_driver(driver: type[Driver]) -> type[Driver]:
    """Return `PasteDriver` in place of the driver that it extends, else the driver itself.

    If Textual's driver reads input in another way than expected, it is used unchanged. Pastes with
    controls are then refused.
    """
    return PasteDriver if driver is LinuxDriver and reads_from_fileno(driver) else driver


def reads_from_fileno(driver: type[Driver]) -> bool:
    """Return whether a driver has a thread method for input that reads from `fileno`."""
    code = getattr(getattr(driver, "run_input_thread", None), "__code__", None)
    return code is not None and {"fileno", "exit_event"} <= {*code.co_names}
