"""A file that a command reads whole: an ordinary one, and not too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from assess.cli.common.context import _
from assess.errors import UsageError

MOST_BYTES = 128 * 1024 * 1024
"""A report of 3,000 items has some 10 MB."""


def read_whole(path: Path) -> bytes:
    """Return what is in a file.

    Raises:
        UsageError: it is not there, no ordinary file (a pipe would be waited for), or too large.
    """
    try:
        # Not to wait for who writes into a pipe.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(number, "rb") as file:
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode):
                raise UsageError(_("{path}: not an ordinary file").format(path=path))
            if found.st_size > MOST_BYTES:
                text = _("{path}: larger than {limit} MB")
                raise UsageError(text.format(path=path, limit=MOST_BYTES >> 20))
            return file.read(MOST_BYTES + 1)[:MOST_BYTES]
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
