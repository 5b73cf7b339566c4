"""Paths that stay inside a folder, and that a file can have."""

from __future__ import annotations

import errno
from pathlib import Path, PurePosixPath
from typing import Final


def resolve_path_inside(root: Path, relative: str) -> Path | None:
    """Return the path of `relative` under `root`, None if it leads out of `root`.

    Absolute paths, `..`, backslashes and NUL give None. So do links that lead out of `root` and
    names that no file can have. The file itself need not exist.
    """
    path = PurePosixPath(relative)
    if is_name_too_long(relative):
        return None
    if not path.parts or path.is_absolute() or ".." in path.parts:
        return None
    if "\\" in relative or "\0" in relative:
        return None
    whole = root / path
    try:
        real = whole.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        # Links in a circle: RuntimeError before Python 3.13.
        if isinstance(error, RuntimeError) or error.errno == errno.ELOOP:
            return None
        real = whole.resolve()  # absent or unreadable: opening it will fail
    return whole if real.is_relative_to(root.resolve()) else None


_LONGEST_NAME: Final = 255
"""Bytes of a file name that all file systems in use accept."""

_LONGEST_PATH: Final = 2048
"""Bytes of a path inside a workspace; the kernel accepts 4,096 for a whole path."""


def is_name_too_long(relative: str) -> bool:
    """Return whether a path, or a name in it, has more bytes than a file may have."""
    path = relative.encode("utf-8", "surrogateescape")
    return len(path) > _LONGEST_PATH or any(len(name) > _LONGEST_NAME for name in path.split(b"/"))
