"""Ask the terminal whether it draws the finer marks and borders in one cell each.

Terminals disagree on signs of ambiguous width. A Chinese profile draws them in two cells, which
shifts every frame. So the signs are written once, the terminal reports its cursor position, and
they are erased. Without a timely answer plain signs are drawn.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
import tty
from typing import NamedTuple

from assess.tui.core.pasting import END, START

SIGNS = "✓✗◐◌·–›─│╭╮╰╯█▉▊▋▌▍▎▏▓▒░"
"""All signs that are drawn only if they are one cell wide."""

_PATIENCE = 0.3
"""Seconds to wait for the answer: longer than a remote terminal takes."""

_WHERE = re.compile(rb"\x1b\[(\d+);(\d+)R")
_NO_PROBE = ("linux", "vt100", "vt102", "vt220", "dumb")
"""Terminals that lack the signs."""


class TerminalAnswer(NamedTuple):
    """Whether the signs are one cell wide, and the keys that were typed meanwhile."""

    fine: bool
    typed: str = ""


def probe_terminal(read_from: int, write_to: int, terminal: str) -> TerminalAnswer:
    """Ask the terminal at these descriptors; `terminal` is its TERM."""
    if terminal in _NO_PROBE:
        return TerminalAnswer(fine=False)
    before = termios.tcgetattr(read_from)
    try:
        tty.setraw(read_from, termios.TCSANOW)
        os.write(write_to, f"\r{SIGNS}\x1b[6n\r\x1b[K".encode())
        return _parse_answer(_read_answer(read_from))
    finally:
        termios.tcsetattr(read_from, termios.TCSANOW, before)


def _read_answer(read_from: int) -> bytes:
    """Return the input up to the terminal's answer, or up to the time limit."""
    received, until = b"", time.monotonic() + _PATIENCE
    while not _WHERE.search(received) or _has_open_paste(received):
        left = until - time.monotonic()
        if left <= 0 or not select.select([read_from], [], [], left)[0]:
            break
        chunk = os.read(read_from, 1024)
        if not chunk:
            break
        received += chunk
        if _has_open_paste(received):
            until = time.monotonic() + _PATIENCE
    return received


def _has_open_paste(received: bytes) -> bool:
    """Return whether a paste has begun and not ended."""
    return received.rfind(START) > received.rfind(END)


def _parse_answer(received: bytes) -> TerminalAnswer:
    match = _WHERE.search(received)
    if match is None:
        return TerminalAnswer(fine=False, typed=_text_typed_ahead(received))
    typed = _text_typed_ahead(received[: match.start()] + received[match.end() :])
    return TerminalAnswer(fine=int(match[2]) == len(SIGNS) + 1, typed=typed)


def _text_typed_ahead(received: bytes) -> str:
    """Return the keys typed ahead as text, without sequences of function keys.

    There is no form for a paste yet. Input after its start or before its end may belong to it, so
    it is dropped too.
    """
    before, _start, _pasted = received.partition(START)
    typed = "" if END in before else before.decode("utf-8", "ignore")
    return re.sub(r"\x1b(\[[\d;]*.|O.|.)?", "", typed)
