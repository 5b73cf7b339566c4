"""Imports without garbage collection: it would go through every module again and again at start."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_garbage_collection_for_imports() -> Iterator[None]:
    """Pause the garbage collector during imports, and let it pass over what they made for good.

    Modules live as long as the process does. Where nothing was imported, nothing is exempted.
    """
    was_on, count = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > count:
            gc.freeze()
        if was_on:
            gc.enable()
