"""Reading a file as a whole: a regular one that is not too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from assess.cli.common.context import _
from assess.errors import UsageError

MOST_BYTES = 128 * 1024 * 1024
"""A report of 3,000 items has some 10 MB."""


def read_whole_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UsageError: the file is missing, is not a regular file, or is too large.
    """
    try:
        # A pipe must not block until somebody writes into it.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(number, "rb") as file:
            status = os.fstat(number)
            if not stat.S_ISREG(status.st_mode):
                raise UsageError(_("{path}: not an ordinary file").format(path=path))
            if status.st_size > MOST_BYTES:
                text = _("{path}: larger than {limit} MB")
                raise UsageError(text.format(path=path, limit=MOST_BYTES >> 20))
            return file.read(MOST_BYTES + 1)[:MOST_BYTES]
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
