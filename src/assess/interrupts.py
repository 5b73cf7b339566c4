"""Ctrl+C while the results of other threads are waited for.

Python raises KeyboardInterrupt between any two instructions, also after a lock was taken and before
the block begins that frees it. A thread that needs this lock to hand over a result then never ends.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from types import FrameType
from typing import Final, TypeVar

_Result = TypeVar("_Result")

_PAUSE: Final = 0.1
"""Seconds after which a wait looks whether Ctrl+C was pressed."""


@contextmanager
def delay_interrupts() -> Iterator[None]:
    """Let Ctrl+C take effect at the end of the block.

    Only where it would raise KeyboardInterrupt: in the main thread, with Python's own handler.

    Raises:
        KeyboardInterrupt: Ctrl+C was pressed in the block.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    arrived: list[int] = []

    def note_signal(number: int, _frame: FrameType | None) -> None:
        arrived.append(number)

    signal.signal(signal.SIGINT, note_signal)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if arrived:
            raise KeyboardInterrupt


def wait_for_result(future: Future[_Result]) -> _Result:
    """Return the result of a call; Ctrl+C is raised between two waits for it.

    Raises:
        KeyboardInterrupt: Ctrl+C was pressed.
        as the call.
    """
    while True:
        with delay_interrupts():
            if wait([future], _PAUSE).done:
                return future.result()
