"""The signals that end the program: the app ends in order, and the terminal is as it was."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable


class EndSignals:
    """Calls `end_app` at the signals that end the program."""

    def __init__(self, end_app: Callable[[], None]) -> None:
        self._end_app = end_app
        self._signals: list[int] = []

    def install_handlers(self) -> None:
        """Handle the signals in the running event loop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end_app)
            self._signals.append(number)

    def remove_handlers(self) -> None:
        """Remove the handlers."""
        loop = asyncio.get_running_loop()
        for number in self._signals:
            loop.remove_signal_handler(number)
