"""What the C library's heap has free goes back to the system.

The boxes of a laid out document leave holes in it, which what is written after them does not fit.
"""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Give free pages back; where the C library is not glibc, leave them to it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
