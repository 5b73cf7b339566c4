"""Libraries are opened by the names of their files, without searching for them.

cffi searches for each name that WeasyPrint tries, some twenty, and Python searches by starting
`ldconfig`, and a compiler where there is one: a third of the time that loading takes.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def skip_cffi_library_search() -> Iterator[None]:
    """Let cffi find nothing by searching; on Linux the name of the file is among those tried."""
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _answer_library_not_found
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _answer_library_not_found(name: str) -> str | None:  # noqa: ARG001  # the signature of what it stands for
    return None
