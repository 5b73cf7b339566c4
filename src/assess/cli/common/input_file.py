"""A file that the user names on the command line, read as a whole."""

from __future__ import annotations

import errno
from pathlib import Path

from assess.cli.common.context import _
from assess.errors import UsageError
from assess.file_bytes import read_start_of_regular_file

MOST_BYTES = 128 * 1024 * 1024
"""A report of 3,000 items has some 10 MB."""


def read_whole_file(path: Path, limit: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file of at most `limit` bytes.

    Raises:
        UsageError: the file is missing, is not a regular file, or is too large.
    """
    try:
        data = read_start_of_regular_file(path, limit + 1, 0)
    except OSError as error:
        if error.errno in (errno.EINVAL, errno.EISDIR):
            raise UsageError(_("{path}: not an ordinary file").format(path=path)) from error
        raise UsageError(f"{path}: {error.strerror}") from error
    if len(data) > limit:
        text = _("{path}: larger than {limit} MB")
        raise UsageError(text.format(path=path, limit=limit >> 20))
    return data
