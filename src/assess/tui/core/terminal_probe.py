"""Whether the terminal draws the finer marks and borders in one cell each; asked of itself.

Terminals disagree on signs of ambiguous width: a Chinese profile draws them in two cells, which
shifts every frame. So they are written once, the terminal is asked where its cursor is, and they
are wiped. Where no answer comes soon, plain signs are drawn.
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

SIGNS = "✓✗◐·–─│┌┐└┘█░"
"""All signs that are drawn only where this probe finds them narrow."""

_PATIENCE = 0.3
"""Seconds to wait for the answer: longer than a far-away terminal takes."""

_WHERE = re.compile(rb"\x1b\[(\d+);(\d+)R")
_NO_PROBE = ("linux", "vt100", "vt102", "vt220", "dumb")
"""Terminals that lack the signs whatever width they give them."""


class Probed(NamedTuple):
    """Whether the signs are one cell each, and what was typed while the terminal was asked."""

    fine: bool
    typed: str = ""


def probe(read_from: int, write_to: int, terminal: str) -> Probed:
    """Ask the terminal at these descriptors; `terminal` is its TERM."""
    if terminal in _NO_PROBE:
        return Probed(fine=False)
    before = termios.tcgetattr(read_from)
    try:
        tty.setraw(read_from, termios.TCSANOW)
        os.write(write_to, f"\r{SIGNS}\x1b[6n\r\x1b[K".encode())
        return _answer(_heard(read_from))
    finally:
        termios.tcsetattr(read_from, termios.TCSANOW, before)


def _heard(read_from: int) -> bytes:
    """Return what comes until the answer is there, or patience ends."""
    heard, until = b"", time.monotonic() + _PATIENCE
    while not _WHERE.search(heard) or _is_pasting(heard):
        left = until - time.monotonic()
        if left <= 0 or not select.select([read_from], [], [], left)[0]:
            break
        chunk = os.read(read_from, 1024)
        if not chunk:
            break
        heard += chunk
        if _is_pasting(heard):
            until = time.monotonic() + _PATIENCE
    return heard


def _is_pasting(heard: bytes) -> bool:
    """Whether a paste has begun whose end has not come."""
    return heard.rfind(START) > heard.rfind(END)


def _answer(heard: bytes) -> Probed:
    found = _WHERE.search(heard)
    if found is None:
        return Probed(fine=False, typed=_text(heard))
    typed = _text(heard[: found.start()] + heard[found.end() :])
    return Probed(fine=int(found[2]) == len(SIGNS) + 1, typed=typed)


def _text(heard: bytes) -> str:
    """Return keys typed ahead as text; sequences of function keys are left out.

    A paste has no form to go to yet. What stands after its beginning or before its end may be a
    part of it, so it is no key either.
    """
    before, _start, _pasted = heard.partition(START)
    typed = "" if END in before else before.decode("utf-8", "ignore")
    return re.sub(r"\x1b(\[[\d;]*.|O.|.)?", "", typed)
