"""The secret that seals what the program stores for this user outside of the user's own folder."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Final

from assess.file_bytes import read_start_of_regular_file, write_file_atomically

SECRET_SIZE: Final = 32
"""Bytes of a secret."""

_OF_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def read_or_make_user_secret(path: Path) -> bytes | None:
    """Return the secret in a file; None where it can't be read or made.

    The first call makes it, readable by its user alone. A file that others may read or write, or
    that belongs to another user, is replaced: what it sealed counts no more.
    """
    try:
        return _read_secret(path) or _make_secret(path)
    except OSError:
        return None


def _read_secret(path: Path) -> bytes | None:
    try:
        state = path.lstat()
        secret = read_start_of_regular_file(path, SECRET_SIZE + 1, os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    is_private = state.st_uid == os.getuid() and not state.st_mode & _OF_OTHERS
    return secret if is_private and len(secret) == SECRET_SIZE else None


def _make_secret(path: Path) -> bytes:
    """Write a new secret and return it.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    os.close(os.open(path, flags, 0o600))
    secret = secrets.token_bytes(SECRET_SIZE)
    write_file_atomically(path, secret)  # keeps the permissions
    return secret
